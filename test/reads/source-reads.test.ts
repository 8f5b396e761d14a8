import { RecentSizes } from '../../src/reads/sizes.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Transport } from '../../src/http/transport.js';
import { openSandboxServer, type SandboxServer } from '../../src/sandbox/server.js';
import type { Path } from '../../src/vendors/vendor.js';
import { bodies, calls } from '../support/journal.js';
import { lookUp, openShop, shopReads, shopTransport, type Shop, type Ways } from './shop.js';

const seven = ['u1', 'u2', 'u3', 'u4', 'u5', 'u6', 'u7'];
const a = (...ids: string[]): Path[] => ids.map((id) => ['a', id]);
const byIdOrList: Ways = { one: true, pages: true };
let server: SandboxServer<Shop>;
let transport: Transport;

beforeEach(async () => {
  server = await openSandboxServer(openShop({ a: seven, b: ['u1'] }, 10));
  transport = shopTransport(server.origin);
});

afterEach(async () => {
  transport.close();
  await server.close();
});

const reads = (ways: Ways, sizes?: RecentSizes) => shopReads(transport, ways, { ...(sizes && { sizes }) });

describe('where ids go one at a time, and a list tells all', () => {
  test('one key is one read by id', async () => {
    expect(await lookUp(reads(byIdOrList), a('u3'))).toEqual(['u3']);
    expect(calls(server)).toEqual(['GET /a/users/u3']);
  });

  test('several keys are one list, which says as well whom it does not know', async () => {
    expect(await lookUp(reads(byIdOrList), a('u5', 'nobody', 'u1', 'u5'))).toEqual(['u5', null, 'u1', 'u5']);
    expect(calls(server)).toEqual(['GET /a/users/']);
  });

  test('a key asked for twice costs one read, and so does one asked for later', async () => {
    const one = reads(byIdOrList);

    expect(await lookUp(one, a('u1', 'u1', 'u1'))).toEqual(['u1', 'u1', 'u1']);
    expect(await lookUp(one, a('u1'))).toEqual(['u1']);
    expect(calls(server)).toEqual(['GET /a/users/u1']);
  });

  test('a list once seen to be long is read only when it costs less than the keys, which come side by side', async () => {
    server.box.state.pageSize = 2;
    const sizes = new RecentSizes();
    await reads(byIdOrList, sizes).all('users');
    const before = server.journal.length;

    expect(await lookUp(reads(byIdOrList, sizes), a('u1', 'u2', 'u9'))).toEqual(['u1', 'u2', null]);
    expect(calls(server, before).toSorted()).toEqual(['u1', 'u2', 'u9'].map((id) => `GET /a/users/${id}`));
    const five = ['u1', 'u2', 'u3', 'u4', 'u9'];
    expect(await lookUp(reads(byIdOrList, sizes), a(...five))).toEqual(['u1', 'u2', 'u3', 'u4', null]);
    expect(calls(server, before + 3)).toEqual([
      'GET /a/users/',
      ...[2, 3, 4].map((page) => `GET /a/users/?page=${page}`),
    ]);
  });

  test('a list that is being read serves keys at no further call', async () => {
    const one = reads(byIdOrList);

    const [all, found] = await Promise.all([one.all('users'), lookUp(one, a('u2'))]);

    expect(all.known).toHaveLength(8);
    expect(found).toEqual(['u2']);
    expect(calls(server).toSorted()).toEqual(['GET /a/users/', 'GET /b/users/']);
  });

  test('a key that cannot be read fails alone', async () => {
    server.fault({ mode: 'status', status: 503, match: /u2/ });

    const found = await lookUp(reads({ one: true }), a('u1', 'u2', 'nobody', 'u3'));

    expect(found).toEqual(['u1', 'VENDOR_UNAVAILABLE', null, 'u3']);
  });

  test('a list that breaks off serves the keys it has told, and fails the others', async () => {
    server.box.state.pageSize = 2;
    server.fault({ mode: 'half', match: /page=2/ });

    expect(await lookUp(reads(byIdOrList), a('u1', 'u7', 'nobody'))).toEqual([
      'u1',
      'VENDOR_BAD_RESPONSE',
      'VENDOR_BAD_RESPONSE',
    ]);
  });

  test('a scope that the vendor does not know has no keys', async () => {
    expect(
      await lookUp(reads(byIdOrList), [
        ['c', 'u1'],
        ['c', 'u2'],
      ]),
    ).toEqual([null, null]);
    expect(calls(server)).toEqual(['GET /c/users/']);
  });
});

describe('a path that breaks the pattern of the vendor', () => {
  test.each<Ways>([{ one: true }, { maxKeys: 3 }])(
    'is a bad answer for itself alone, and goes into no call: %o',
    async (ways) => {
      const found = await lookUp(reads(ways), [['a', 'u1'], ['a', '..'], ['a', 'u2'], ['..', 'u1'], ['a', ''], ['a']]);

      const bad = 'VENDOR_BAD_RESPONSE';
      expect(found).toEqual(['u1', bad, 'u2', bad, bad, bad]);
      expect(JSON.stringify([...calls(server), ...bodies(server)])).not.toContain('..');
    },
  );

  test('is found all the same in a list that tells it', async () => {
    server.box.state.users.a = ['..', 'u1'];

    expect(await lookUp(reads(byIdOrList), a('..', 'u1', 'u2'))).toEqual(['..', 'u1', null]);
    expect(calls(server)).toEqual(['GET /a/users/']);
  });
});

describe('where only the list can tell', () => {
  const odd: Ways = { ...byIdOrList, askTheList: (id) => id.endsWith('9') || id === 'u3' };

  test('a read by id leads to the list, once for all', async () => {
    const sizes = new RecentSizes();
    sizes.set('all users ["a"]', { pages: 5, later: [] });

    expect(await lookUp(reads(odd, sizes), a('u3', 'u9', 'u1', 'u19'))).toEqual(['u3', null, 'u1', null]);
    expect(calls(server).filter((call) => call === 'GET /a/users/')).toHaveLength(1);
    expect(server.journal).toHaveLength(5);
  });
});

describe('scopes', () => {
  test('keys of several scopes take the cheapest way in each', async () => {
    expect(await lookUp(reads(byIdOrList), [...a('u1', 'u2'), ['b', 'u1']])).toEqual(['u1', 'u2', 'u1']);
    expect(calls(server).toSorted()).toEqual(['GET /a/users/', 'GET /b/users/u1']);
  });

  test('where any scope may hold a key, every list is read once', async () => {
    const anywhere = reads({ ...byIdOrList, scopeOf: () => null });

    expect(
      await lookUp(anywhere, [
        ['b', 'u1'],
        ['a', 'u7'],
        ['a', 'u8'],
      ]),
    ).toEqual(['u1', 'u7', null]);
    expect(calls(server).toSorted()).toEqual(['GET /a/users/', 'GET /b/users/']);
  });

  test('keys that come while a read is under way go with the others', async () => {
    const one = reads(byIdOrList);
    server.fault({ mode: 'slow', ms: 25, match: /b/ });
    const other = one.inScope('users', ['b']);
    const first = lookUp(one, a('u1'));
    await new Promise((turned) => setTimeout(turned, 10));

    expect(await Promise.all([first, lookUp(one, a('u2')), other])).toMatchObject([['u1'], ['u2'], { failures: [] }]);
    expect(calls(server)).toEqual(['GET /b/users/', 'GET /a/users/']);
  });
});
