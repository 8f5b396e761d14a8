import { constants, deflateSync, gzipSync } from 'node:zlib';
import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { fetch } from 'cross-fetch';
import { afterEach, describe, expect, test } from 'vitest';
import type { RestCall } from '../../src/http/rest-call.js';
import { cutInChunks, openRawServer, type RawServer } from '../support/raw-server.js';
import { ended, readJson, transportTo, writeNote, type Ended } from './transport-under-test.js';

const maxBodyBytes = 64 * 1024;
const json = { 'content-type': 'application/json' };
const wellBefore = 150;
let server: RawServer | undefined;

afterEach(() => server?.close());

/** What a call comes to when it is answered so. */
async function answered(
  answer: (response: ServerResponse) => void,
  call: RestCall<unknown> = readJson,
): Promise<Ended> {
  server = await openRawServer(answer);
  const transport = transportTo(server.origin, { readTimeoutMs: 2000, writeTimeoutMs: 2000, maxBodyBytes });
  const end = await ended(transport, call);
  transport.close();
  return end;
}

const half = (headers: Record<string, string>, part: Buffer | string) => (response: ServerResponse) => {
  response.writeHead(200, { ...json, ...headers });
  response.write(part, () => setImmediate(() => response.socket?.destroy()));
};
const zipped = gzipSync(JSON.stringify({ notes: Array.from({ length: 500 }, (_, at) => `note ${at * at}`) }));
const cuts: readonly (readonly [string, (response: ServerResponse) => void])[] = [
  ['in a body of known length', half({ 'content-length': '1000' }, '{"note')],
  ['after a whole JSON text, but before its announced end', half({ 'content-length': '1000' }, '{"notes":[]}')],
  ['before the first byte', half({ 'content-length': '1000' }, '')],
  ['between chunks', cutInChunks],
  ['after a whole JSON text, without the last chunk', half({}, '{"notes":[]}')],
  ['in a compressed body', half({ 'content-encoding': 'gzip' }, zipped.subarray(0, zipped.length / 2))],
  ['after a whole compressed body, without the last chunk', half({ 'content-encoding': 'gzip' }, zipped)],
  ['before the first byte of a deflated body', half({ 'content-encoding': 'deflate', 'content-length': '9' }, '')],
];

describe('an answer that is cut', () => {
  test.each(cuts)('%s is noticed at once', async (_where, cut) => {
    const { code, ms } = await answered(cut);

    expect(code).toBe('VENDOR_BAD_RESPONSE');
    expect(ms).toBeLessThan(wellBefore);
  });

  test.each(cuts)('%s leaves open what a write did, and the write is not sent again', async (_where, cut) => {
    const { code, ms } = await answered(cut, writeNote);

    expect(code).toBe('OUTCOME_UNKNOWN');
    expect(ms).toBeLessThan(wellBefore);
    expect(server?.seen).toEqual(['POST /notes']);
  });

  test('is a refusal all the same for a read, while a write needs to see the whole of it', async () => {
    const cutRefusal = (response: ServerResponse) => {
      response.writeHead(403, { ...json, 'content-length': '1000' });
      response.write('{"error":', () => setImmediate(() => response.socket?.destroy()));
    };

    expect(await answered(cutRefusal)).toMatchObject({ code: 'VENDOR_AUTH' });
    await server?.close();
    expect(await answered(cutRefusal, writeNote)).toMatchObject({ code: 'OUTCOME_UNKNOWN' });
  });

  test('control: cross-fetch by itself waits for ever', async () => {
    server = await openRawServer(cuts[0]![1]);

    const answer = await fetch(server.origin);
    const first = await Promise.race([
      answer.json().then(
        () => 'answer',
        () => 'error',
      ),
      pause(500, 'still waiting'),
    ]);

    expect(first).toBe('still waiting');
  });
});

describe('a body', () => {
  const ofLength = (bytes: number) => `"${'a'.repeat(bytes - 2)}"`;
  const plain =
    (body: string | Buffer, headers = {}) =>
    (response: ServerResponse) =>
      response.writeHead(200, { ...json, ...headers }).end(body);

  test.each([
    ['as it is', (body: string) => plain(body)],
    ['in chunks', (body: string) => plain(body, { 'transfer-encoding': 'chunked' })],
    ['compressed', (body: string) => plain(gzipSync(body), { 'content-encoding': 'gzip' })],
    ['deflated', (body: string) => plain(deflateSync(body), { 'content-encoding': 'deflate' })],
  ])('%s may have as many bytes as the limit says, and not one more', async (_how, answering) => {
    expect(await answered(answering(ofLength(maxBodyBytes)))).toMatchObject({ value: 'a'.repeat(maxBodyBytes - 2) });
    await server?.close();
    expect(await answered(answering(ofLength(maxBodyBytes + 1)))).toMatchObject({ code: 'VENDOR_BAD_RESPONSE' });
  });

  test('of letters that take several bytes is counted by its bytes', async () => {
    const body = JSON.stringify('é'.repeat(maxBodyBytes / 2));

    expect(await answered(plain(body))).toMatchObject({ code: 'VENDOR_BAD_RESPONSE' });
  });

  test('in pieces that part a letter is read whole, with or without a byte order mark', async () => {
    const bytes = Buffer.from('\ufeff"é"');
    const piecemeal = (response: ServerResponse) => {
      response.writeHead(200, json).write(bytes.subarray(0, 5));
      setTimeout(() => response.end(bytes.subarray(5)), 20);
    };

    expect(await answered(piecemeal)).toMatchObject({ value: 'é' });
  });

  test('without a type may be JSON, one of another type never is', async () => {
    expect(await answered((response) => response.end('[1]'))).toMatchObject({ value: [1] });
    await server?.close();
    expect(await answered(plain('[1]', { 'content-type': 'text/html' }))).toMatchObject({
      code: 'VENDOR_BAD_RESPONSE',
    });
  });

  test('that is a bomb, and has arrived whole, is not unpacked any further', async () => {
    // 48 MB in 48 kB: all of it is here before most of it is unpacked.
    const member = gzipSync(Buffer.alloc(16 << 20), { level: constants.Z_BEST_COMPRESSION });
    const bomb = Buffer.concat([member, member, member]);

    const { code, ms } = await answered(plain(bomb, { 'content-encoding': 'gzip' }));
    const before = process.cpuUsage();
    await pause(400);
    const { user, system } = process.cpuUsage(before);

    expect(code).toBe('VENDOR_BAD_RESPONSE');
    expect(ms).toBeLessThan(wellBefore);
    expect((user + system) / 1000).toBeLessThan(50);
  });
});
