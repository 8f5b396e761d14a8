import { execFile } from 'node:child_process';
import { connect } from 'node:net';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hear } from './client.js';
import { bigCrews, openBigCrews, strikeGroup } from './crews.js';
import { parseCsv } from './rfc4180.js';
import type { Served } from './served.js';

let served: Served;
let url: string;

beforeAll(async () => {
  served = await openBigCrews();
  url = `${served.url}/datasets/memberships`;
});
afterEach(() => served.sandbox.server('asa').clearFaults());
afterAll(() => served.close());

/** The last group in order fails, when all the others have long been sent. */
const failAtTheEnd = () => strikeGroup(served, bigCrews, bigCrews, { mode: 'status', status: 500 });

/** All bytes that a socket gives for a request written by hand, and how it ended. */
function overSocket(request: string): Promise<{ text: string; error: Error | null }> {
  const { hostname, port } = new URL(served.url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => socket.write(request));
    const chunks: Buffer[] = [];
    let error: Error | null = null;
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', (one) => (error = one));
    socket.on('close', () => resolve({ text: Buffer.concat(chunks).toString('latin1'), error }));
  });
}

const curl = async (address: string) => {
  try {
    await promisify(execFile)('curl', ['--silent', '--output', '/dev/null', address]);
    return 0;
  } catch (error) {
    return (error as { code: number | string }).code;
  }
};

describe('a failure after that breaks the transfer off without its last chunk', () => {
  it.each(['csv', 'json', 'ndjson'])(
    '%s: a client that ignores trailers sees an error, and no trailers',
    async (format) => {
      failAtTheEnd();

      const { status, headers, trailers, text, error } = await hear(`${url}.${format}`);

      expect(status).toBe(200);
      expect(text.length).toBeGreaterThan(8 * 1024 * 1024);
      expect(error).toMatchObject({ code: 'ECONNRESET' });
      expect(trailers).toEqual({});
      expect(headers['x-complete']).toBeUndefined();
    },
  );

  it('fetch rejects; what came before is no whole file by any reading', async () => {
    failAtTheEnd();
    const response = await fetch(`${url}.json`);

    expect(response.ok).toBe(true);
    await expect(response.text()).rejects.toThrow('terminated');
  });

  it('on the wire the zero chunk is missing', async () => {
    failAtTheEnd();
    const cut = await overSocket('GET /datasets/memberships.csv HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');

    expect(cut.text).not.toContain('\r\n0\r\n');
  });

  it('curl exits with an error', async () => {
    failAtTheEnd();

    expect(await curl(`${url}.csv`)).toBe(18);
  });

  it('HTTP/1.0, which has no chunks, is never given what could be cut without a trace', async () => {
    for (const fail of [failAtTheEnd, () => {}]) {
      fail();
      const { text } = await overSocket('GET /datasets/memberships.csv HTTP/1.0\r\n\r\n');

      expect(text).toMatch(/^HTTP\/1\.1 505 /);
      expect(text).toContain('{"code":"BAD_USER_INPUT","message":"The dataset is too long for HTTP/1.0');
    }
  });

  it('is written down, with its sources', async () => {
    failAtTheEnd();
    await hear(`${url}.csv`);

    expect(served.log.at(-1)).toBe('a dataset was broken off: the dataset would not be whole');
  });
});

describe('and without the failure every one of these clients is content', () => {
  it('a plain client hears the end, the trailers, and every row', async () => {
    const { trailers, text, error } = await hear(`${url}.csv`);

    expect(error).toBeNull();
    expect(trailers).toEqual({
      'x-complete': 'true',
      'x-incomplete-sources': '',
      'x-ledger-sources': '',
      'x-row-count': '35000',
    });
    expect(parseCsv(text)).toHaveLength(35_001);
  });

  it('so do fetch and curl', async () => {
    const rows = (await (await fetch(`${url}.json`)).json()) as unknown[];

    expect(rows).toHaveLength(35_000);
    expect(await curl(`${url}.csv`)).toBe(0);
  });

  it('a short dataset over HTTP/1.0 tells its length and all that is known of it', async () => {
    const short = await overSocket('GET /datasets/memberships.ndjson?vendor=VELT HTTP/1.0\r\n\r\n');

    expect(short.text).toMatch(/^content-length: 0\r$/im);
    expect(short.text).toMatch(/^X-Row-Count: 0\r$/im);
    expect(short.text).not.toMatch(/^trailer:/im);
  });
});
