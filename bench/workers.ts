/**
 * What more processes bring: the same load on one process and on as many as there are cores, over a ledger in PostgreSQL and a cache in
 * Redis (Debian's `redis-server`). The load has the same cores, so that what counts is whether the machine is full, and what an
 * operation costs the servers then. Takes about a minute and a half.
 */
import { availableParallelism, cpus } from 'node:os';
import { childrenOf, cpuMs } from '../test/support/process-use.js';
import { startPostgres } from '../test/support/postgres.js';
import { startRedis } from '../test/support/redis.js';
import { rollcallOn } from './compare/contestants.js';
import { Client, quantile } from './compare/load.js';
import { questionsOf, type Question } from './compare/questions.js';
import { aligned, shown } from './compare/table.js';
import { startCompany } from './company/start.js';

const warmSeconds = 6;
const seconds = 6;
const callers = 32;

const company = await startCompany();
const postgres = await startPostgres();
const redis = await startRedis();
const rows: string[][] = [];
try {
  for (const workers of new Set([1, availableParallelism()])) {
    const running = await rollcallOn(workers, company, { ledger: await postgres.databaseUrl(), cache: redis.url });
    const client = new Client(running);
    for (const question of questionsOf(company.groups)) {
      process.stderr.write(`… ${question.name} on ${workers}\n`);
      rows.push([question.name, String(workers), ...(await measured(client, running.pid, question))]);
    }
    await client.close();
    await running.close();
  }
} finally {
  await redis.stop();
  await postgres.close();
  await company.close();
}
const head = ['', 'processes', 'ops/s', 'p50 ms', 'p99 ms', 'their CPU ms/op', 'calls/op', 'machine in use, %'];
rows.sort(([one], [other]) => one!.localeCompare(other!));
process.stdout.write(`${availableParallelism()} cores\n${aligned([head, ...rows]).join('\n')}\n`);

async function measured(client: Client, pid: number, question: Question): Promise<string[]> {
  const load = { callers, differing: true };
  await client.check(question, 0);
  await client.run(question, { ...load, seconds: warmSeconds });
  const before = { cpu: cpuOf(pid), used: used(), calls: await company.requests() };
  const { operations, ms, latencies } = await client.run(question, { ...load, seconds });
  const after = { cpu: cpuOf(pid), used: used(), calls: await company.requests() };
  const busy = (after.used.busy - before.used.busy) / (after.used.all - before.used.all);
  return [
    (1_000 * operations) / ms,
    quantile(latencies, 0.5),
    quantile(latencies, 0.99),
    (after.cpu - before.cpu) / operations,
    (after.calls - before.calls) / operations,
    100 * busy,
  ].map(shown);
}

/** Of a process and its workers. */
function cpuOf(pid: number): number {
  return [pid, ...childrenOf(pid)].reduce((sum, one) => sum + cpuMs(one), 0);
}

/** Of all cores together, in milliseconds since the machine was started. */
function used(): { readonly busy: number; readonly all: number } {
  const times = cpus().map(({ times: { idle, ...working } }) => ({
    idle,
    busy: Object.values(working).reduce((sum, one) => sum + one, 0),
  }));
  const busy = times.reduce((sum, one) => sum + one.busy, 0);
  return { busy, all: busy + times.reduce((sum, one) => sum + one.idle, 0) };
}
