import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { MintedToken } from '../../src/http/connection.js';
import type { RestCall } from '../../src/http/rest-call.js';
import { newReceipt } from '../../src/http/receipt.js';
import { type Transport } from '../../src/http/transport.js';
import { openSandboxServer, type SandboxServer } from '../../src/sandbox/server.js';
import type { Box } from '../../src/vendors/boxed.js';
import { calls } from '../support/journal.js';
import { until } from '../support/until.js';
import { ended, outcomeOf, readNotes, transportTo, writeNote } from './transport-under-test.js';

/** A vendor whose tokens are numbered; only those in `good` are let in. */
interface Tokens {
  minted: number;
  readonly good: Set<string>;
}

const box = (): Box<Tokens> => {
  const state: Tokens = { minted: 0, good: new Set() };
  return {
    state,
    handle({ target, headers }) {
      if (target === '/token') {
        state.good.add(`t${++state.minted}`);
        return { status: 200, body: { token: `t${state.minted}` } };
      }
      if (!state.good.has(headers['x-token'] ?? '')) return { status: 401, body: {} };
      return { status: 200, body: { notes: [], count: 0 } };
    },
  };
};

const Token = z.object({ token: z.string() });
const mint: RestCall<MintedToken> = {
  does: 'read',
  method: 'POST',
  path: '/token',
  parse: (body) => ({ token: Token.parse(body).token, expiresAt: new Date(Date.now() + 3_600_000) }),
};

let server: SandboxServer<Tokens>;
let transport: Transport;

beforeEach(async () => {
  server = await openSandboxServer(box());
  const minted = { call: mint, headers: (token: string) => ({ 'x-token': token }) };
  transport = transportTo(server.origin, { readTimeoutMs: 1000, writeTimeoutMs: 1000, concurrency: 64 }, { minted });
});

afterEach(async () => {
  transport.close();
  await server.close();
});

const minting = () => calls(server).filter((call) => call === 'POST /token').length;
const many = (count: number) => Promise.all(Array.from({ length: count }, () => ended(transport)));

test('one token serves fifty calls that wait for it, and those that come later', async () => {
  server.fault({ mode: 'slow', ms: 30, match: /token/ });

  const ends = [...(await many(50)), ...(await many(5))];

  expect(ends.filter(({ code }) => code)).toEqual([]);
  expect(minting()).toBe(1);
  expect(ends.every(({ receipt }) => receipt.attempts === 1)).toBe(true);
});

test('a token that ended early is renewed once for all who are refused, and each call is sent once more', async () => {
  await ended(transport);
  server.box.state.good.clear();
  server.setLatency(5);

  const ends = await many(50);

  expect(ends.filter(({ code }) => code)).toEqual([]);
  expect(minting()).toBe(2);
  expect(ends.every(({ receipt }) => receipt.attempts === 2)).toBe(true);
});

test('a write refused for its token was not carried out, and is sent once more', async () => {
  await ended(transport);
  server.box.state.good.clear();

  expect(await ended(transport, writeNote)).toMatchObject({ value: { count: 0 }, receipt: { attempts: 2 } });
});

test.each([readNotes, writeNote])('a $does refused with the new token too is refused for good', async (call) => {
  server.fault({ mode: 'status', status: 401, match: /notes/ });

  expect(await ended(transport, call)).toMatchObject({
    code: 'VENDOR_AUTH',
    error: { status: 401 },
    receipt: { attempts: 2 },
  });
  expect(minting()).toBe(2);
});

test('a write whose second sending is lost is unknown, though the first was refused', async () => {
  server.fault({ mode: 'status', status: 401, match: /notes/, times: 1 });
  server.fault({ mode: 'reset', match: /notes/ });

  expect(await ended(transport, writeNote)).toMatchObject({ code: 'OUTCOME_UNKNOWN', receipt: { attempts: 2 } });
});

test('a write refused for its token, for which no new one can be had, was not carried out', async () => {
  await ended(transport);
  server.box.state.good.clear();
  server.fault({ mode: 'status', status: 503, match: /token/ });

  expect(await ended(transport, writeNote)).toMatchObject({ code: 'VENDOR_UNAVAILABLE', receipt: { attempts: 1 } });
});

describe('a minting that fails', () => {
  test.each([
    [{ mode: 'status', status: 401 }, 'VENDOR_AUTH'],
    [{ mode: 'status', status: 429, headers: { 'retry-after': '7' } }, 'VENDOR_RATE_LIMITED'],
    [{ mode: 'status', status: 503 }, 'VENDOR_UNAVAILABLE'],
    [{ mode: 'redirect', location: '/elsewhere' }, 'VENDOR_BAD_RESPONSE'],
    [{ mode: 'wrongshape' }, 'VENDOR_BAD_RESPONSE'],
    [{ mode: 'html' }, 'VENDOR_BAD_RESPONSE'],
    [{ mode: 'half' }, 'VENDOR_BAD_RESPONSE'],
    [{ mode: 'reset' }, 'VENDOR_UNAVAILABLE'],
  ] as const)(
    '%j fails all who wait, reads and writes, with the code of a read, and is not kept',
    async (rule, code) => {
      server.fault({ ...rule, match: /token/, times: 1 });

      const ends = await Promise.all([ended(transport), ended(transport, writeNote), ended(transport)]);

      expect(ends.map((end) => end.code)).toEqual([code, code, code]);
      expect(calls(server)).toEqual(['POST /token']);
      expect(await ended(transport)).toMatchObject({ value: { notes: [] } });
    },
  );

  test('with a token that no header can hold is a bad answer, and the token is in no message', async () => {
    server.fault({ mode: 'status', status: 200, body: { token: 'canary-token\n' }, match: /token/ });

    const { code, error } = await ended(transport);

    expect(code).toBe('VENDOR_BAD_RESPONSE');
    expect(`${String(error)} ${String(error?.cause)}`).not.toContain('canary');
    expect(calls(server)).toEqual(['POST /token']);
  });
});

describe('a client that leaves', () => {
  test('while a token is asked for goes at once, and the others get it', async () => {
    server.fault({ mode: 'slow', ms: 80, match: /token/ });
    const leaving = new AbortController();
    const gone = transport.send(readNotes, leaving.signal, newReceipt()).catch(() => 'gone');
    const others = many(3);
    await until(() => minting() === 1);

    leaving.abort();

    expect(await gone).toBe('gone');
    expect(minting()).toBe(1);
    expect((await others).map(({ code }) => code)).toEqual([undefined, undefined, undefined]);
  });

  test('in the middle of a refusal lets nobody ask for a token, and leaves no failure unheard', async () => {
    await ended(transport);
    const body = 'the rest never comes';
    server.fault({ mode: 'status', status: 401, headers: { 'content-length': '1000' }, body, match: /notes/ });
    server.fault({ mode: 'reset', match: /token/ });
    const leaving = new AbortController();
    const asked = outcomeOf(transport.send(readNotes, leaving.signal, newReceipt())).catch(() => 'gone');
    await until(() => server.journal.at(-1)?.status === 401);

    leaving.abort();

    expect(await asked).not.toHaveProperty('value');
    expect(minting()).toBe(1);
  });
});
