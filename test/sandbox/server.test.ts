import { execFile } from 'node:child_process';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSandboxServer, type SandboxServer } from '../../src/sandbox/server.js';
import { tinyBox, type TinyState } from '../support/tiny-box.js';
import { until } from '../support/until.js';
import { ask, post } from './wire.js';

let server: SandboxServer<TinyState>;

beforeEach(async () => {
  server = await openSandboxServer(tinyBox());
});

afterEach(() => server.close());

test('answers an object as JSON, a text as it is, and nothing as nothing', async () => {
  const notes = await ask(server.origin);
  const motto = await ask(server.origin, { path: '/motto' });
  const nothing = await ask(server.origin, { method: 'DELETE' });

  expect(notes).toMatchObject({ status: 200, text: '{"notes":["first"]}', ended: 'end' });
  expect(notes.headers).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    'content-length': '19',
    link: `<${server.origin}/notes?page=2>; rel="next"`,
  });
  expect(motto).toMatchObject({ status: 200, text: 'Nobody is forgotten.' });
  expect(motto.headers['content-type']).toBe('text/plain; charset=utf-8');
  expect(nothing).toMatchObject({ status: 204, text: '' });
  expect(nothing.headers).not.toHaveProperty('content-length');
});

test('serves many requests on one socket', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  for (let nr = 0; nr < 5; nr++) expect((await keptAlive(agent)).reused).toBe(nr > 0);

  expect(server.live).toEqual({ sockets: 1, requests: 0 });
  agent.destroy();
  await until(() => server.live.sockets === 0);
});

test('refuses a body over 1 MB, and says so', async () => {
  const fits = await ask(server.origin, { method: 'PUT', body: 'a'.repeat(1024 * 1024) });
  const over = await ask(server.origin, { method: 'PUT', body: 'a'.repeat(5 * 1024 * 1024) });

  expect(fits.status).toBe(404);
  expect(over.status).toBe(413);
  expect(server.journal[1]).toMatchObject({ body: '', complete: true, applied: false, status: 413 });
});

test('keeps what a handler or a rule throws and answers 500', async () => {
  expect(await ask(server.origin, { path: '/broken' })).toMatchObject({ status: 500, ended: 'end' });
  server.fault({ mode: 'slow', ms: 1, match: /broken/ });
  expect(await ask(server.origin, { path: '/broken' })).toMatchObject({ status: 500, ended: 'end' });
  server.fault({
    mode: 'hang',
    match: () => {
      throw new Error('The rule is broken');
    },
  });
  expect(await ask(server.origin)).toMatchObject({ status: 500 });

  expect(server.failures).toEqual([
    new Error('The box is broken'),
    new Error('The box is broken'),
    new Error('The rule is broken'),
  ]);
  expect(server.journal[0]).toMatchObject({ applied: false, status: 500 });
});

test('waits as long as it is told', async () => {
  server.setLatency(60);
  const slow = await ask(server.origin);
  server.setLatency(0);
  const fast = await ask(server.origin);

  expect(slow.ms).toBeGreaterThanOrEqual(59);
  expect(fast.ms).toBeLessThan(slow.ms);
});

test('counts what is open, down to nothing when fifty clients have gone', async () => {
  server.fault({ mode: 'hang' });
  const asked = Array.from({ length: 50 }, () => ask(server.origin, { patienceMs: 300 }));
  await until(() => server.live.requests === 50);

  expect(server.live).toEqual({ sockets: 50, requests: 50 });
  await Promise.all(asked);
  await until(() => server.live.requests === 0 && server.live.sockets === 0, 250);
});

test('a vendor carries out what its client no longer waits for', async () => {
  server.setLatency(100);
  await post(server.origin, 'gone', { patienceMs: 30 });
  await until(() => server.journal[0]?.applied === true);

  expect(server.journal[0]).toMatchObject({ status: null });
});

test('listens on the port it is given, on 127.0.0.1 only', async () => {
  const port = Number(new URL(server.origin).port);
  await server.close();
  const again = await openSandboxServer(tinyBox(), { port });

  expect(again.origin).toBe(`http://127.0.0.1:${port}`);
  await expect(openSandboxServer(tinyBox(), { port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await expect(refusal('127.0.0.2', port)).resolves.toBe('ECONNREFUSED');
  await again.close();
});

test('leaves nothing behind when it closes in the middle of everything', async () => {
  const busy = fileURLToPath(new URL('busy-process.ts', import.meta.url));

  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', busy], { timeout: 10_000 });

  expect(JSON.parse(stdout)).toEqual({
    live: { sockets: 0, requests: 0 },
    ended: Array.from({ length: 5 }, () => expect.stringMatching(/^ECONNRESET/)),
    applied: ['drip'],
    failures: [],
  });
});

function keptAlive(agent: Agent): Promise<{ reused: boolean }> {
  return new Promise((resolve, reject) => {
    const call = request(`${server.origin}/notes`, { agent }, (answer) => {
      answer.resume().on('end', () => setImmediate(() => resolve({ reused: call.reusedSocket })));
    });
    call.on('error', reject).end();
  });
}

function refusal(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect(port, host, () => resolve(undefined));
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code));
  });
}
