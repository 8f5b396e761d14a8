import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { buildGraphSchema } from '../../resolvers/index.js';
import { hostileTexts } from '../support/corpus.js';
import { hostileDocuments } from '../support/hostile-documents.js';
import { seatsIn, type Sent } from '../support/hostile-requests.js';

export interface Reply {
  /** 0 where nothing came back. */
  readonly status: number;
  readonly text: string;
}

/** One request that means no good. */
export interface Shot {
  readonly name: string;
  /** Sends it to the server at this address. */
  fire(url: string): Promise<Reply>;
}

const schema = buildGraphSchema();
export const seats = seatsIn(schema);
/** How many places each text is put into; the next text goes on where the last one ended, so that all get their share. */
const placesEach = 3;
async function post(url: string, { query, variables }: Sent, headers: Record<string, string> = {}): Promise<Reply> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, text: await response.text() };
}

/** A request whose target is sent as it is. */
export function get(url: string, target: string): Promise<Reply> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ hostname, port, path: target, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode!, text }));
    });
    sent.on('error', reject).end();
  });
}

/** The bytes themselves, whether they are HTTP or not. */
function write(url: string, bytes: string): Promise<Reply> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.setTimeout(5_000, () => socket.destroy());
    socket.on('data', (chunk) => (text += String(chunk))).on('error', reject);
    socket.on('close', () => resolve({ status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0), text }));
  });
}

const inHeader = (text: string) =>
  Buffer.from(text)
    .toString('latin1')
    .replaceAll(/[^\x20-\x7e\x80-\xff]/g, '');
const short = (text: string) => text.length < 4_000;
const headerNames = [
  'x-request-id',
  'x-rollcall-timeout-ms',
  'x-rollcall-trace',
  'authorization',
  'traceparent',
  'accept',
  'origin',
  'accept-encoding',
];

export const inputs: readonly Shot[] = hostileTexts.flatMap((text, at) =>
  Array.from({ length: placesEach }, (_, times) => {
    const nth = at * placesEach + times;
    const seat = seats[nth % seats.length]!;
    return {
      name: `${seat.name} ← ${JSON.stringify(text).slice(0, 200)}`,
      fire: (url) => post(url, seat.send(text, Math.floor(nth / seats.length) + at)),
    };
  }),
);
export const headers: readonly Shot[] = hostileTexts.filter(short).map((text, at) => {
  const name = headerNames[at % headerNames.length]!;
  return {
    name: `${name}: ${JSON.stringify(text)}`,
    fire: (url) => post(url, { query: '{ sources { name } }', variables: {} }, { [name]: inHeader(text).trim() }),
  };
});
export const targets: readonly Shot[] = hostileTexts.filter(short).map((text, at) => {
  const part = encodeURIComponent(Buffer.from(text).toString());
  const path = [`/datasets/memberships.json?source=${part}`, `/datasets/${part}`, `/${part}`, `/graphql?query=${part}`][
    at % 4
  ]!;
  return { name: path.slice(0, 200), fire: (url) => get(url, path) };
});
export const documents: readonly Shot[] = hostileDocuments(schema, 1_200, 5).map((query) => ({
  name: query,
  fire: (url) => post(url, { query, variables: {} }),
}));
export const raw: readonly Shot[] = [
  'x-request-id',
  'x-rollcall-timeout-ms',
  'content-length',
  'transfer-encoding',
  'host',
].flatMap((name) =>
  ['\u0000', 'a\rb', 'a\n b', '-1', 'chunked, chunked', '../..', '\u00ff\u00fe', ' '].map((value) => ({
    name: `${name}: ${JSON.stringify(value)}, in bytes`,
    fire: (url) =>
      write(url, `GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n${name}: ${value}\r\n\r\n`),
  })),
);
