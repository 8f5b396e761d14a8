import { performance } from 'node:perf_hooks';
import { afterAll, describe, expect, test } from 'vitest';
import type { ErrorCode } from '../../schema/enums.js';
import { VendorError } from '../../src/http/errors.js';
import { newReceipt } from '../../src/http/receipt.js';
import { type Bounds } from '../../src/http/transport.js';
import type { FaultRule } from '../../src/sandbox/fault-rules.js';
import { openSandboxServer } from '../../src/sandbox/server.js';
import { vendors } from '../../src/vendors/all.js';
import type { Box } from '../../src/vendors/boxed.js';
import type { Example } from '../../src/vendors/example.js';
import type { VendorDefinition } from '../../src/vendors/vendor.js';
import { connectExample, testBounds, type VendorExamples } from '../support/adapters.js';
import { cutInChunks, nobodysOrigin, openRawServer } from '../support/raw-server.js';
import { tinyBox } from '../support/tiny-box.js';

const timeoutMs = 200;
const graceMs = 50;
const bounds: Bounds = { ...testBounds, readTimeoutMs: timeoutMs, writeTimeoutMs: timeoutMs, maxBodyBytes: 64 << 10 };

/** One way in which a vendor fails, and what the contract calls it: for a read, and for a write. */
interface Failure {
  readonly name: string;
  readonly fault: FaultRule | 'nobody listens' | 'cut between chunks';
  readonly read: ErrorCode;
  readonly write: ErrorCode;
  /** Nothing is wrong with it where an endpoint documents no answer. */
  readonly notJudged?: true;
  /** At least and at most. */
  readonly retryAfterSeconds?: readonly [number, number];
  /** By vendor, or by vendor and method, where that is told otherwise. */
  readonly elsewhere?: Readonly<Record<string, ErrorCode>>;
}

const words = 'words-of-the-vendor';
const elsewhere = await openSandboxServer(tinyBox());
const wrongShape = { mode: 'wrongshape' } as const;
const inAMinute = Date.now() + 60_000;

const refusal = (status: number, code: ErrorCode, more: Partial<Failure> = {}, headers = {}): Failure => {
  const fault = { mode: 'status', status, headers, body: { error: words, message: words } } as const;
  return { name: `${status} ${JSON.stringify(headers)}`, fault, read: code, write: code, ...more };
};
const lost = (fault: Failure['fault'], read: ErrorCode, more: Partial<Failure> = {}): Failure => {
  const name = typeof fault === 'string' ? fault : fault.mode;
  return { name, fault, read, write: 'OUTCOME_UNKNOWN', ...more };
};

const failures: readonly Failure[] = [
  refusal(401, 'VENDOR_AUTH'),
  // With an `error` Tiledesk says that a department uses the group.
  refusal(403, 'VENDOR_AUTH', { elsewhere: { 'tiledesk DELETE': 'VENDOR_REJECTED' } }),
  refusal(404, 'NOT_FOUND'),
  ...[405, 413, 415, 422].map((status) => refusal(status, 'VENDOR_REJECTED')),
  refusal(409, 'VENDOR_CONFLICT', { elsewhere: { testrail: 'VENDOR_UNAVAILABLE' } }),
  refusal(429, 'VENDOR_RATE_LIMITED'),
  refusal(429, 'VENDOR_RATE_LIMITED', { retryAfterSeconds: [7, 7] }, { 'retry-after': '7' }),
  refusal(
    429,
    'VENDOR_RATE_LIMITED',
    { retryAfterSeconds: [30, 61] },
    { 'retry-after': new Date(inAMinute).toUTCString() },
  ),
  refusal(
    429,
    'VENDOR_RATE_LIMITED',
    { retryAfterSeconds: [30, 61] },
    { 'x-ratelimit-retry-at': `${Math.ceil(inAMinute / 1000)}` },
  ),
  refusal(429, 'VENDOR_RATE_LIMITED', { retryAfterSeconds: [0, 0] }, { 'retry-after': new Date(0).toUTCString() }),
  refusal(429, 'VENDOR_RATE_LIMITED', {}, { 'retry-after': 'soon 1' }),
  ...[500, 502, 503].map((status) => refusal(status, 'VENDOR_UNAVAILABLE', { write: 'OUTCOME_UNKNOWN' })),
  lost({ mode: 'hang' }, 'VENDOR_TIMEOUT'),
  lost({ mode: 'lost', by: 'hang' }, 'VENDOR_TIMEOUT'),
  lost('nobody listens', 'VENDOR_UNAVAILABLE', { write: 'VENDOR_UNAVAILABLE' }),
  lost({ mode: 'reset' }, 'VENDOR_UNAVAILABLE'),
  lost({ mode: 'fin' }, 'VENDOR_UNAVAILABLE'),
  lost({ mode: 'half' }, 'VENDOR_BAD_RESPONSE'),
  lost('cut between chunks', 'VENDOR_BAD_RESPONSE'),
  lost({ mode: 'html' }, 'VENDOR_BAD_RESPONSE'),
  lost({ mode: 'bomb', bytes: 1 << 20 }, 'VENDOR_BAD_RESPONSE'),
  lost({ mode: 'gzbomb', bytes: 1 << 20 }, 'VENDOR_BAD_RESPONSE'),
  lost({ mode: 'redirect', location: `${elsewhere.origin}/notes` }, 'VENDOR_BAD_RESPONSE'),
  lost({ mode: 'garbage' }, 'VENDOR_BAD_RESPONSE', { notJudged: true }),
  lost({ mode: 'truncated-json' }, 'VENDOR_BAD_RESPONSE', { notJudged: true }),
  lost(wrongShape, 'VENDOR_BAD_RESPONSE', { notJudged: true }),
];

afterAll(() => elsewhere.close());

/** Answers as the examples say, in whatever order they are asked. */
function boxOf(examples: readonly Example[]): Box<null> {
  const exchanges = examples.flatMap((example) => example.exchanges);
  return {
    state: null,
    handle({ method, target, origin }) {
      const found = exchanges.find(({ request }) => request === `${method} ${target}`);
      const body = JSON.parse(JSON.stringify(found?.answer ?? null).replaceAll('ORIGIN', origin)) as unknown;
      return { status: found?.status ?? 200, headers: found?.answerHeaders, body };
    },
  };
}

async function openFailing({ fault }: Failure, examples: readonly Example[]) {
  if (fault === 'nobody listens') return { origin: await nobodysOrigin(), requests: () => 0, close: async () => {} };
  if (fault === 'cut between chunks') {
    const raw = await openRawServer(cutInChunks);
    return { ...raw, requests: () => raw.seen.length };
  }
  const server = await openSandboxServer(boxOf(examples), { faults: [fault] });
  return { ...server, origin: server.origin, requests: () => server.journal.length, close: () => server.close() };
}

/** What became of one example's call: its code, what it cost, and all that its error says. */
async function meet(definition: VendorDefinition, module: VendorExamples, example: Example, origin: string) {
  const { adapter, transport } = connectExample(definition, module, origin, example.settings, bounds);
  const call = example.ask(adapter);
  const receipt = newReceipt();
  const began = performance.now();
  const error = await transport.send(call, new AbortController().signal, receipt).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  const ms = performance.now() - began;
  transport.close();
  const settings = { ...module.exampleSettings, ...example.settings } as Record<string, string>;
  const secrets = [...definition.secrets.flatMap((key) => settings[key] ?? []), ...adapter.connection.secrets, words];
  return {
    example,
    call,
    receipt,
    ms,
    error,
    leaked: secrets.filter((secret) => told(error).includes(secret)),
  };
}

/** Everything that an error and its causes say, in whichever way it is written down. */
function told(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return [String(error), error.message, error.stack, JSON.stringify(error), told(error.cause)].join('\n');
}

function expectedOf({ read, write, notJudged, elsewhere: others }: Failure, kind: string, { call, example }: Meeting) {
  // A team whose token endpoint is not there is set up wrongly.
  if (example.offer === 'token' && read === 'NOT_FOUND') return 'VENDOR_AUTH';
  if (notJudged && call.answersNothing) return 'no error';
  return others?.[`${kind} ${call.method}`] ?? others?.[kind] ?? (call.does === 'read' ? read : write);
}

type Meeting = Awaited<ReturnType<typeof meet>>;

for (const definition of vendors) {
  const module = (await import(`../../src/vendors/${definition.kind}/examples.ts`)) as VendorExamples;
  const isWrite = ({ offer }: Example) => offer.startsWith('commands.');
  // A write meets the failures once, in each form in which it is sent, however many answers to it are documented.
  const form = ({ exchanges }: Example) => JSON.stringify(exchanges.map(({ request, body }) => [request, body]));
  const reads = firsts(module.examples, ({ offer }) => offer).filter((example) => !isWrite(example));
  const writes = firsts(module.examples.filter(isWrite), form);

  // A busy machine may be late now and then; the promise is the code's, not its scheduler's.
  describe(definition.title, { retry: 2 }, () => {
    test.each(failures.map((failure) => [failure.name, failure] as const))('%s has its code', async (_, failure) => {
      const server = await openFailing(failure, [...reads, ...writes]);
      const meetings = await Promise.all(
        [...reads, ...writes].map((one) => meet(definition, module, one, server.origin)),
      );
      const requests = server.requests();
      await server.close();

      const codes = meetings.map(({ example, error }) => [example.name, error === null ? 'no error' : codeOf(error)]);
      expect(codes).toEqual(meetings.map((one) => [one.example.name, expectedOf(failure, definition.kind, one)]));
      for (const { ms, leaked, error, receipt, example } of meetings) {
        expect([example.name, leaked]).toEqual([example.name, []]);
        expect(ms).toBeLessThan(timeoutMs + graceMs);
        if (isWrite(example)) expect(receipt.attempts).toBe(1);
        if (error instanceof VendorError && failure.read === 'VENDOR_RATE_LIMITED') {
          const [least, most] = failure.retryAfterSeconds ?? [null, null];
          if (least === null) expect(error.retryAfterSeconds).toBeNull();
          else expect(error.retryAfterSeconds).toSatisfy((seconds: number) => seconds >= least && seconds <= most);
        }
      }
      // A read to which nothing was answered may be sent once more.
      const isRepeated = ['nobody listens', 'reset', 'fin'].includes(failure.name);
      for (const { call, receipt } of meetings)
        expect(receipt.attempts).toBeLessThanOrEqual(isRepeated && call.does === 'read' ? 2 : 1);
      if (!isRepeated) expect(requests).toBe(meetings.length);
      expect(elsewhere.journal).toEqual([]);
    });
  });
}

/** The first example of each kind. */
function firsts(examples: readonly Example[], kindOf: (example: Example) => string): readonly Example[] {
  return [...new Map(examples.toReversed().map((example) => [kindOf(example), example])).values()];
}

function codeOf(error: unknown): string {
  return error instanceof VendorError ? error.code : String(error);
}
