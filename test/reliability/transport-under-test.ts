import { performance } from 'node:perf_hooks';
import { z } from 'zod';
import { VendorError } from '../../src/http/errors.js';
import type { Connection } from '../../src/http/connection.js';
import type { RestCall } from '../../src/http/rest-call.js';
import type { TransportKind } from '../../src/http/ports/open.js';
import { newReceipt, type Receipt } from '../../src/http/receipt.js';
import { alone, type Sender } from '../../src/http/sender.js';
import { Transport, type Bounds } from '../../src/http/transport.js';

export const timeoutMs = 200;

/** What a source may cost beyond its timeout. */
export const graceMs = 50;

const bounds: Bounds = {
  readTimeoutMs: timeoutMs,
  writeTimeoutMs: timeoutMs,
  concurrency: 8,
  requestsPerMinute: null,
  maxBodyBytes: 1 << 20,
};

let over: TransportKind | undefined;

/** From now on the transports of this file are opened over this library. */
export function sendOver(kind: TransportKind): void {
  over = kind;
}

const whom = { source: 'tiny', vendor: 'TESTRAIL', title: 'Tiny' } as const;

/** The transport to a server; what differs from the usual bounds and connection may be said. */
export function transportTo(
  url: string,
  changed: Partial<Bounds> = {},
  connection: Partial<Connection> = {},
  Kind: typeof Transport = Transport,
): Transport {
  return new Kind(whom, { url, headers: {}, secrets: [], ...connection }, { ...bounds, transport: over, ...changed });
}

/** A read that takes any JSON for its answer. */
export const readJson: RestCall<unknown> = { does: 'read', method: 'GET', path: '/notes', parse: (body) => body };

const Notes = z.object({ notes: z.array(z.string()) });

/** A read of the tiny box. */
export const readNotes: RestCall<unknown> = { ...readJson, parse: (body) => Notes.parse(body) };

const Written = z.object({ count: z.number() });

/** A write to the tiny box. */
export const writeNote: RestCall<unknown> = {
  does: 'write',
  method: 'POST',
  path: '/notes',
  body: { note: 'once' },
  parse: (body) => Written.parse(body),
};

/** One who waits no longer than this for his turn. */
export function hasty(patienceMs: number): Sender {
  return { ...alone(), patienceMs: () => patienceMs };
}

/** How a call ended, and how long it took. */
export interface Ended {
  readonly value?: unknown;
  readonly code?: string;
  readonly error?: VendorError;
  readonly receipt: Receipt;
  readonly ms: number;
}

/** Sends a call to its end, whichever it is. What is no `VendorError` has no code. */
export async function ended(
  transport: Transport,
  call: RestCall<unknown> = readNotes,
  signal = new AbortController().signal,
  sender?: Sender,
): Promise<Ended> {
  const receipt = newReceipt();
  const began = performance.now();
  const outcome = await outcomeOf(transport.send(call, signal, receipt, sender));
  return { ...outcome, receipt, ms: performance.now() - began };
}

/** A promise's value, or its error's code. */
export function outcomeOf(promise: Promise<unknown>): Promise<Pick<Ended, 'value' | 'code' | 'error'>> {
  return promise.then(
    (value) => ({ value }),
    (error: unknown) => {
      if (error instanceof VendorError) return { code: error.code, error };
      throw error;
    },
  );
}
