/**
 * What an edit of members costs at a vendor that only knows to replace the whole list, measured in one run over loopback:
 * Rollcall in a process of its own with its ledger on disk, TestRail in its box in this one. Takes about a minute.
 */
import { readFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { openSandbox } from '../src/sandbox/sandbox.js';
import { boxes } from '../src/vendors/all.js';
import { crowd, type Edit } from '../test/support/crowd.js';
import { makeGroup, manyPeople, type EditedGroup } from '../test/support/edited-group.js';
import { editsThrough } from '../test/support/edits-through.js';
import { naiveEdits } from '../test/support/naive.js';
import { startRollcall, type RollcallProcess } from '../test/support/rollcall-process.js';

const latenciesMs = [20, 50];
const edits = 200;
const callers = 50;
/** What is promised: milliseconds of our own for one edit, and the time of a crowd's edits as a multiple of its calls'. */
const most = { ownMs: 3, timesTheCalls: 1.5 };

const sandbox = await openSandbox(boxes, { population: manyPeople });
const rollcall = await startRollcall(sandbox);
try {
  print(`Node ${process.version}, ${availableParallelism()} cores, load ${loadavg()[0]!.toFixed(1)}`);
  await together(newGroup());
  await alone(newGroup(), 100);
  for (const latencyMs of latenciesMs) await measure(latencyMs);
} finally {
  await rollcall.close();
  await sandbox.close();
}

async function measure(latencyMs: number): Promise<void> {
  sandbox.server('testrail').setLatency(latencyMs);
  const pair = await onePair();
  const [crowded, single] = [await timed(together), await timed((group) => alone(group, edits))];
  const times = crowded.ms / ((crowded.calls * pair.vendorMs) / 2);
  print(`\nThe vendor takes ${latencyMs} ms for a call`);
  print(
    `  one edit           ${ms(pair.ownMs)} of our own, beside ${ms(pair.vendorMs)} of its two calls`,
    pair.ownMs < most.ownMs,
  );
  print(`  ${edits} by ${callers} callers  ${told(crowded)}`);
  print(`  ${edits} one by one    ${told(single)}`);
  print(`  together           ${times.toFixed(2)} times the time of the calls`, times < most.timesTheCalls);
  print(
    `                     ${(single.ms / crowded.ms).toFixed(1)} times as fast as one by one, ${(single.calls / crowded.calls).toFixed(1)} times fewer calls`,
  );
}

/** One edit by itself, and the two calls that it needs made by a bare client: medians of turns about. */
async function onePair() {
  const group = newGroup();
  const [ours, bare] = [editsThrough(rollcall.url, group), naiveEdits(sandbox, group)];
  const times: [number, number][] = [];
  for (let nth = 0; nth < 60; nth++) {
    const edit = { does: 'add', members: [group.people[50 + 2 * nth]!], thinkMs: 0 } as const;
    times.push([
      await elapsed(() => ours(edit)),
      await elapsed(() => bare({ ...edit, members: [group.people[51 + 2 * nth]!] })),
    ]);
  }
  const [oursMs, vendorMs] = [median(times.map(([one]) => one)), median(times.map(([, other]) => other))];
  return { ownMs: oursMs - vendorMs, vendorMs };
}

function together(group: EditedGroup): Promise<unknown> {
  const scripts = Array.from({ length: callers }, (_, caller) =>
    addsOf(group, caller * (edits / callers), edits / callers),
  );
  return crowd(scripts, editsThrough(rollcall.url, group));
}

function alone(group: EditedGroup, count: number): Promise<unknown> {
  return crowd([addsOf(group, 0, count)], editsThrough(rollcall.url, group));
}

function addsOf(group: EditedGroup, from: number, count: number): Edit[] {
  return group.people
    .slice(20 + from, 20 + from + count)
    .map((member) => ({ does: 'add', members: [member], thinkMs: 0 }));
}

interface Run {
  readonly ms: number;
  readonly calls: number;
  /** Of the process; null where the system does not tell. */
  readonly cpuMs: number | null;
}

async function timed(run: (group: EditedGroup) => Promise<unknown>): Promise<Run> {
  const group = newGroup();
  const before = cpuMs(rollcall);
  const took = await elapsed(() => run(group));
  const after = cpuMs(rollcall);
  if (group.members().length !== 10 + edits) throw new Error('not everybody was added');
  return { ms: took, calls: group.requests().length, cpuMs: before === null ? null : after! - before };
}

function newGroup(): EditedGroup {
  return makeGroup(sandbox, 'testrail', 10);
}

async function elapsed(act: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await act();
  return performance.now() - began;
}

/** What a process has used so far, as Linux tells it: in hundredths of a second. */
function cpuMs({ pid }: RollcallProcess): number | null {
  if (process.platform !== 'linux') return null;
  const [, , ...fields] = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/\(.*\)/, '()')
    .split(' ');
  return 10 * (Number(fields[11]) + Number(fields[12]));
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)]!;
}

function told(run: Run): string {
  const cpu = run.cpuMs === null ? '' : `, ${ms(run.cpuMs / edits)} of CPU each`;
  return `${ms(run.ms)}, ${run.calls} calls${cpu}`;
}

function ms(value: number): string {
  return `${value.toFixed(1)} ms`;
}

function print(line: string, isMet?: boolean): void {
  process.stdout.write(`${line}${isMet === undefined ? '' : isMet ? '  (kept)' : '  (NOT KEPT)'}\n`);
}
