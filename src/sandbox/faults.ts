import { STATUS_CODES } from 'node:http';
import { pipeline, Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { Exchange } from './exchange.js';
import type { Fault, FaultRule } from './fault-rules.js';
import { toWholeAnswer, type WholeAnswer } from './whole-answer.js';

type Mode = Fault['mode'];
type Acts = { readonly [M in Mode]: (exchange: Exchange, fault: Extract<Fault, { mode: M }>) => void };

const JSON_TYPE = { 'content-type': 'application/json' };
const NESTING = 200_000;
const PIECE = Buffer.alloc(64 * 1024, 'a');

const acts: Acts = {
  slow: (exchange, { ms }) => exchange.after(ms, () => exchange.send(exchange.apply())),
  hang: () => {},
  drip,
  slowheaders: slowHeaders,
  half,
  'truncated-json': truncatedJson,
  reset: ({ socket }) => socket.resetAndDestroy(),
  fin: ({ socket }) => socket.end(),
  status: (exchange, answer) => exchange.send(toWholeAnswer(answer)),
  html: (exchange) => text(exchange, '<!doctype html><title>Sign in</title><h1>Please sign in</h1>', 'text/html'),
  garbage: (exchange) => text(exchange, 'Notice: this is no JSON <{[', 'application/json'),
  wrongshape: (exchange) => text(exchange, '{"unexpected":true}', 'application/json'),
  deep: (exchange) => text(exchange, '['.repeat(NESTING) + ']'.repeat(NESTING), 'application/json'),
  bomb,
  gzbomb: gzipBomb,
  redirect: (exchange, { location }) => exchange.send(toWholeAnswer({ status: 307, headers: { location } })),
  late: (exchange, { ms }) => exchange.after(ms, () => void exchange.apply()),
  lost,
};

/** Answers, or does not answer, as the rule says. */
export function strike(exchange: Exchange, rule: FaultRule): void {
  if (rule.applied) exchange.apply();
  const act = acts[rule.mode] as (exchange: Exchange, fault: Fault) => void;
  act(exchange, rule);
}

function text(exchange: Exchange, body: string, type: string): void {
  exchange.send(toWholeAnswer({ status: 200, headers: { 'content-type': `${type}; charset=utf-8` }, body }));
}

function drip(exchange: Exchange, { ms = 100 }: { readonly ms?: number }): void {
  const { status, headers, bytes } = exchange.apply();
  exchange.begin(status, headers);
  exchange.response.flushHeaders();
  byteByByte(
    exchange,
    bytes,
    ms,
    (byte) => void exchange.response.write(byte),
    () => void exchange.response.end(),
  );
}

function slowHeaders(exchange: Exchange, { ms = 100 }: { readonly ms?: number }): void {
  const { status, headers, bytes } = exchange.apply();
  const lines = Object.entries({ ...headers, connection: 'close' }).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = Buffer.from(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n`);
  const { socket } = exchange;
  const finish = (): void => {
    exchange.answeredWith(status);
    socket.end(bytes);
  };
  byteByByte(exchange, head, ms, (byte) => void socket.write(byte), finish);
}

function byteByByte(
  exchange: Exchange,
  bytes: Buffer,
  ms: number,
  write: (byte: Buffer) => void,
  finish: () => void,
): void {
  const from = (index: number): void => {
    if (exchange.gone) return;
    if (index === bytes.length) return finish();
    write(bytes.subarray(index, index + 1));
    exchange.after(ms, () => from(index + 1));
  };
  exchange.after(ms, () => from(0));
}

function half(exchange: Exchange): void {
  const { status, headers, bytes } = divisible(exchange.apply());
  exchange.begin(status, { ...headers, 'content-length': String(bytes.length) });
  exchange.response.write(bytes.subarray(0, bytes.length / 2), () => exchange.socket.destroy());
}

function truncatedJson(exchange: Exchange): void {
  const { headers, bytes } = divisible(exchange.apply());
  const part = bytes.subarray(0, bytes.length / 2);
  exchange.send({ status: 200, headers: { ...headers, 'content-length': String(part.length) }, bytes: part });
}

/** An answer without a body cannot be cut: another one stands in for it. */
function divisible(answer: WholeAnswer): WholeAnswer {
  return answer.bytes.length > 1 ? answer : toWholeAnswer({ status: 200, body: { cut: 'in two' } });
}

function bomb(exchange: Exchange, { bytes }: { readonly bytes: number }): void {
  exchange.begin(200, JSON_TYPE);
  pipeline(Readable.from(jsonString(bytes)), exchange.response, brokenOff);
}

function gzipBomb(exchange: Exchange, { bytes }: { readonly bytes: number }): void {
  exchange.begin(200, { ...JSON_TYPE, 'content-encoding': 'gzip' });
  pipeline(Readable.from(jsonString(bytes)), createGzip(), exchange.response, brokenOff);
}

function* jsonString(bytes: number): Generator<Buffer> {
  yield Buffer.from('"');
  for (let left = bytes - 2; left > 0; left -= PIECE.length) yield PIECE.subarray(0, left);
  yield Buffer.from('"');
}

/** A client that stops reading a bomb does what it should. */
function brokenOff(): void {}

function lost(exchange: Exchange, fault: { readonly by?: 'hang' | 'reset' }): void {
  exchange.apply();
  if (fault.by !== 'hang') exchange.socket.resetAndDestroy();
}
