import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { usualPatience } from '../../src/server/slow-clients.js';
import { openEntrance, type Entrance } from '../support/door.js';

let entrance: Entrance;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await entrance.close();
});

/** Sends something at once, then a byte now and then. Gives after how many milliseconds it was closed. */
function drip(begin: string, byte: string, everyMs = 400): Promise<number> {
  const began = performance.now();
  const socket = connect(entrance.port, '127.0.0.1');
  sockets.push(socket);
  socket.on('error', () => {}).resume();
  if (begin) socket.write(begin);
  const dripping = byte ? setInterval(() => void socket.write(byte), everyMs) : undefined;
  return new Promise((resolve) =>
    socket.once('close', () => {
      clearInterval(dripping);
      resolve(performance.now() - began);
    }),
  );
}

const head =
  'POST /graphql HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: 5000\r\n\r\n';
const all = (one: () => Promise<number>) => Promise.all(Array.from({ length: 50 }, one));

/** Answers when the whole request is there. */
const answering = () =>
  openEntrance({}, (request, response) => void request.resume().once('end', () => response.end('{}')));

describe('of 50 slow clients each is closed, checked every second, and the others are answered meanwhile:', () => {
  it.each([
    [
      'who drips headers, within 6 s',
      () => drip('POST /graphql HTTP/1.1\r\nhost: 127.0.0.1\r\nx-', 'a'),
      [4_500, 7_000],
    ],
    ['who never says a byte, within 6 s', () => drip('', ''), [4_500, 7_000]],
    ['who drips a body, within 12 s', () => drip(head, 'a'), [9_000, 13_000]],
  ] as const)('%s', { timeout: 40_000 }, async (_who, slow, [least, most]) => {
    entrance = await answering();
    let ended = false;
    const closing = all(slow).finally(() => (ended = true));
    const others: number[] = [];
    while (!ended) {
      const began = performance.now();
      const { status } = await fetch(`${entrance.url}/graphql`, { method: 'POST', body: '{}' });
      expect(status).toBe(200);
      others.push(performance.now() - began);
      await pause(200);
    }

    const times = await closing;
    expect(Math.min(...times)).toBeGreaterThan(least);
    expect(Math.max(...times)).toBeLessThan(most);
    expect(Math.max(...others)).toBeLessThan(1_000);
  });
});

describe('a client who takes nothing of his answer', () => {
  const large = Buffer.alloc(32 * 1024 * 1024, 'a');

  /** Asks for something large and takes nothing of it; gives after how many milliseconds it was closed, or null. */
  async function takeNothing(answerMs: number, waitMs: number): Promise<number | null> {
    entrance = await openEntrance({ patience: { ...usualPatience, answerMs } }, (_request, response) => {
      entrance.door.answers(response);
      response.end(large);
    });
    const closed = new Promise<number>((resolve) =>
      entrance.server.once('connection', (socket) => socket.once('close', () => resolve(performance.now()))),
    );
    const socket = connect(entrance.port, '127.0.0.1').pause();
    sockets.push(socket);
    const began = performance.now();
    socket.write('GET /graphql HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n');
    return Promise.race([closed.then((at) => at - began), pause(waitMs, null)]);
  }

  it('is closed when the time is over, which is a minute as a rule', { timeout: 20_000 }, async () => {
    const ms = await takeNothing(2_000, 10_000);

    expect(ms).toBeGreaterThan(900);
    expect(ms).toBeLessThan(4_000);
    expect(usualPatience.answerMs).toBe(60_000);
  });

  it('and not before', { timeout: 20_000 }, async () => {
    expect(await takeNothing(20_000, 3_000)).toBe(null);
  });
});

it('a head of more than 16 kB is refused', async () => {
  entrance = await answering();
  const size = (bytes: number) => fetch(`${entrance.url}/graphql`, { headers: { 'x-much': 'a'.repeat(bytes) } });

  expect((await size(20_000)).status).toBe(431);
  expect((await size(10_000)).status).toBe(200);
});
