/**
 * What an edit of members costs at a vendor that only knows to replace the whole list, measured in one run over loopback:
 * Rollcall in a process of its own with its ledger on disk, TestRail in its box in this one, and beside them a relay that does
 * nothing but the calls and two syncs: the floor of this machine. Takes about a minute.
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
import { startRelay } from './floor.js';

const latenciesMs = [0, 20, 50];
const edits = 200;
const callers = 50;
/**
 * What is promised: milliseconds of our own for one edit where the vendor answers at once, and the time of a crowd's edits as a
 * multiple of its calls' where each takes 50 ms. Elsewhere the figures are for comparison: between the answers of a slow vendor
 * the machine falls asleep, and the relay pays for that as we do.
 */
const most = { ownMs: { at: 0, is: 3 }, timesTheCalls: { at: 50, is: 1.5 } };

const sandbox = await openSandbox(boxes, { population: manyPeople });
const rollcall = await startRollcall(sandbox);
const relay = await startRelay(sandbox);
try {
  print(`Node ${process.version}, ${availableParallelism()} cores, load ${loadavg()[0]!.toFixed(1)}`);
  await together(newGroup());
  await alone(newGroup(), 100);
  for (const latencyMs of latenciesMs) await measure(latencyMs);
} finally {
  await relay.close();
  await rollcall.close();
  await sandbox.close();
}

async function measure(latencyMs: number): Promise<void> {
  sandbox.server('testrail').setLatency(latencyMs);
  const one = await oneEdit();
  const [crowded, single] = [await timed(together), await timed((group) => alone(group, edits))];
  const times = crowded.ms / ((crowded.calls * one.vendorMs) / 2);
  print(`\nThe vendor takes ${latencyMs} ms for a call`);
  print(
    `  one edit           ${ms(one.ownMs)} of our own, beside ${ms(one.vendorMs)} of its two calls`,
    kept(most.ownMs, latencyMs, one.ownMs),
  );
  print(`  the bare relay     ${ms(one.floorMs)} of its own, in the same turns: the floor of this machine`);
  print(`  ${edits} by ${callers} callers  ${told(crowded)}`);
  print(`  ${edits} one by one    ${told(single)}`);
  print(
    `  together           ${times.toFixed(2)} times the time of the calls`,
    kept(most.timesTheCalls, latencyMs, times),
  );
  print(
    `                     ${(single.ms / crowded.ms).toFixed(1)} times as fast as one by one, ${(single.calls / crowded.calls).toFixed(1)} times fewer calls`,
  );
}

/** One edit by itself, the same by the relay, and the two calls that it needs made by a bare client: medians of turns about. */
async function oneEdit() {
  const group = newGroup();
  const [ours, bare] = [editsThrough(rollcall.url, group), naiveEdits(sandbox, group)];
  const times: [number, number, number][] = [];
  for (let nth = 0; nth < 60; nth++) {
    const [first, second, third] = group.people.slice(50 + 3 * nth) as [string, string, string];
    times.push([
      await elapsed(() => ours({ does: 'add', members: [first], thinkMs: 0 })),
      await elapsed(() => relay.add(group, second)),
      await elapsed(() => bare({ does: 'add', members: [third], thinkMs: 0 })),
    ]);
  }
  const [oursMs, relayMs, vendorMs] = [0, 1, 2].map((which) => median(times.map((turn) => turn[which]!))) as [
    number,
    number,
    number,
  ];
  return { ownMs: oursMs - vendorMs, floorMs: relayMs - vendorMs, vendorMs };
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

/** What is said of a promise behind its figure: nothing where it does not hold. */
function kept(promise: { readonly at: number; readonly is: number }, latencyMs: number, value: number): string {
  if (promise.at !== latencyMs) return '';
  return `  (${value < promise.is ? 'kept' : 'NOT KEPT'}: less than ${promise.is})`;
}

function print(line: string, verdict = ''): void {
  process.stdout.write(`${line}${verdict}\n`);
}
