import { connect } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { people } from '../../src/sandbox/people.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';

let rollcall: Rollcall;

beforeEach(async () => {
  const population = { people: people(3), groups: 1, membersPerGroup: 1, projects: 1, awkward: false };
  rollcall = await openRollcall({ population, only: ['testrail'] });
});
afterEach(() => rollcall.close());

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

interface Answered {
  readonly head: string;
  readonly json: unknown;
}

/** A request of which the end of the head, and the body, are kept back until it is finished; then the whole answer. */
async function begun(head: readonly string[], body = ''): Promise<() => Promise<Answered>> {
  const socket = connect(Number(new URL(rollcall.url).port), '127.0.0.1');
  let answer = '';
  socket.on('data', (bytes) => (answer += String(bytes)));
  const closed = new Promise<void>((close) => socket.once('close', () => close()));
  socket.write(`${[...head, 'host: 127.0.0.1', `content-length: ${body.length}`].join('\r\n')}\r\n`);
  await pause(50);
  return async () => {
    socket.write(`\r\n${body}`);
    await closed;
    const [top = '', content = ''] = answer.split('\r\n\r\n');
    return { head: top, json: JSON.parse(content) };
  };
}

it('GET /readyz is 503 while draining, and still tells each source; the answer under way goes out', async () => {
  const finish = await begun(['GET /readyz HTTP/1.1']);
  rollcall.sandbox.server('testrail').setLatency(300);
  const underWay = rollcall.ask('{ users { totalCount } }');
  await pause(100);

  const closed = rollcall.app.close();
  await pause(50);
  const { head, json } = await finish();

  expect(head).toMatch(/^HTTP\/1\.1 503 /);
  expect(json).toEqual({ status: 'draining', sources: [{ name: 'testrail', vendor: 'TESTRAIL', state: 'OK' }] });
  expect((await underWay).data.users.totalCount).toBe(3);
  await closed;
});

it('a query that was on its way when we were told to stop is answered', async () => {
  const body = JSON.stringify({ query: '{ users { totalCount } }' });
  const finish = await begun(['POST /graphql HTTP/1.1', 'content-type: application/json'], body);

  const closed = rollcall.app.close();
  await pause(50);
  const { head, json } = await finish();

  expect(head).toMatch(/^HTTP\/1\.1 200 /);
  expect(json).toEqual({ data: { users: { totalCount: 3 } }, extensions: { cost: 1 } });
  await closed;
});
