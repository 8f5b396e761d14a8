/** Each of twelve sicknesses at one vendor after the other, in short; `bench/faults.ts` has all of them at all five, with figures. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quantile } from '../support/open-loop.js';
import {
  openWard,
  recovered,
  round,
  sicknesses,
  timeoutMs,
  vendors,
  type Round,
  type Sickness,
  type Ward,
} from '../support/sickness.js';

const seconds = 1.5;
/** What a machine that does other things, too, may add. */
const slackMs = 1_500;
let ward: Ward;
let well: Round;

beforeAll(async () => {
  ward = await openWard();
  await round(ward, 'testrail', 2);
  well = await round(ward, 'testrail', seconds);
});
afterAll(() => ward.service.close());

const rows = (Object.keys(sicknesses) as Sickness[]).map((name, nr) => [name, vendors[nr % vendors.length]!] as const);

describe('under load', { retry: 2, timeout: 60_000 }, () => {
  it.each(rows)(
    '%s at %s fails nothing of the others, and its own are answered in time',
    async (name, vendor) => {
      const server = ward.service.sandbox.server(vendor);
      server.fault(sicknesses[name]);
      const sick = await round(ward, vendor, seconds);
      server.clearFaults();
      await recovered(ward, vendor);

      expect(sick.othersFailed).toBe(0);
      expect(quantile(sick.others, 0.99)).toBeLessThan(1.25 * quantile(well.others, 0.99) + slackMs);
      expect(sick.touchingFailed).toBe(0);
      // A write has three times as long.
      const mostMs = vendor === 'updraft' ? 3 * timeoutMs : timeoutMs;
      expect(Math.max(...sick.touching)).toBeLessThan(mostMs + slackMs);
      expect(sick.peakMb).toBeLessThan(well.peakMb + 100);
      // It was sick indeed: all of its own but what waited until it was well lacked what it has.
      expect(sick.touchingWhole).toBeLessThan(0.5 * sick.touching.length);
    },
    60_000,
  );

  it('control: while all are well, all is whole; of the sick one’s own everything would have failed', async () => {
    const before = await round(ward, 'testrail', seconds);
    expect(before).toMatchObject({ othersFailed: 0, touchingFailed: 0, touchingWhole: before.touching.length });
    const server = ward.service.sandbox.server('velt');
    server.fault(sicknesses.hang);
    // Seen as if it were one of the others.
    const sick = await round(ward, 'testrail', seconds);
    server.clearFaults();
    await recovered(ward, 'velt');

    expect(sick.othersFailed).toBe(sick.others.length);
    expect(sick.touchingFailed).toBe(sick.touching.length);
  });
});
