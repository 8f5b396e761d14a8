import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FaultRule } from '../../src/sandbox/fault-rules.js';
import { openSandboxServer, type SandboxServer } from '../../src/sandbox/server.js';
import { tinyBox, type TinyState } from '../support/tiny-box.js';
import { until } from '../support/until.js';
import { ask, type Heard } from './wire.js';

const NOTES = '{"notes":["first"]}';
let server: SandboxServer<TinyState>;

beforeEach(async () => {
  server = await openSandboxServer(tinyBox());
});

afterEach(async () => {
  await until(() => server.live.requests === 0);
  expect(server.failures).toEqual([]);
  await server.close();
  expect(server.live).toEqual({ sockets: 0, requests: 0 });
});

/** Asks for the notes of a server that misbehaves so. */
function under(rule: FaultRule, question?: Parameters<typeof ask>[1]): Promise<Heard> {
  server.fault(rule);
  return ask(server.origin, question);
}

function last(): SandboxServer['journal'][number] | undefined {
  return server.journal.at(-1);
}

describe('answers that come too slowly', () => {
  test('slow: a good answer, but later', async () => {
    const heard = await under({ mode: 'slow', ms: 80 });

    expect(heard).toMatchObject({ status: 200, text: NOTES, ended: 'end' });
    expect(heard.ms).toBeGreaterThanOrEqual(79);
    expect(last()).toMatchObject({ fault: 'slow', applied: true, status: 200 });
  });

  test('hang: nothing at all', async () => {
    const heard = await under({ mode: 'hang' }, { patienceMs: 100 });

    expect(heard).toMatchObject({ status: undefined, ended: 'gave up' });
    expect(last()).toMatchObject({ fault: 'hang', applied: false, status: null, answeredAt: null });
  });

  test('drip: headers at once, then byte after byte to the true end', async () => {
    const heard = await under({ mode: 'drip', ms: 5 });

    expect(heard).toMatchObject({ status: 200, text: NOTES, ended: 'end', pieces: NOTES.length });
    expect(heard.headersMs).toBeLessThan(heard.ms / 2);
    expect(heard.ms).toBeGreaterThanOrEqual(5 * NOTES.length - 20);
    expect(last()).toMatchObject({ fault: 'drip', applied: true, status: 200 });
  });

  test('drip: stops when the client has gone', async () => {
    const heard = await under({ mode: 'drip', ms: 5 }, { appetite: 3 });

    expect(heard).toMatchObject({ ended: 'gave up', text: NOTES.slice(0, 3) });
    await until(() => server.live.sockets === 0, 200);
  });

  test('slowheaders: no status before the last byte of the headers', async () => {
    const heard = await under({ mode: 'slowheaders', ms: 2 });

    expect(heard).toMatchObject({ status: 200, text: NOTES, ended: 'end' });
    expect(heard.headers['link']).toContain('rel="next"');
    expect(heard.headersMs).toBeGreaterThan(150);
    expect(last()).toMatchObject({ fault: 'slowheaders', applied: true, status: 200 });
  });

  test('slowheaders: who gives up has heard no status', async () => {
    const heard = await under({ mode: 'slowheaders' }, { patienceMs: 150 });

    expect(heard).toMatchObject({ status: undefined, ended: 'gave up' });
    expect(last()).toMatchObject({ applied: true, status: null });
  });
});

describe('answers that break off', () => {
  test('half: the whole length, half of the body', async () => {
    const heard = await under({ mode: 'half' });

    expect(heard).toMatchObject({ status: 200, text: NOTES.slice(0, Math.floor(NOTES.length / 2)) });
    expect(heard.headers['content-length']).toBe(String(NOTES.length));
    expect(heard.ended).toBe('ECONNRESET aborted');
    expect(last()).toMatchObject({ fault: 'half', applied: true, status: 200 });
  });

  test('half: an answer without body is cut too', async () => {
    const heard = await under({ mode: 'half' }, { method: 'DELETE' });

    expect(heard).toMatchObject({ status: 200, ended: 'ECONNRESET aborted' });
    expect(heard.bytes.length).toBeGreaterThan(0);
    expect(server.box.state.notes).toEqual([]);
  });

  test('truncated-json: a right length, JSON that is cut', async () => {
    const heard = await under({ mode: 'truncated-json' });

    expect(heard).toMatchObject({ status: 200, ended: 'end', text: NOTES.slice(0, Math.floor(NOTES.length / 2)) });
    expect(heard.headers['content-length']).toBe(String(heard.bytes.length));
    expect(() => JSON.parse(heard.text)).toThrow();
    expect(last()).toMatchObject({ fault: 'truncated-json', applied: true });
  });

  test('reset: the socket is reset', async () => {
    const heard = await under({ mode: 'reset' });

    expect(heard).toMatchObject({ status: undefined, ended: 'ECONNRESET read ECONNRESET' });
    expect(last()).toMatchObject({ fault: 'reset', applied: false, status: null });
  });

  test('fin: the socket ends in good order', async () => {
    const heard = await under({ mode: 'fin' });

    expect(heard).toMatchObject({ status: undefined, ended: 'ECONNRESET socket hang up' });
    expect(last()).toMatchObject({ fault: 'fin', applied: false, status: null });
  });
});

describe('answers that are not what was asked for', () => {
  const CANNED: readonly [FaultRule, Partial<Heard>, string | undefined][] = [
    [{ mode: 'status', status: 503 }, { status: 503, text: '' }, undefined],
    [
      { mode: 'status', status: 429, headers: { 'Retry-After': '2' }, body: { error: 'slow down' } },
      { status: 429, text: '{"error":"slow down"}', headers: expect.objectContaining({ 'retry-after': '2' }) },
      'application/json; charset=utf-8',
    ],
    [{ mode: 'html' }, { status: 200, text: expect.stringContaining('<h1>') }, 'text/html; charset=utf-8'],
    [{ mode: 'garbage' }, { status: 200, text: expect.stringContaining('<{[') }, 'application/json; charset=utf-8'],
    [{ mode: 'wrongshape' }, { status: 200, text: '{"unexpected":true}' }, 'application/json; charset=utf-8'],
    [
      { mode: 'redirect', location: 'http://127.0.0.1:9/x' },
      { status: 307, text: '', headers: expect.objectContaining({ location: 'http://127.0.0.1:9/x' }) },
      undefined,
    ],
  ];

  test.each(CANNED)('%o', async (rule, expected, type) => {
    const heard = await under(rule);

    expect(heard).toMatchObject({ ended: 'end', ...expected });
    expect(heard.headers['content-type']).toBe(type);
    expect(last()).toMatchObject({ fault: rule.mode, applied: false, status: expected.status });
  });

  test('deep: 200,000 arrays in each other', async () => {
    const heard = await under({ mode: 'deep' });

    expect(heard).toMatchObject({ status: 200, ended: 'end' });
    expect(heard.text).toMatch(/^\[{200000}\]{200000}$/);
  });

  test('bomb: one JSON string of that size, chunked', async () => {
    const heard = await under({ mode: 'bomb', bytes: 3_000_001 });

    expect(heard).toMatchObject({ status: 200, ended: 'end' });
    expect(heard.headers).toMatchObject({ 'transfer-encoding': 'chunked', 'content-type': 'application/json' });
    expect(heard.bytes.length).toBe(3_000_001);
    expect(JSON.parse(heard.text)).toHaveLength(2_999_999);
  });

  test('gzbomb: small on the wire, that size unpacked', async () => {
    const heard = await under({ mode: 'gzbomb', bytes: 3_000_001 });

    expect(heard.headers['content-encoding']).toBe('gzip');
    expect(heard.bytes.length).toBeLessThan(30_000);
    expect(JSON.parse(gunzipSync(heard.bytes).toString())).toHaveLength(2_999_999);
  });

  test.each(['bomb', 'gzbomb'] as const)('%s: ends when the client has gone', async (mode) => {
    const heard = await under({ mode, bytes: 4_000_000_000 }, { appetite: 1000 });

    expect(heard.ended).toBe('gave up');
    await until(() => server.live.sockets === 0, 500);
  });
});
