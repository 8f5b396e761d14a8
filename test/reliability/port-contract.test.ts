import { getEventListeners } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Broken, CutShort, TooLarge, Unanswered, type Port, type PortAnswer } from '../../src/http/port.js';
import { openPort, type TransportKind } from '../../src/http/ports/open.js';
import type { FaultRule } from '../../src/sandbox/fault-rules.js';
import { openSandboxServer, type SandboxServer } from '../../src/sandbox/server.js';
import { nobodysOrigin } from '../support/raw-server.js';
import { tinyBox, type TinyState } from '../support/tiny-box.js';
import { until } from '../support/until.js';

const kinds: readonly TransportKind[] = ['cross-fetch', 'undici'];
const ample = 1 << 20;

/** A server that reads nothing of HTTP: what is to be said to each socket that has spoken is written by hand. */
class HandServer {
  readonly sockets = new Set<Socket>();
  readonly heard: string[] = [];
  #server: Server | undefined;

  constructor(private readonly answer: (socket: Socket, nr: number) => void) {}

  async open(): Promise<string> {
    this.#server = createServer({ allowHalfOpen: true }, (socket) => {
      this.sockets.add(socket);
      socket.on('error', () => {}).on('end', () => socket.end());
      socket.on('close', () => this.sockets.delete(socket));
      socket.on('data', (bytes) => this.answer(socket, this.heard.push(String(bytes))));
    });
    await new Promise<void>((listening) => this.#server!.listen(0, '127.0.0.1', listening));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((closed) => this.#server?.close(closed));
  }
}

describe.each(kinds)('over %s', (kind) => {
  let port: Port;
  let hand: HandServer | undefined;
  let server: SandboxServer<TinyState>;
  let sent = 0;
  const controller = () => new AbortController();

  beforeEach(async () => {
    port = openPort(2, kind);
    server = await openSandboxServer(tinyBox());
    sent = 0;
  });
  afterEach(async () => {
    port.close();
    await server.close();
    await hand?.close();
    hand = undefined;
  });

  const send = (url: string, { method = 'POST', signal = controller().signal, body = '{"note":"x"}' } = {}) =>
    port.send(url, {
      method,
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: method === 'POST' ? body : undefined,
      signal,
      onSent: () => (sent += 1),
    });
  const textOf = async (answer: Promise<PortAnswer>, maxBytes = ample) => (await (await answer).body(maxBytes)).text();
  /** What a server that speaks by hand is answered with. */
  const byHand = async (answer: (socket: Socket, nr: number) => void) => {
    hand = new HandServer(answer);
    return hand.open();
  };
  const says = (text: string) => byHand((socket) => void socket.write(text));

  test('a request goes out as it was given, once, and is told of when it does', async () => {
    const url = await says('HTTP/1.1 201 Created\r\ncontent-length: 2\r\nx-what: a\r\nx-what: b\r\n\r\n{}');

    const answer = await send(`${url}/notes?of=%C3%A9`, { body: '{"note":"é"}' });

    expect(answer.status).toBe(201);
    expect(answer.headers.get('x-what')).toBe('a, b');
    expect(answer.headers.get('x-other')).toBeNull();
    expect((await answer.body(2)).text()).toBe('{}');
    const [head, body] = hand!.heard.join('').split('\r\n\r\n');
    const lines = head!.toLowerCase().split('\r\n');
    expect(lines[0]).toBe('post /notes?of=%c3%a9 http/1.1');
    expect(lines.map((line) => line.replace(': ', ':'))).toEqual(
      expect.arrayContaining([
        `host:${url.slice(7)}`,
        'accept:application/json',
        'content-type:application/json',
        'content-length:13',
        'accept-encoding:gzip,deflate',
        'user-agent:rollcall',
        'connection:keep-alive',
      ]),
    );
    expect(body).toBe('{"note":"é"}');
    expect(sent).toBe(1);
  });

  test.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
  ])('a body packed by %s is unpacked, and bounded by what is in it', async (encoding, pack) => {
    const text = JSON.stringify('é'.repeat(50_000));
    const packed = pack(text);
    const url = await byHand((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\ncontent-encoding: ${encoding}\r\ncontent-length: ${packed.length}\r\n\r\n`);
      socket.write(packed);
    });

    expect(await textOf(send(url), 100_002)).toBe(text);
    await expect(textOf(send(url), 100_001)).rejects.toBeInstanceOf(TooLarge);
  });

  test('a head that only says that one will come is not the answer', async () => {
    const url = await says(
      'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n[]',
    );

    expect(await textOf(send(url))).toBe('[]');
  });

  test('a redirect is an answer like others, and nobody goes there', async () => {
    server.fault({ mode: 'redirect', location: `${server.origin}/motto` });

    const answer = await send(`${server.origin}/notes`);

    expect(answer.status).toBe(307);
    answer.discard();
    await until(() => server.live.requests === 0);
    expect(server.journal).toHaveLength(1);
  });

  test('a body that ends with the connection is whole, unless that was reset', async () => {
    const head = 'HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n[1]';
    const url = await byHand((socket, nr) =>
      nr === 1 ? void socket.end(head) : void socket.write(head, () => setTimeout(() => socket.resetAndDestroy(), 30)),
    );

    expect(await textOf(send(url))).toBe('[1]');
    await expect(textOf(send(url))).rejects.toBeInstanceOf(CutShort);
  });

  describe('what ends before the head of an answer', () => {
    test('is unanswered, and not sent, where nobody listens', async () => {
      await expect(send(`${await nobodysOrigin()}/`)).rejects.toBeInstanceOf(Unanswered);
      expect(sent).toBe(0);
    });

    test('is unanswered, and not sent, where the handshake fails', async () => {
      await expect(send(server.origin.replace('http:', 'https:'))).rejects.toBeInstanceOf(Unanswered);
      expect(sent).toBe(0);
    });

    test.each([
      ['ends', (socket: Socket) => void socket.end()],
      ['is reset', (socket: Socket) => void socket.resetAndDestroy()],
    ])('is unanswered, and sent, where the connection %s', async (_how, end) => {
      await expect(send(await byHand(end))).rejects.toBeInstanceOf(Unanswered);
      expect(sent).toBe(1);
      expect(hand!.heard).toHaveLength(1);
    });

    test.each([
      ['half a head', 'HTTP/1.1 200 OK\r\ncontent-le'],
      ['half a first line', 'HTT'],
      ['no HTTP at all', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ])('is broken where %s comes', async (_what, words) => {
      const url = await byHand((socket) => void socket.end(words));

      const error: unknown = await send(url).catch((reason: unknown) => reason);

      expect(error).toBeInstanceOf(Broken);
      expect(error).not.toBeInstanceOf(Unanswered);
      expect(hand!.heard).toHaveLength(1);
    });
  });

  const faults: readonly FaultRule[] = [
    { mode: 'hang' },
    { mode: 'slow', ms: 5_000 },
    { mode: 'drip', ms: 250 },
    { mode: 'slowheaders', ms: 50 },
    { mode: 'half' },
    { mode: 'truncated-json' },
    { mode: 'reset' },
    { mode: 'fin' },
    { mode: 'status', status: 429, headers: { 'retry-after': '1' } },
    { mode: 'status', status: 503, body: 'x'.repeat(100_000) },
    { mode: 'html' },
    { mode: 'garbage' },
    { mode: 'deep' },
    { mode: 'bomb', bytes: 64 << 20 },
    { mode: 'gzbomb', bytes: 64 << 20 },
    { mode: 'redirect', location: 'http://127.0.0.1:9/' },
    { mode: 'lost' },
    { mode: 'lost', by: 'hang' },
  ];

  test.each(faults)('$mode: each of three posts arrives once, ends, and leaves nothing behind', async (fault) => {
    server.fault(fault);
    const signal = AbortSignal.timeout(400);

    const ends = await Promise.allSettled([1, 2, 3].map(() => textOf(send(`${server.origin}/notes`, { signal }))));

    const ours = [Broken, CutShort, TooLarge];
    for (const end of ends)
      if (end.status === 'rejected' && !signal.aborted)
        expect(ours.some((kindOf) => end.reason instanceof kindOf)).toBe(true);
    await until(() => server.live.requests === 0 && server.live.sockets <= 2, 250);
    expect(server.journal).toHaveLength(sent);
    expect(sent).toBeLessThanOrEqual(3);
    // node-fetch leaves its own where an answer is given up: the signal is that of one request.
    if (kind === 'undici') expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  describe('a signal that ends', () => {
    test('while the connection is opened ends that, and nothing was sent', async () => {
      const silent = await byHand(() => {});
      const { signal, abort } = ended();
      const asked = send(silent.replace('http:', 'https:'), { signal });
      await until(() => hand!.sockets.size === 1);

      abort();

      await expect(asked).rejects.toBeDefined();
      await until(() => hand!.sockets.size === 0, 500);
      expect(sent).toBe(0);
    });

    test('while another has the connection keeps the request from ever leaving', async () => {
      server.fault({ mode: 'slow', ms: 150, times: 2 });
      const busy = [1, 2].map(() => textOf(send(`${server.origin}/notes`)));
      const { signal, abort } = ended();
      const waiting = send(`${server.origin}/notes`, { signal });
      await until(() => server.journal.length === 2);

      abort();

      await expect(waiting).rejects.toBeDefined();
      await Promise.all(busy);
      await pause(50);
      expect(server.journal).toHaveLength(2);
      expect(sent).toBe(2);
    });

    test('in the middle of a body ends the connection', async () => {
      const url = await says('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n[1,');
      const { signal, abort } = ended();
      const text = textOf(send(url, { signal }));
      await until(() => hand!.heard.length === 1);
      await pause(30);

      abort();

      await expect(text).rejects.toBeDefined();
      await until(() => hand!.sockets.size === 0, 500);
    });

    test('before anything was done does not begin it', async () => {
      await expect(send(`${server.origin}/notes`, { signal: AbortSignal.abort() })).rejects.toBeDefined();
      expect(server.journal).toEqual([]);
    });
  });

  test('who waits for a connection gets the next one that is free, whatever became of the request before', async () => {
    server.fault({ mode: 'reset', times: 2 });

    const ends = await Promise.allSettled(
      Array.from({ length: 6 }, () => textOf(send(`${server.origin}/notes`, { method: 'GET' }))),
    );

    expect(ends.map(({ status }) => status).toSorted()).toEqual([
      ...Array.from({ length: 4 }, () => 'fulfilled'),
      ...Array.from({ length: 2 }, () => 'rejected'),
    ]);
    expect(server.live.sockets).toBeLessThanOrEqual(2);
  });

  test('what is under way when the port is closed ends', async () => {
    server.fault({ mode: 'hang' });
    const asked = [1, 2].map(() => send(`${server.origin}/notes`));
    await until(() => server.journal.length === 2);

    port.close();

    for (const one of await Promise.allSettled(asked)) expect(one).toMatchObject({ reason: expect.any(Unanswered) });
    await until(() => server.live.sockets === 0, 500);
  });

  test('a kept connection that is closed in the same moment carries no request twice', async () => {
    const url = await byHand((socket, nr) =>
      nr === 1 ? void socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n[]') : void socket.destroy(),
    );

    expect(await textOf(send(url))).toBe('[]');
    await expect(send(url)).rejects.toBeInstanceOf(Unanswered);
    await pause(50);

    expect(hand!.heard).toHaveLength(2);
    expect(sent).toBe(2);
  });
});

function ended(): { readonly signal: AbortSignal; abort(): void } {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort(new Error('nobody waits')) };
}
