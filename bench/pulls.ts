/**
 * What it costs to pull everything as it grows: 1,000 to 1,000,000 memberships as a file, through Rollcall in a process of its own,
 * over vendors in another. The time should grow with the rows, the memory should not. Takes about two minutes; `--quick` leaves the
 * million out.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { peakMb } from '../test/support/process-use.js';
import { pull } from '../test/support/pull.js';
import { rollcall } from './compare/contestants.js';
import { leaveTheCore } from './compare/processes.js';
import { aligned } from './compare/table.js';
import { startVendors } from './company/start.js';

const quick = process.argv.includes('--quick');
const sizes = [1_000, 10_000, 100_000, 1_000_000].filter((size) => !quick || size < 1_000_000);
const files = ['csv', 'ndjson'];

leaveTheCore();
const head = ['rows', 'file', 'MB', 'first byte, s', 'whole, s', 'rows/s', 'calls', 'heap in use, most MB', 'peak MB'];
const rows: string[][] = [];
for (const size of sizes) {
  const vendors = await startVendors(size);
  try {
    for (const file of files) {
      process.stderr.write(`… ${size} rows as ${file}\n`);
      rows.push(await pulled(vendors, size, file));
    }
  } finally {
    await vendors.close();
  }
}
process.stdout.write(`${aligned([head, ...rows]).join('\n')}\n`);

async function pulled(vendors: Awaited<ReturnType<typeof startVendors>>, size: number, file: string) {
  const running = await rollcall('nothing').start(vendors);
  try {
    const before = await vendors.requests();
    const heap = watchHeap(running);
    const { lines, bytes, firstByteMs, ms, trailers } = await pull(
      `${running.origin}/datasets/memberships.${file}`,
      running,
    );
    const mostHeap = await heap.end();
    const told = Number(trailers['x-row-count']);
    if (told !== lines - (file === 'csv' ? 1 : 0) || told !== size)
      throw new Error(`${told} rows of ${size}, ${lines} lines`);
    const calls = (await vendors.requests()) - before;
    return [
      size.toLocaleString('en'),
      file,
      (bytes / 1e6).toFixed(1),
      (firstByteMs / 1_000).toFixed(2),
      (ms / 1_000).toFixed(2),
      ((1_000 * size) / ms).toFixed(0),
      String(calls),
      mostHeap.toFixed(0),
      peakMb(running.pid).toFixed(0),
    ];
  } finally {
    await running.close();
  }
}

/** Asks four times a second how much of its heap is in use, garbage and all. */
function watchHeap({ origin, headers }: { origin: string; headers: Readonly<Record<string, string>> }) {
  const [over, most] = [new AbortController(), { mb: 0 }];
  const watching = (async () => {
    while (!over.signal.aborted) {
      const metrics = await (await fetch(`${origin}/metrics`, { headers })).text();
      most.mb = Math.max(most.mb, Number(/^nodejs_heap_size_used_bytes (\S+)/m.exec(metrics)?.[1]) / 1_048_576);
      await pause(250);
    }
  })();
  return {
    async end(): Promise<number> {
      over.abort();
      await watching;
      return most.mb;
    },
  };
}
