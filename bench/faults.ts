/**
 * What one sick vendor does to the others: each of the five in each of twelve ways, under load, beside the same load while it is
 * well (ABBA); of two rounds the better p99 counts. Rollcall is a process of its own; the vendors are in their boxes in this one, with the load. Takes about twenty
 * minutes; `faults.ts SECONDS VENDOR,… SICKNESS,…` takes less. It fails when something was promised and not kept.
 */
import { availableParallelism, loadavg } from 'node:os';
import { quantile } from '../test/support/open-loop.js';
import {
  openWard,
  recovered,
  round,
  sicknesses,
  timeoutMs,
  vendors,
  type Round,
  type Sickness,
  type Vendor,
} from '../test/support/sickness.js';

const [seconds = '3', wantedVendors, wantedSicknesses] = process.argv.slice(2);
const chosen = <T extends string>(all: readonly T[], words: string | undefined): readonly T[] =>
  all.filter((one) => words === undefined || words.split(',').includes(one));

print(`Node ${process.version}, ${availableParallelism()} cores, load ${loadavg()[0]!.toFixed(1)}\n`);
print(
  '| vendor | sickness | others: failed, p99 ms (well) | its own: without the rest, slowest ms, p50 later | calls | MB (well) | kept |',
);
print('| --- | --- | --- | --- | --- | --- | --- |');
const ward = await openWard();
try {
  for (const vendor of chosen(vendors, wantedVendors)) {
    await round(ward, vendor, 3);
    for (const sickness of chosen(Object.keys(sicknesses) as Sickness[], wantedSicknesses))
      await compare(vendor, sickness);
  }
} finally {
  await ward.service.close();
}

async function compare(vendor: Vendor, sickness: Sickness): Promise<void> {
  const server = ward.service.sandbox.server(vendor);
  const length = Number(seconds);
  const before = await round(ward, vendor, length);
  const heard = server.journal.at(-1)?.sequence ?? 0;
  server.fault(sicknesses[sickness]);
  const sick = [await round(ward, vendor, length), await round(ward, vendor, length)] as const;
  const calls = (server.journal.at(-1)?.sequence ?? 0) - heard;
  server.clearFaults();
  await recovered(ward, vendor);
  tell(vendor, sickness, { well: [before, await round(ward, vendor, length)], sick, calls });
}

interface Compared {
  readonly well: readonly [Round, Round];
  readonly sick: readonly [Round, Round];
  readonly calls: number;
}

function tell(vendor: Vendor, sickness: Sickness, { well, sick, calls }: Compared): void {
  const p99 = (rounds: readonly Round[]) => Math.min(...rounds.map(({ others }) => quantile(others, 0.99)));
  const mb = (rounds: readonly Round[]) => Math.max(...rounds.map(({ peakMb }) => peakMb));
  const failed = sick[0].othersFailed + sick[1].othersFailed;
  const lacking = sick[0].touchingFailed + sick[1].touchingFailed;
  const slowest = Math.max(...sick.flatMap(({ touching }) => touching));
  const later = quantile(sick[1].touching, 0.5);
  // A write has three times as long as a read.
  const mostMs = timeoutMs * (vendor === 'updraft' ? 3 : 1) + 50;
  const kept: readonly [boolean, string][] = [
    [failed === 0 && well.every(({ othersFailed }) => othersFailed === 0), 'no errors'],
    [p99(sick) <= Math.max(1.25 * p99(well), p99(well) + 20), 'p99'],
    [lacking === 0, 'the rest'],
    [slowest <= mostMs, 'in time'],
    [mb(sick) <= mb(well) + 100, 'memory'],
  ];
  const broken = kept.filter(([isKept]) => !isKept).map(([, what]) => what);
  if (broken.length > 0) process.exitCode = 1;
  const ms = (value: number) => value.toFixed(0);
  const cells = [
    vendor,
    sickness,
    `${failed}, ${ms(p99(sick))} (${ms(p99(well))})`,
    `${lacking}, ${ms(slowest)}, ${ms(later)}`,
    calls,
    `${ms(mb(sick))} (${ms(mb(well))})`,
    broken.length === 0 ? 'all' : `not ${broken.join(', ')}`,
  ];
  print(`| ${cells.join(' | ')} |`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
