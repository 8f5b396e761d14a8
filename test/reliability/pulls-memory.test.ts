import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { populationOf } from '../../src/sandbox/population.js';
import { peakMb } from '../support/process-use.js';
import { pull } from '../support/pull.js';
import { openService, type Life, type Service } from '../support/service.js';

const rows = 100_000;
/** Its whole process, most of which is Node and what it has loaded: without the reading ahead being bounded it is far more. */
const mostMb = 300;

let service: Service;
let life: Life;
beforeAll(async () => {
  service = await openService({
    only: ['testrail', 'tiledesk', 'asa'],
    // Each pull reads everything, so that what the second one tells is not at hand.
    sources: { cacheSeconds: 0 },
    population: { ...populationOf(rows), awkward: false },
    journalLimit: 10,
  });
  life = await service.start();
}, 60_000);
afterAll(() => service.close());

/** How many requests a source has had, however many of them are remembered. */
const requestsOf = (source: string) => service.sandbox.server(source).journal.at(-1)?.sequence ?? 0;

describe(`${rows} memberships out of a process of its own`, () => {
  it.each([
    ['csv', 1],
    ['ndjson', 0],
  ])(
    'come whole as %s, and begin before the last list of members has been asked for',
    async (file, headers) => {
      const before = requestsOf('asa');
      let atFirstByte = 0;

      const onFirstByte = () => (atFirstByte = requestsOf('asa') - before);
      const { lines, trailers } = await pull(`${life.url}/datasets/memberships.${file}`, { onFirstByte });

      const inAll = requestsOf('asa') - before;
      expect(lines).toBe(rows + headers);
      expect(trailers).toMatchObject({ 'x-complete': 'true', 'x-row-count': String(rows) });
      expect(inAll).toBeGreaterThan(200);
      expect(atFirstByte).toBeLessThan(inAll - 100);
    },
    60_000,
  );

  it.runIf(process.platform === 'linux')('leave the process small', () => {
    expect(peakMb(life.process.pid!)).toBeLessThan(mostMb);
  });

  it('tell in the log how far they are', () => {
    const told = life
      .stderr()
      .split('\n')
      .filter((line) => line.includes('a dataset is under way'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);

    expect(told).toContainEqual(expect.objectContaining({ rows, groupsInAll: 1_000, requestId: expect.any(String) }));
  });
});
