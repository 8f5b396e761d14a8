import type { Company } from '../company/start.js';
import type { Contestant, Running } from './contestants.js';
import { Client, quantile } from './load.js';
import { cpuMs, peakMb } from '../../test/support/process-use.js';
import type { Question } from './questions.js';

/** One kind of load under which a question is measured. */
export interface Setting {
  readonly callers: number;
  readonly latencyMs: number;
  readonly differing: boolean;
}

/** Those of a short run. */
export const fewSettings: readonly Setting[] = [
  { callers: 1, latencyMs: 0, differing: true },
  { callers: 1, latencyMs: 20, differing: true },
  { callers: 32, latencyMs: 0, differing: true },
];

export const allSettings: readonly Setting[] = [
  ...fewSettings,
  { callers: 32, latencyMs: 0, differing: false },
  { callers: 32, latencyMs: 20, differing: true },
];

/** What one contestant did with one question under one load. */
export interface Cell extends Setting {
  readonly contestant: string;
  readonly sharing: Contestant['sharing'];
  readonly question: Question['name'];
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** Milliseconds of its processor for one operation. */
  readonly cpu: number;
  /** Calls to vendors for one operation. */
  readonly calls: number;
}

/** What one contestant is over all of its cells. */
export interface Body {
  readonly contestant: string;
  readonly sharing: Contestant['sharing'];
  readonly startMs: number;
  readonly peakMb: number;
}

export interface Measured {
  readonly cells: readonly Cell[];
  readonly body: Body;
}

/** How long each cell is measured, and how long each question is asked before that: what runs is compiled while it runs. */
export interface Plan {
  readonly seconds: number;
  readonly warmSeconds: number;
  readonly settings: readonly Setting[];
}

/** Measures one contestant from its start to its end. Every question is answered rightly before it is timed, or this throws. */
export async function measure(
  contestant: Contestant,
  company: Company,
  questions: readonly Question[],
  { seconds, warmSeconds, settings }: Plan,
): Promise<Measured> {
  await company.setLatency(0);
  const running = await contestant.start(company);
  const client = new Client(running);
  try {
    await client.check(questions[1]!, 0);
    const startMs = performance.now() - running.begun;
    const cells: Cell[] = [];
    for (const question of questions) {
      for (const nth of [0, 1, 7]) await client.check(question, nth);
      await client.run(question, { callers: 2, differing: true, seconds: warmSeconds });
      for (const setting of settings) {
        if (contestant.isSlow && setting.callers > 1 && question.name !== 'Q2') continue;
        cells.push(await measureCell({ contestant, running, client, company, question, setting, seconds }));
      }
    }
    return { cells, body: { ...named(contestant), startMs, peakMb: peakMb(running.pid) } };
  } finally {
    await client.close();
    await running.close();
  }
}

interface Asked {
  readonly contestant: Contestant;
  readonly running: Running;
  readonly client: Client;
  readonly company: Company;
  readonly question: Question;
  readonly setting: Setting;
  readonly seconds: number;
}

async function measureCell({ contestant, running, client, company, question, setting, seconds }: Asked): Promise<Cell> {
  const { callers, differing, latencyMs } = setting;
  await company.setLatency(latencyMs);
  await client.run(question, { callers: Math.min(callers, 4), differing, seconds: seconds / 5 });
  const before = { cpu: cpuMs(running.pid), requests: await company.requests() };
  const { operations, ms, latencies } = await client.run(question, { callers, differing, seconds });
  const after = { cpu: cpuMs(running.pid), requests: await company.requests() };
  return {
    ...named(contestant),
    ...setting,
    question: question.name,
    perSecond: (1_000 * operations) / ms,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    cpu: (after.cpu - before.cpu) / operations,
    calls: (after.requests - before.requests) / operations,
  };
}

function named({ name, sharing }: Contestant) {
  return { contestant: name, sharing };
}
