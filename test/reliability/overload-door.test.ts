import { afterEach, describe, expect, it } from 'vitest';
import { openEntrance, type Entrance } from '../support/door.js';
import { until } from '../support/until.js';

let entrance: Entrance;
afterEach(() => entrance.close());

/** Fills the house with operations that stay. */
async function fill(count: number): Promise<void> {
  for (let nth = 0; nth < count; nth += 1) fetch(`${entrance.url}/graphql`, { method: 'POST' }).catch(() => {});
  await until(() => entrance.inside.length === count, 10_000);
}

const ask = (path: string, headers: Record<string, string> = {}) => fetch(`${entrance.url}${path}`, { headers });

describe('a refusal', () => {
  it('is 503 with Retry-After in whole seconds from 1 to 5, and a body in the form of its route', async () => {
    entrance = await openEntrance({ inFlight: 64 });
    await fill(64);

    const graph = await ask('/graphql', { 'x-request-id': 'mine' });
    const dataset = await ask('/datasets/memberships.csv');

    expect([graph.status, dataset.status]).toEqual([503, 503]);
    const waits = [graph, dataset].map(({ headers }) => headers.get('retry-after'));
    for (const wait of waits) expect(wait).toMatch(/^[1-5]$/);
    const said = (wait: string | null) =>
      `There is too much to do just now, and nothing of this was begun; send it again in ${wait} s.`;
    expect(await graph.json()).toEqual({
      errors: [{ message: said(waits[0]!), extensions: { code: 'SERVER_BUSY', retryAfterSeconds: Number(waits[0]) } }],
    });
    expect(await dataset.json()).toEqual({ code: 'SERVER_BUSY', message: said(waits[1]!), sources: [] });
    expect(graph.headers.get('x-request-id')).toBe('mine');
    expect(graph.headers.get('x-content-type-options')).toBe('nosniff');
    expect(entrance.turnedAway).toEqual(['SERVER_BUSY /graphql', 'SERVER_BUSY /datasets/memberships.csv']);
    expect(entrance.door.counts).toMatchObject({ inFlight: 64, shed: 2 });
  });

  it('can be read by a page that may ask, and by no other', async () => {
    entrance = await openEntrance({ inFlight: 64, cors: ['https://bi.example.com'] });
    await fill(64);
    const allowed = async (origin: string) =>
      (await ask('/graphql', { origin })).headers.get('access-control-allow-origin');

    expect(await allowed('https://bi.example.com')).toBe('https://bi.example.com');
    expect(await allowed('https://evil.example.com')).toBe(null);
  });

  it.each(['/healthz', '/readyz', '/metrics', '/metrics?x=1'])('is never given to %s', async (path) => {
    entrance = await openEntrance({ inFlight: 64 });
    await fill(64);

    const asked = ask(path);
    await until(() => entrance.inside.length === 65);
    entrance.inside.at(-1)!.end('well');

    expect((await asked).status).toBe(200);
    expect((await ask(`${path.split('?')[0]}x`)).status).toBe(503);
  });

  it('nothing below 64 operations in flight is refused; when one of many has ended the next gets in', async () => {
    entrance = await openEntrance({ inFlight: 64 });
    await fill(63);
    const last = ask('/graphql');
    await until(() => entrance.inside.length === 64);
    expect((await ask('/graphql')).status).toBe(503);

    entrance.inside.pop()!.end('{}');
    expect((await last).status).toBe(200);
    const next = ask('/graphql');
    await until(() => entrance.inside.length === 64);

    entrance.inside.at(-1)!.end('{}');
    expect((await next).status).toBe(200);
  });
});

it('who comes while others are answered one after another is heard between them', async () => {
  let begun = 0;
  entrance = await openEntrance({}, (request, response) => {
    if (request.url === '/healthz') return void response.end();
    begun += 1;
    const end = performance.now() + 20;
    while (performance.now() < end);
    response.end();
  });
  const all = Array.from({ length: 60 }, () => fetch(`${entrance.url}/graphql`));
  await until(() => begun > 2, 10_000);
  const before = begun;

  // Each has a connection of its own, and Node accepts one a turn.
  await Promise.all(
    Array.from({ length: 20 }, () => fetch(`${entrance.url}/healthz`, { headers: { connection: 'close' } })),
  );

  expect(begun - before).toBeLessThan(20);
  await Promise.all(all);
});
