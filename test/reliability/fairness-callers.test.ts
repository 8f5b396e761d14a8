import { afterAll, beforeAll, expect, it } from 'vitest';
import { people } from '../../src/sandbox/people.js';
import { closedLoop } from '../support/closed-loop.js';
import { keyRing } from '../support/keys.js';
import { openLoop, quantile, type Shot } from '../support/open-loop.js';
import { openService, type Life, type Service } from '../support/service.js';

let service: Service;
let life: Life;
const ring = keyRing({ flood: { role: 'read' }, calm: { role: 'read' } });
const heavy = '{ groups { nodes { id name members { nodes { id name email } } } } }';
const light = '{ groups { nodes { id name } } }';

beforeAll(async () => {
  const population = { people: people(60), groups: 10, membersPerGroup: 8, projects: 2, awkward: false };
  const rest = { auth: ring.auth };
  service = await openService({ population, only: ['testrail'], rest, journalLimit: 10, latencyMs: 50 });
  life = await service.start();
});
afterAll(() => service.close());

/** Five operations a second, of one who asks no more than that. */
const calmly = (seconds: number): Promise<readonly Shot[]> =>
  openLoop({
    url: life.url,
    perSecond: 5,
    seconds,
    query: light,
    headers: { ...ring.headersOf('calm'), 'cache-control': 'no-cache' },
  });

it(
  "a flood of one caller's refuses nothing of another's, and hardly delays it",
  { timeout: 120_000, retry: 2 },
  async () => {
    // Each wants what is read for him alone, so that the flood is work and not one answer given often.
    const flooding = { ...ring.headersOf('flood'), 'cache-control': 'no-cache' };
    await closedLoop(life.url, { query: heavy, callers: 16, seconds: 4, headers: flooding });
    const alone = await calmly(4);

    const flood = openLoop({ url: life.url, perSecond: 600, seconds: 6, query: heavy, headers: flooding });
    const beside = await calmly(6);

    const refused = (await flood).filter(({ status }) => status === 503);
    expect(refused.length).toBeGreaterThan(0);
    expect(beside.map(({ status }) => status)).toEqual(beside.map(() => 200));
    const own = (shots: readonly Shot[]) =>
      quantile(
        shots.map(({ ms, lateMs }) => ms - lateMs),
        0.5,
      );
    // Vendor and load are in the process of the test, which the flood keeps busy, too: the promise is twice the time for 99 in 100.
    expect(own(beside)).toBeLessThan(4 * own(alone) + 250);
  },
);
