import { fetch } from 'cross-fetch';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSandboxServer, type SandboxServer } from '../../src/sandbox/server.js';
import { calls } from '../support/journal.js';
import { tinyBox } from '../support/tiny-box.js';
import { ended, readNotes, transportTo, writeNote } from './transport-under-test.js';

const credentials = { 'x-velt-api-key': 'key-of-ours', authorization: 'Bearer token-of-ours' };
let server: SandboxServer;
let elsewhere: SandboxServer;

beforeEach(async () => {
  [server, elsewhere] = await Promise.all([openSandboxServer(tinyBox()), openSandboxServer(tinyBox())]);
});

afterEach(() => Promise.all([server.close(), elsewhere.close()]));

const statuses = [300, 301, 302, 303, 304, 305, 307, 308];
/** Where a redirect may lead: to another host, as far as a test can make one, and back to the same. */
const places = ['elsewhere', 'itself'] as const;

test.each(statuses.flatMap((status) => places.map((place) => [status, place] as const)))(
  'a %i that leads to %s is never followed: no second request, no credential',
  async (status, place) => {
    const transport = transportTo(server.origin, {}, { headers: credentials });
    const location = `${(place === 'itself' ? server : elsewhere).origin}/notes?stolen`;
    server.fault({ mode: 'status', status, headers: { location } });

    const read = await ended(transport, readNotes);
    const write = await ended(transport, writeNote);
    transport.close();

    expect(read).toMatchObject({ code: 'VENDOR_BAD_RESPONSE', error: { status } });
    expect(write).toMatchObject({ code: 'OUTCOME_UNKNOWN', error: { status } });
    expect(calls(server)).toEqual(['GET /notes', 'POST /notes']);
    expect(elsewhere.journal).toEqual([]);
  },
);

test('a redirect whose body never ends holds nobody up', async () => {
  const transport = transportTo(server.origin);
  server.fault({ mode: 'status', status: 302, headers: { location: '/', 'content-length': '1000' }, body: 'soon' });

  const { code, ms } = await ended(transport);
  transport.close();

  expect(code).toBe('VENDOR_BAD_RESPONSE');
  expect(ms).toBeLessThan(150);
});

test('control: cross-fetch by itself follows, sends the body again, and hands the key to the other server', async () => {
  server.fault({ mode: 'redirect', location: `${elsewhere.origin}/notes` });

  const body = '{"note":"twice"}';
  await fetch(`${server.origin}/notes`, { method: 'POST', body, headers: credentials });

  expect(elsewhere.journal[0]).toMatchObject({ method: 'POST', body });
  expect(elsewhere.journal[0]?.headers['x-velt-api-key']).toBe('key-of-ours');
});
