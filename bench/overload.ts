/**
 * What becomes of more than can be done: Rollcall in a process of its own, on one core where `taskset` is there, and one, three
 * and ten times its load sent evenly, whether it answers or not. Then a flood by one caller beside another who asks five times a
 * second. The vendor is in its box in this process, with the load. Takes about a minute.
 */
import { spawnSync } from 'node:child_process';
import { availableParallelism, loadavg } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { people } from '../src/sandbox/people.js';
import { closedLoop, residentMb } from '../test/support/closed-loop.js';
import { keyRing } from '../test/support/keys.js';
import { openLoop, quantile, type Shot } from '../test/support/open-loop.js';
import { openService } from '../test/support/service.js';

const query = '{ groups { nodes { id name members { nodes { id name email } } } } }';
const light = '{ groups { nodes { id name } } }';
const seconds = 5;

const ring = keyRing({ flood: { role: 'read' }, calm: { role: 'read' } });
const [flooding, calm] = [ring.headersOf('flood'), ring.headersOf('calm')];
const service = await openService({
  population: { people: people(60), groups: 10, membersPerGroup: 8, projects: 2, awkward: false },
  only: ['testrail'],
  rest: { auth: ring.auth },
  journalLimit: 10,
});
try {
  const hasTaskset = spawnSync('taskset', ['-c', '0', 'true']).status === 0;
  const { url, process: child } = await service.start(hasTaskset ? ['taskset', '-c', '0'] : []);
  print(`Node ${process.version}, ${availableParallelism()} cores, load ${loadavg()[0]!.toFixed(1)}`);
  await closedLoop(url, { query, callers: 16, seconds: 8, headers: flooding });
  const idleMb = residentMb(child.pid!) ?? 0;
  const { perSecond: peak } = await closedLoop(url, { query, callers: 32, seconds, headers: flooding });
  print(`peak ${peak.toFixed(0)} operations a second by 32 callers; ${idleMb.toFixed(0)} MB before`);
  for (const times of [1, 3, 10]) {
    const shots = await openLoop({ url, perSecond: times * peak, seconds, query, headers: flooding });
    print(`\n${times} times the peak: ${((residentMb(child.pid!) ?? 0) - idleMb).toFixed(0)} MB more`);
    for (const status of [200, 503, null]) tell(String(status), ofStatus(shots, status));
    await pause(2_000);
  }
  service.sandbox.server('testrail').setLatency(50);
  const ask = () => openLoop({ url, perSecond: 5, seconds: 2 * seconds, query: light, headers: calm });
  print('\nfive operations a second of another caller');
  tell('alone', await ask());
  const flood = openLoop({ url, perSecond: 10 * peak, seconds: 2 * seconds, query, headers: flooding });
  const beside = await ask();
  tell('beside a flood', beside);
  print(`  refused           ${ofStatus(beside, 503).length}, of the flood ${ofStatus(await flood, 503).length}`);
} finally {
  await service.close();
}

function ofStatus(shots: readonly Shot[], of: number | null): readonly Shot[] {
  return shots.filter(({ status }) => status === of);
}

/** How many a second, and in how many milliseconds; what the load itself was late is left out. */
function tell(what: string, shots: readonly Shot[]): void {
  if (shots.length === 0) return;
  const ms = shots.map((shot) => shot.ms - shot.lateMs);
  const [half, most] = [quantile(ms, 0.5), quantile(ms, 0.99)].map((value) => value.toFixed(0));
  print(`  ${what.padEnd(16)}  ${(shots.length / seconds).toFixed(0)} a second, p50 ${half} ms, p99 ${most} ms`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
