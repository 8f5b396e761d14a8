import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { people } from '../../src/sandbox/people.js';
import { keyRing } from '../support/keys.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';

/** Callers who show a key may call the server by any name, so that whatever stands in the header gets as far as the graph. */
const ring = keyRing({ ana: { role: 'read' } });
const body = '{"query":"{ __typename }"}';
let rollcall: Rollcall;

beforeAll(async () => {
  const population = { people: people(6), groups: 2, membersPerGroup: 2, projects: 1, awkward: false };
  rollcall = await openRollcall({ population, auth: ring.auth });
});
afterAll(() => rollcall.close());

/** The answer to a request that is written byte by byte, since no client sends such a header. */
async function sendRaw(version: string, host: string | null): Promise<string> {
  const lines = [
    `POST /graphql HTTP/${version}`,
    ...(host === null ? [] : [`host: ${host}`]),
    `authorization: ${ring.headersOf('ana').authorization}`,
    'content-type: application/json',
    `content-length: ${body.length}`,
    'connection: close',
  ];
  const socket = connect(Number(new URL(rollcall.url).port), '127.0.0.1');
  socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`);
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  return text;
}

describe('a request whose host is no host is refused in the form of GraphQL, and is no failure of ours:', () => {
  it.each(['[', '[::', 'a b', '%', '<script>', 'a^b', '|', ''])('%j', async (host) => {
    const answer = await sendRaw('1.1', host);

    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('{"errors":[{"message":"The header host must name a host"');
  });

  it('also where none is named, as before HTTP/1.1', async () => {
    expect(await sendRaw('1.0', null)).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('nothing of it is in the log as what nobody foresaw', () => {
    expect(rollcall.log.filter((line) => /"level":(?:50|60)/.test(line))).toEqual([]);
  });

  it.each(['rollcall.example.com', '127.0.0.1:99999999', '[::1]:4000'])('while %j is one', async (host) => {
    expect(await sendRaw('1.1', host)).toMatch(/^HTTP\/1\.1 200 [^]*"__typename":"Query"/);
  });
});
