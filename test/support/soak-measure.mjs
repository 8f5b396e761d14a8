/**
 * Loaded into a process before its own code (`--import`). With each SIGUSR2 all garbage is collected, and what is left is told as a
 * line of JSON in the file `SOAK_TO`; where `SOAK_SNAPSHOTS` names a folder a heap snapshot is left there, too.
 */
import { appendFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { queryObjects, setFlagsFromString, writeHeapSnapshot } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');
const Timeout = setTimeout(() => {}, 0).constructor;
/** So often all garbage is collected at most until no less is left than before. */
const mostRounds = 20;
const { SOAK_TO: file, SOAK_SNAPSHOTS: folder } = process.env;
let nth = 0;

process.on('SIGUSR2', () => void measure());

async function measure() {
  await collectAll();
  const { heapUsed, external, rss } = process.memoryUsage();
  const active = {};
  for (const kind of process.getActiveResourcesInfo()) active[kind] = (active[kind] ?? 0) + 1;
  // Also those that keep no process alive.
  const objects = { timers: queryObjects(Timeout), signals: queryObjects(AbortSignal) };
  nth += 1;
  if (folder) writeHeapSnapshot(`${folder}/${nth}.heapsnapshot`);
  appendFileSync(file, `${JSON.stringify({ heapUsed, external, rss, active, objects })}\n`);
}

/** What is told when an object is collected, such as the end of a stream, is told a turn later, and leaves garbage itself. */
async function collectAll() {
  let [before, rounds] = [Infinity, 0];
  for (let now = used(); before - now > 1_024 && rounds < mostRounds; now = used()) {
    before = now;
    rounds += 1;
    await pause(20);
  }
}

function used() {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
