import type { Operation, Vendor } from '../../schema/enums.js';
import { Transport, type Bounds } from '../http/transport.js';
import { RecentCalls } from '../reads/recent-calls.js';
import type { FarCache } from '../reads/shared/far.js';
import { SharedReads, type Others } from '../reads/shared/shared-reads.js';
import { RecentSizes, type Sizes } from '../reads/sizes.js';
import type { Adapter, OrganizationRow, VendorDefinition } from '../vendors/vendor.js';
import { operationsOf } from './operations.js';
import { RecentGroups } from './recent-groups.js';

/** A source as the configuration names it. */
export interface ConfiguredSource {
  readonly name: string;
  readonly definition: VendorDefinition;
  readonly settings: unknown;
  readonly bounds: Bounds & {
    readonly maxPages: number;
    readonly settleMs: number;
    /** For how long its answers are told to other requests; 0: not at all. */
    readonly cacheSeconds?: number;
  };
}

/** One configured account at one vendor, for as long as the process runs. */
export interface Source {
  readonly name: string;
  readonly vendor: Vendor;
  /** The vendor as people write it. */
  readonly title: string;
  /** Its place in the configuration: the order of all lists. */
  readonly place: number;
  readonly adapter: Adapter;
  readonly transport: Transport;
  readonly operations: readonly Operation[];
  readonly sizes: Sizes;
  readonly calls: RecentCalls;
  readonly recentGroups: RecentGroups;
  /** What was read of it, for whatever request. */
  readonly shared: SharedReads;
  readonly maxPages: number;
  readonly settleMs: number;
  readonly writeTimeoutMs: number;
}

/** The organization that a source is, where all that it has belongs to one. */
export function onlyOrganization({ adapter: { organizations, groups } }: Source): OrganizationRow | null {
  if (!('configured' in organizations) || 'ledger' in groups) return null;
  return organizations.configured.length === 1 ? organizations.configured[0]! : null;
}

/** Sources, in configured order: all that there are, or those that exist for one caller. */
export class Sources {
  readonly #byName: ReadonlyMap<string, Source>;

  static open(configured: readonly ConfiguredSource[], others: Others = 'none'): Sources {
    const sources = configured.map((source, place) => openSource(source, place, others));
    return new Sources(sources, new Date(), typeof others === 'string' ? null : others);
  }

  private constructor(
    readonly all: readonly Source[],
    readonly started: Date,
    private readonly far: FarCache | null,
  ) {
    this.#byName = new Map(all.map((source) => [source.name, source]));
  }

  get(name: string): Source | undefined {
    return this.#byName.get(name);
  }

  /** Those of these names, as if no other were configured. */
  only(names: ReadonlySet<string> | null): Sources {
    if (names === null) return this;
    return new Sources(
      this.all.filter(({ name }) => names.has(name)),
      this.started,
      this.far,
    );
  }

  /** Hears of what other processes have written, before anything is read for a request; null where there is nobody to hear of. */
  get catchUp(): (() => Promise<void>) | null {
    const { far } = this;
    if (!far) return null;
    return async () => {
      const eras = await far.eras(this.all.map(({ name }) => name));
      for (const [at, { shared }] of this.all.entries()) shared.follow(eras[at]!);
    };
  }

  /** Another text after each write to any of them; null where writes of other processes are not heard of. */
  get eras(): string | null {
    const isDeaf = this.all.some(({ shared }) => shared.isBehind);
    return isDeaf ? null : this.all.map(({ shared }) => shared.era).join();
  }

  /** Lets go of what was read for nobody but those who came before it was, and have their answers: see `SharedReads.onlyFor`. */
  onlyFor(oldest: number | null): void {
    for (const { shared } of this.all) shared.onlyFor(oldest);
  }

  close(): void {
    for (const { transport } of this.all) transport.close();
  }
}

function openSource({ name, definition, settings, bounds }: ConfiguredSource, place: number, others: Others): Source {
  const { vendor, title } = definition;
  const recentGroups = new RecentGroups(definition.connect(name, settings));
  const { adapter } = recentGroups;
  const transport = new Transport({ source: name, vendor, title }, adapter.connection, bounds);
  return {
    name,
    vendor,
    title,
    place,
    adapter,
    transport,
    operations: operationsOf(adapter),
    sizes: new RecentSizes(),
    calls: new RecentCalls(),
    recentGroups,
    shared: new SharedReads((bounds.cacheSeconds ?? 0) * 1_000, name, others),
    maxPages: bounds.maxPages,
    settleMs: bounds.settleMs,
    writeTimeoutMs: bounds.writeTimeoutMs,
  };
}
