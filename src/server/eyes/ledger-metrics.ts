import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { LedgerState } from '../../../schema/enums.js';
import { LedgerError, type Ledger } from '../../ledger/ledger.js';

const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5];
const states: readonly LedgerState[] = ['DONE', 'REFUSED', 'UNSENT', 'UNKNOWN'];
/** What puts something on the disk while somebody waits for it. */
const writing: readonly (string | symbol)[] = ['begin', 'finish', 'remember'];

type Method = (...args: unknown[]) => unknown;

/** The same ledger, with what becomes of its entries counted, how long its writes take, and how often it failed. */
export function countedLedger(ledger: Ledger, registry: Registry): Ledger {
  const registers = [registry];
  const entries = new Counter({
    name: 'rollcall_ledger_entries_total',
    help: 'Entries of the ledger by what became of their mutation: DONE, REFUSED, UNSENT, UNKNOWN.',
    labelNames: ['state'],
    registers,
  });
  const durations = new Histogram({
    name: 'rollcall_ledger_write_duration_seconds',
    help: 'How long the ledger took to have something on disk.',
    buckets: seconds,
    registers,
  });
  const failures = new Counter({
    name: 'rollcall_ledger_failures_total',
    help: 'How often the ledger could not be read or written.',
    registers,
  });
  const up = new Gauge({
    name: 'rollcall_ledger_up',
    help: '1 when the ledger did what was last asked of it, else 0.',
    registers,
  });
  for (const state of states) entries.inc({ state }, 0);
  up.set(1);

  // What is asked is answered as it would be without anybody who looks on, at the same moment.
  const seen = (work: Promise<unknown>, isWriting: boolean) => {
    const stop = isWriting ? durations.startTimer() : () => {};
    const failed = (error: unknown) => {
      stop();
      if (!(error instanceof LedgerError)) return;
      up.set(0);
      failures.inc();
    };
    work.then(() => {
      stop();
      up.set(1);
    }, failed);
  };
  const finish: Ledger['finish'] = (outcomes) => {
    const work = ledger.finish(outcomes);
    seen(work, true);
    work.then(
      () => outcomes.forEach(({ state }) => entries.inc({ state })),
      () => {},
    );
    return work;
  };

  return new Proxy(ledger, {
    get(_target, name) {
      const value: unknown = Reflect.get(ledger, name, ledger);
      if (typeof value !== 'function') return value;
      if (name === 'finish') return finish;
      return (...args: unknown[]) => {
        const answer = (value as Method).apply(ledger, args);
        if (answer instanceof Promise) seen(answer, writing.includes(name));
        return answer;
      };
    },
  });
}
