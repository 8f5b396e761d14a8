import { graphql, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { graphOf } from '../../../src/graph/graph-of.js';
import { localCaller } from '../../../src/graph/caller.js';
import { Request } from '../../../src/graph/request.js';
import { Sources, type ConfiguredSource } from '../../../src/graph/sources.js';
import { Ending, type Signal } from '../../../src/http/ending.js';
import { Transport } from '../../../src/http/transport.js';
import { LedgerError, type Ledger } from '../../../src/ledger/ledger.js';
import { openLedger } from '../../../src/ledger/sqlite.js';
import { Writes } from '../../../src/writes/writes.js';

/** What a process does outside of itself. */
type Step = 'begin' | 'finish' | 'write' | 'other';

/** What is to happen around a step; `nth` counts the steps of its name from now on. */
export interface Doom {
  readonly does: 'kill' | 'fail';
  readonly step: Step;
  readonly when: 'before' | 'after';
  readonly nth: number;
}

/** How a process is put together otherwise than usual: variants that must be caught. */
export interface Build {
  /** The writes of each request; the same for all of them when left out. */
  readonly writesOf?: (ledger: Ledger) => () => Writes;
  readonly ledgerOf?: (ledger: Ledger) => Ledger;
}

export interface Asked {
  readonly result: ExecutionResult;
  readonly keys: Request['keys'];
}

type Manner = 'patient' | 'hasty';

/** One process over a ledger's file. Once it is killed nothing that it began goes on, and nobody is answered. */
export class Life {
  /** Ends with the process. */
  readonly killed: Promise<null>;
  isOver = false;
  #end!: () => void;
  #doom: Doom | null = null;
  #steps = 0;
  readonly #sources: Readonly<Record<Manner, Sources>>;
  readonly #transports: Transport[] = [];
  readonly #death = new Ending();
  readonly #newWrites: () => Writes;

  private constructor(
    /** As it is on disk, to be looked at. */
    readonly ledger: Ledger,
    configured: Readonly<Record<Manner, ConfiguredSource>>,
    { writesOf = shared, ledgerOf = (mortal) => mortal }: Build,
  ) {
    this.killed = new Promise((end) => (this.#end = () => end(null)));
    this.#newWrites = writesOf(ledgerOf(this.#mortal(ledger)));
    this.#sources = { patient: this.#connected(configured.patient), hasty: this.#connected(configured.hasty) };
  }

  /** The manners differ in their deadlines alone. */
  static async open(file: string, configured: Readonly<Record<Manner, ConfiguredSource>>, build: Build): Promise<Life> {
    return new Life(await openLedger(file), configured, build);
  }

  get sources(): Sources {
    return this.#sources.patient;
  }

  /** What is to happen to it; null: nothing. */
  foresee(doom: Doom | null): void {
    this.#doom = doom;
    this.#steps = 0;
  }

  async ask(
    schema: GraphQLSchema,
    caller: string,
    source: string,
    variableValues: Record<string, unknown>,
    isHasty = false,
  ): Promise<Asked> {
    const request = new Request(
      { ...localCaller, name: caller },
      this.#sources[isHasty ? 'hasty' : 'patient'],
      this.#newWrites(),
    );
    const contextValue = { graph: graphOf(request) };
    return { result: await graphql({ schema, source, variableValues, contextValue }), keys: request.keys };
  }

  /** As after a long time: nothing is known any more of what was wrong at the vendor. */
  forgetTroubles(): void {
    for (const { all } of Object.values(this.#sources)) {
      for (const source of all) {
        const { whom, connection, bounds } = source.transport;
        Object.assign(source, { transport: this.#watch(new Transport(whom, connection, bounds)) });
      }
    }
  }

  kill(): void {
    this.isOver = true;
    this.#death.come(() => new Error('died'));
    for (const transport of this.#transports) transport.close();
    this.#end();
  }

  async close(): Promise<void> {
    this.kill();
    await this.ledger.close();
  }

  #connected(source: ConfiguredSource): Sources {
    const sources = Sources.open([source]);
    for (const { transport } of sources.all) this.#watch(transport);
    return sources;
  }

  #watch(transport: Transport): Transport {
    this.#transports.push(transport);
    const send = transport.send.bind(transport);
    transport.send = (call, waiting, receipt, sender) =>
      this.#step(call.does === 'write' ? 'write' : 'other', () => {
        // What waits at the gate dies with the process, too.
        return send(call, firstOf([waiting, this.#death]), receipt, sender);
      });
    return transport;
  }

  #mortal(ledger: Ledger): Ledger {
    const parts = Object.entries(ledger).map(([name, part]: [string, unknown]) => {
      if (typeof part !== 'function') return [name, part];
      const step = name === 'begin' || name === 'finish' ? name : 'other';
      return [name, (...given: unknown[]) => this.#step(step, () => part(...given) as Promise<unknown>)];
    });
    return Object.fromEntries(parts) as Ledger;
  }

  async #step<T>(step: Step, act: () => Promise<T>): Promise<T> {
    if (this.isOver) return nothing();
    const doom = this.#doom?.step === step && this.#steps++ === this.#doom.nth ? this.#doom : null;
    if (doom?.when === 'before') {
      if (doom.does === 'fail') throw new LedgerError('ledger.db', 'cannot grow because the disk is full');
      this.kill();
      return nothing();
    }
    try {
      return await act();
    } finally {
      if (doom) this.kill();
      // Whatever came of it, nobody is left to hear it.
      if (this.isOver) await nothing();
    }
  }
}

function shared(ledger: Ledger): () => Writes {
  const writes = new Writes(ledger);
  return () => writes;
}

function nothing(): Promise<never> {
  return new Promise(() => {});
}

/** Ends with the first of several. */
function firstOf(ends: readonly Signal[]): Signal {
  const end = new Ending();
  for (const one of ends) {
    const stop = () => end.come(() => one.reason);
    if (one.aborted) stop();
    one.addEventListener('abort', stop);
  }
  return end;
}
