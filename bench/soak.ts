/**
 * What a service keeps of what it was asked: fifty operations a second of all kinds, by clients of all kinds, while its vendors fall
 * ill and get well, in six windows; after each one, at rest, what it still holds. Rollcall is a process of its own; the vendors are
 * in their boxes in this one, with the load. Takes ten minutes; `soak SECONDS` takes less. It fails when the last window has kept more
 * than 64 bytes a request, or sockets, descriptors or timers grow. With `SNAPSHOTS`, an absolute folder, it leaves heap snapshots there.
 */
import 'reflect-metadata';
import { availableParallelism, loadavg } from 'node:os';
import { growthIn, openSoak, type SoakWindow } from '../test/support/soak.js';
import type { Held } from '../test/support/soak-held.js';

const mostBytes = 64;
const count = 6;
const [seconds = '600'] = process.argv.slice(2);
const folder = process.env['SNAPSHOTS'];

print(`Node ${process.version}, ${availableParallelism()} cores, load ${loadavg()[0]!.toFixed(1)}\n`);
print(
  '| window | asked | answered | left | calls | struck | kept B/request | heap MB | RSS MB | pooled | sockets | files | timers | signals | active |',
);
print(`|${' --- |'.repeat(15)}`);
const soak = await openSoak(folder === undefined ? {} : { snapshots: folder });
const windows: SoakWindow[] = [];
try {
  print(`| start | | | | | | | ${of(soak.first)} |`);
  while (windows.length < count) {
    const window = await soak.run(Number(seconds) / count);
    windows.push(window);
    tell(window);
  }
} finally {
  await soak.close();
}
const grown = growthIn(windows, mostBytes);
print(grown.length === 0 ? '\nNothing grows.' : `\nToo much in the end: ${grown.join(', ')}.`);
if (grown.length > 0) process.exitCode = 1;

function tell({ ends, calls, struck, held, keptBytes }: SoakWindow): void {
  const answered = ends.filter((end) => typeof end === 'number').length;
  const left = ends.filter((end) => end === 'left').length;
  const cells = [windows.length, ends.length, answered, left, calls, struck, keptBytes.toFixed(0), of(held)];
  print(`| ${cells.join(' | ')} |`);
}

function of({ bytes, residentMb, pooled, sockets, files, timers, signals, active }: Held): string {
  const kinds = Object.entries(active).map(([kind, many]) => `${many} ${kind}`);
  const [heapMb, rss] = [bytes / 2 ** 20, residentMb].map((mb) => mb.toFixed(1));
  return [heapMb, rss, pooled, sockets, files, timers, signals, kinds.join(', ')].join(' | ');
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
