import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConfiguredSource } from '../../../src/graph/sources.js';
import type { Entry } from '../../../src/ledger/journal.js';
import { findingOf } from '../../../src/main/ledger/finding.js';
import type { JournalEntry } from '../../../src/sandbox/journal.js';
import { openSandbox, type Sandbox } from '../../../src/sandbox/sandbox.js';
import type { SandboxServer } from '../../../src/sandbox/server.js';
import { vendors } from '../../../src/vendors/all.js';
import type { BoxAnswer, BoxDefinition, BoxRequest } from '../../../src/vendors/boxed.js';
import type { Ref } from '../../../src/vendors/vendor.js';
import { Life, type Build } from './life.js';
import { company, type GroupState, type ModelVendor, type Place } from './vendors.js';

const population = { people: company, groups: 2, membersPerGroup: 3, projects: 1, awkward: false };
const bounds = { concurrency: 32, requestsPerMinute: null, maxBodyBytes: 1 << 20, maxPages: 5 };
/** So long that only what is meant to takes it, and so short that it can be waited for. */
const deadlinesMs = { patient: 5_000, hasty: 200 };
/** More than a patient edit waits, and than commands take on a busy machine. */
export const usualSettleMs = 600_000;
/** Of the vendor. */
export const mostLatencyMs = 2;
/** A difference of clocks that proves nothing. */
const blurMs = 1_000;

export interface WorldOptions extends Build {
  readonly settleMs?: number;
}

/** What happens around the handling of requests, if anything. */
export interface Around {
  meanwhile: ((request: BoxRequest, act: () => BoxAnswer) => BoxAnswer) | null;
}

/** One vendor in its sandbox, and Rollcall before it: one process after another over the same ledger. */
export class World {
  readonly #directory = mkdtempSync(join(tmpdir(), 'model-'));
  #file = join(this.#directory, 'ledger.db');
  #files = 0;
  #life!: Life;

  private constructor(
    readonly vendor: ModelVendor,
    readonly settleMs: number,
    private readonly build: Build,
    private readonly sandbox: Sandbox,
    readonly around: Around,
  ) {}

  static async open(vendor: ModelVendor, { settleMs = usualSettleMs, ...build }: WorldOptions = {}): Promise<World> {
    const around: Around = { meanwhile: null };
    const sandbox = await openSandbox([watched(vendor.box, around)], { population });
    const world = new World(vendor, settleMs, build, sandbox, around);
    await world.#begin();
    return world;
  }

  get server(): SandboxServer<any> {
    return this.sandbox.server(this.vendor.source);
  }

  get life(): Life {
    return this.#life;
  }

  /** The writes that have come to the vendor, whatever it made of them. */
  get writes(): readonly JournalEntry[] {
    return this.server.journal.filter(isWrite);
  }

  group(place: Place): GroupState {
    return this.vendor.stateOf(this.server.box.state, place);
  }

  /** As somebody does by the vendor's own pages. */
  put(place: Place, members: ReadonlySet<number>): void {
    this.vendor.put(this.server.box.state, place, members);
  }

  entries(): Promise<Entry[]> {
    return this.#life.ledger.entries({ limit: 10_000 });
  }

  /** What somebody finds who looks for what became of an entry. */
  async finding(entry: Entry): Promise<string> {
    return (await findingOf(entry, this.#life.sources, this.#life.ledger)).verdict;
  }

  /** How long it still takes until a group is open, in milliseconds. */
  async shutMs(place: Place): Promise<number> {
    const since = await this.#life.ledger.unsettledSince(this.vendor.source, this.#addressed(place));
    return since ? since.getTime() + this.settleMs - Date.now() : 0;
  }

  /** A group as the ledger knows it: by what its vendor is told of it. */
  #addressed(place: Place): Ref {
    const id = this.vendor.groupId(place).slice('gid://'.length);
    const [, type, ...path] = id.split('/').map(decodeURIComponent) as [string, Ref['type'], ...string[]];
    const { parts, optional = 0 } = this.#life.sources.all[0]!.adapter.paths[type]!;
    return { type, path: path.slice(0, parts.length - optional) };
  }

  async isShut(place: Place): Promise<boolean> {
    return (await this.shutMs(place)) > blurMs;
  }

  /** The process ends, killed or in good order, and another begins where it left off. */
  async restart(): Promise<void> {
    if (this.#life.isOver) {
      await this.#quiet();
      // What a killed process leaves is taken before its database is closed in good order.
      const left = join(this.#directory, `ledger-${(this.#files += 1)}.db`);
      for (const part of ['', '-wal']) if (existsSync(this.#file + part)) copyFileSync(this.#file + part, left + part);
      this.#file = left;
    }
    await this.#life.close();
    await this.#begin();
  }

  async close(): Promise<void> {
    await this.#life.close();
    await this.sandbox.close();
    rmSync(this.#directory, { recursive: true });
  }

  /** What a killed process has sent comes to its vendor all the same, or breaks off, before the next one begins. */
  async #quiet(): Promise<void> {
    for (let quietTurns = 0; quietTurns < 2; quietTurns = this.server.live.sockets === 0 ? quietTurns + 1 : 0) {
      await new Promise((pass) => setTimeout(pass, 2 * mostLatencyMs));
      this.#life.kill();
    }
  }

  async #begin(): Promise<void> {
    const { patient, hasty } = deadlinesMs;
    const sources = { patient: this.#configured(patient), hasty: this.#configured(hasty) };
    this.#life = await Life.open(this.#file, sources, this.build);
  }

  #configured(deadlineMs: number): ConfiguredSource {
    const { source, box } = this.vendor;
    const definition = vendors.find(({ kind }) => kind === box.kind)!;
    const { vendor: _kind, ...settings } = this.sandbox.sources[source]!;
    const deadlines = { readTimeoutMs: deadlineMs, writeTimeoutMs: deadlineMs };
    return {
      name: source,
      definition,
      settings: definition.settings.parse(settings),
      bounds: { ...bounds, ...deadlines, settleMs: this.settleMs },
    };
  }
}

/** At Velt every read is a POST too. */
export function isRead({ method, target }: BoxRequest): boolean {
  return method === 'GET' || target.endsWith('/get');
}

export function isWrite(request: BoxRequest): boolean {
  return !isRead(request) && !request.target.endsWith('/service_token');
}

function watched(box: BoxDefinition, around: Around): BoxDefinition {
  return {
    ...box,
    open(population) {
      const { state, handle } = box.open(population);
      return {
        state,
        handle(request) {
          const act = () => handle(request);
          return around.meanwhile ? around.meanwhile(request, act) : act();
        },
      };
    },
  };
}
