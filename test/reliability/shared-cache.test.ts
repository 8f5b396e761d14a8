/** Two real processes with one cache in a real Redis: what one reads serves the other, and what one writes the other sees at once. */
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, describe, it } from 'vitest';
import { makeGroup, manyPeople } from '../support/edited-group.js';
import { startPostgres, type PostgresServer } from '../support/postgres.js';
import { hasRedis, startRedis, type RedisServer } from '../support/redis.js';
import { ask } from '../support/rollcall.js';
import { openService, type Life, type Service } from '../support/service.js';
import { until } from '../support/until.js';

const list =
  '{ groups(first: 1000, filter: { sources: ["testrail"] }) { nodes { id name members { nodes { email } } } } }';
const trace = { 'x-rollcall-trace': '1' };

describe.skipIf(!hasRedis)('processes with a cache that they share (needs redis-server)', { timeout: 60_000 }, () => {
  let postgres: PostgresServer;
  let redis: RedisServer;
  let service: Service;
  let lives: readonly [Life, Life];
  beforeAll(async () => {
    postgres = await startPostgres();
    redis = await startRedis();
    service = await openService({
      population: manyPeople,
      ledger: await postgres.databaseUrl(),
      only: ['testrail'],
      rest: { cache: redis.url },
    });
    lives = await Promise.all([service.start(), service.start()]);
  }, 60_000);
  afterAll(async () => {
    await service.close();
    await redis.stop();
    await postgres.close();
  });

  const heard = () => service.sandbox.server('testrail').journal.length;
  const costOf = async ({ url }: Life, query: string) => {
    const { extensions } = await ask(url, query, {}, trace);
    const [{ calls, cacheHits } = { calls: 0, cacheHits: 0 }] = extensions.upstream;
    return { calls, cacheHits };
  };

  it('what the one has read costs the other nothing, and is the same', async () => {
    const first = await ask(lives[0].url, list);
    const before = heard();
    const second = await ask(lives[1].url, list);

    expect(second.data).toEqual(first.data);
    expect(second.data.groups.nodes[0].members.nodes[0].email).toMatch(/@/);
    expect(heard()).toBe(before);
    expect((await costOf(lives[1], list)).cacheHits).toBeGreaterThan(0);
  });

  it('what the other has taken from there it takes no second time', async () => {
    const other = (name: string) => list.replace('{', `query ${name} {`);
    await ask(lives[0].url, list);
    await ask(lives[1].url, other('First'));
    const before = await listsTaken();

    const { data } = await ask(lives[1].url, other('Second'));

    expect(data.groups.nodes.length).toBeGreaterThan(0);
    expect(before).toBeGreaterThan(0);
    expect(await listsTaken()).toBe(before);
  });

  /** How often a process has asked Redis for a list; for eras it asks by another command. */
  async function listsTaken(): Promise<number> {
    const socket = connect(Number(new URL(redis.url).port), '127.0.0.1');
    socket.write('INFO commandstats\r\n');
    let told = '';
    for await (const bytes of socket) if ((told += String(bytes)).endsWith('\r\n\r\n')) break;
    return Number(/cmdstat_get:calls=(\d+)/.exec(told)?.[1] ?? 0);
  }

  it('whoever has written at the one reads it at the other, however often they take turns', async () => {
    const group = makeGroup(service.sandbox, 'testrail', 2);
    const read = `{ group(id: "${group.id}") { members { nodes { id } } } }`;
    const stale: number[] = [];
    for (let nth = 0; nth < 30; nth += 1) {
      const [writer, reader] = nth % 2 === 0 ? lives : [lives[1], lives[0]];
      await ask(reader.url, read);
      const member = group.people[5 + nth]!;
      const add = `mutation { addGroupMembers(input: { group: "${group.id}", members: ["${member}"] }) { userErrors { code } } }`;
      expect((await ask(writer.url, add)).data.addGroupMembers.userErrors).toEqual([]);

      const { data } = await ask(reader.url, read);

      if (!data.group.members.nodes.some(({ id }: { id: string }) => id === member)) stale.push(nth);
    }
    expect(stale).toEqual([]);
  });

  it('without it they go on, ask the vendor each time, and say so once; with it again they share again', async () => {
    const port = Number(new URL(redis.url).port);
    await ask(lives[0].url, list);
    await redis.stop();
    await until(() => lives[0].stderr().includes('the cache cannot be reached'));

    expect((await costOf(lives[0], list)).calls).toBeGreaterThan(0);
    expect((await costOf(lives[0], list)).calls).toBeGreaterThan(0);
    expect(lives[0].stderr().match(/the cache cannot be reached/g)).toHaveLength(1);

    redis = await startRedis(port);
    await until(() => lives.every((life) => life.stderr().includes('the cache can be reached again')), 10_000);
    await ask(lives[0].url, list);
    expect(await costOf(lives[1], list)).toMatchObject({ calls: 0 });
  });
});

describe('processes over one ledger that share no cache', { timeout: 60_000 }, () => {
  it('keep nothing, since they do not hear of each other’s writes', async () => {
    const postgres = await startPostgres();
    const service = await openService({ ledger: await postgres.databaseUrl(), only: ['testrail'] });
    const { url } = await service.start();
    const calls: number[] = [];
    for (let nth = 0; nth < 2; nth += 1) {
      const { extensions } = await ask(url, list, {}, trace);
      calls.push(extensions.upstream[0].calls);
    }
    await service.close();
    await postgres.close();

    expect(calls).toEqual([calls[0], calls[0]]);
  });
});
