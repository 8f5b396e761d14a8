import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Transport } from '../../src/http/transport.js';
import { openSandboxServer, type SandboxServer } from '../../src/sandbox/server.js';
import type { Path } from '../../src/vendors/vendor.js';
import { bodies, calls } from '../support/journal.js';
import { lookUp, openShop, shopReads, shopTransport, type Shop, type Ways } from './shop.js';

const seven = ['u1', 'u2', 'u3', 'u4', 'u5', 'u6', 'u7'];
const a = (...ids: string[]): Path[] => ids.map((id) => ['a', id]);
let server: SandboxServer<Shop>;
let transport: Transport;

beforeEach(async () => {
  server = await openSandboxServer(openShop({ a: seven }, 10));
  transport = shopTransport(server.origin);
});

afterEach(async () => {
  transport.close();
  await server.close();
});

const threeAtATime: Ways = { maxKeys: 3, pages: true };

test('keys go in as few calls as hold them', async () => {
  expect(await lookUp(shopReads(transport, threeAtATime), a(...seven))).toEqual(seven);
  expect(bodies(server)).toEqual([{ ids: seven.slice(0, 3) }, { ids: seven.slice(3, 6) }, { ids: ['u7'] }]);
});

test('an answer of several pages is read whole', async () => {
  server.box.state.pageSize = 2;

  expect(await lookUp(shopReads(transport, threeAtATime), a('u1', 'u2', 'u3'))).toEqual(['u1', 'u2', 'u3']);
  expect(calls(server)).toEqual(['POST /a/users/', 'POST /a/users/?page=2']);
});

test('a call refused for unknown ids is made again without them', async () => {
  server.box.state.refusing = true;

  expect(await lookUp(shopReads(transport, threeAtATime), a('u1', 'no1', 'no2'))).toEqual(['u1', null, null]);
  expect(bodies(server)).toEqual([{ ids: ['u1', 'no1', 'no2'] }, { ids: ['u1'] }]);
});

test('a call of nothing but unknown ids is not made again', async () => {
  server.box.state.refusing = true;

  expect(await lookUp(shopReads(transport, threeAtATime), a('no1', 'no2'))).toEqual([null, null]);
  expect(server.journal).toHaveLength(1);
});

test('a call that is refused as a whole, without a word on whom it does not know, leaves that to the list', async () => {
  server.fault({ mode: 'status', status: 404, match: ({ body }) => body.includes('no1') });
  const reads = shopReads(transport, { maxKeys: 8, pages: true });

  expect(await lookUp(reads, a('u1', 'u2', 'no1', 'u3'))).toEqual(['u1', 'u2', null, 'u3']);
  expect(calls(server)).toEqual(['POST /a/users/', 'GET /a/users/']);
});

test('a call that fails fails its own keys, not those of another', async () => {
  server.fault({ mode: 'reset', match: ({ body }) => body.includes('u4') });

  expect(await lookUp(shopReads(transport, threeAtATime), a(...seven))).toEqual([
    'u1',
    'u2',
    'u3',
    ...Array(3).fill('VENDOR_UNAVAILABLE'),
    'u7',
  ]);
});
