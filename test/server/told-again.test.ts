/** Answers told again in the bytes in which they went out, before anybody looks at what is asked: to whom, how long, and when not. */
import { request as send, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { writeFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ToldAgain } from '../../src/server/again/told-again.js';
import { hashOf, keyFileOf, type StoredKey } from '../../src/server/callers/key-file.js';
import { KeyHolders } from '../../src/server/callers/key-holders.js';
import { keyRing } from '../support/keys.js';
import { until } from '../support/until.js';
import { openRollcall, type Rollcall, type RollcallOptions } from '../support/rollcall.js';

const opened: Rollcall[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  await Promise.all(opened.splice(0).map((rollcall) => rollcall.close()));
});

const query = 'query Page($first: Int) { groups(first: $first) { nodes { id name members { nodes { id email } } } } }';
const page = { query, variables: { first: 5 } };

interface Told {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  /** Whether it was made for this request. */
  readonly isNew: boolean;
}

interface Asking {
  ask(headers?: Record<string, string>, body?: object, pieces?: number): Promise<Told>;
  readonly rollcall: Rollcall;
}

async function openAsking(options: RollcallOptions = {}): Promise<Asking> {
  const rollcall = await openRollcall({ cacheSeconds: 30, only: ['testrail', 'tiledesk'], ...options });
  opened.push(rollcall);
  const made = vi.spyOn(ToldAgain.prototype, 'note');
  return {
    rollcall,
    async ask(headers = {}, body = page, pieces = 1) {
      const before = made.mock.calls.length;
      const answer = await asked(rollcall.url, headers, Buffer.from(JSON.stringify(body)), pieces);
      const bytes = await buffer(answer);
      const isNew = made.mock.calls.length > before || answer.statusCode !== 200;
      return { status: answer.statusCode!, headers: answer.headers, bytes, isNew };
    },
  };
}

/** Sends the body in so many pieces, each a while after the one before. */
async function asked(url: string, headers: object, body: Buffer, pieces: number): Promise<IncomingMessage> {
  const request = send(`${url}/graphql`, {
    method: 'POST',
    agent: false,
    headers: { 'content-type': 'application/json', 'content-length': body.length, ...headers },
  });
  const answered = new Promise<IncomingMessage>((resolve, reject) =>
    request.on('response', resolve).on('error', reject),
  );
  const size = Math.ceil(body.length / pieces);
  for (let at = 0; at < body.length; at += size) {
    request.write(body.subarray(at, at + size));
    if (pieces > 1) await pause(30);
  }
  request.end();
  return answered;
}

/** What stands on an answer whoever asks. */
function lasting({ headers }: Told): object {
  const { 'x-request-id': id, date, ...rest } = headers;
  expect([id, date]).toEqual([expect.any(String), expect.any(String)]);
  return rest;
}

describe('what is asked again', () => {
  it.each([
    ['as it is', {}],
    ['compressed', { 'accept-encoding': 'gzip' }],
    ['to a page of another origin', { origin: 'https://page.example' }],
  ])('is told again, %s, under the same headers and in the same bytes', async (_how, headers) => {
    const { ask } = await openAsking({ cors: ['https://page.example'] });

    const told = [await ask(headers), await ask(headers), await ask(headers), await ask(headers)];

    // What nobody asks again is not kept.
    expect(told.map(({ isNew }) => isNew)).toEqual([true, true, false, false]);
    const [, second, third, fourth] = told as [Told, Told, Told, Told];
    const { 'transfer-encoding': _chunked, ...head } = lasting(second) as IncomingHttpHeaders;
    expect(lasting(third)).toEqual({ ...head, 'content-length': String(second.bytes.length) });
    expect([third.bytes, fourth.bytes]).toEqual([second.bytes, second.bytes]);
    expect(new Set(told.map(({ headers: { 'x-request-id': id } }) => id)).size).toBe(4);
  });

  it('is told again where its body comes in pieces', async () => {
    const { ask } = await openAsking();
    const [first] = [await ask({}, page, 3), await ask({}, page, 2)];

    const told = await ask({}, page, 4);

    expect([told.isNew, told.bytes]).toEqual([false, first.bytes]);
  });

  it('is told under the id that its client gave', async () => {
    const { ask } = await openAsking();
    await Promise.all([ask(), ask()]);
    await ask();

    const { isNew, headers } = await ask({ 'x-request-id': 'mine' });

    expect([isNew, headers['x-request-id']]).toEqual([false, 'mine']);
  });

  it('is seen by the log and the metrics like any other', async () => {
    const { ask, rollcall } = await openAsking();
    for (const _time of [1, 2, 3]) await ask();

    const lines = rollcall.log.map((line) => JSON.parse(line)).filter(({ operationName }) => operationName === 'Page');
    expect(lines).toHaveLength(3);
    const [made, , again] = lines;
    expect(again).toMatchObject({ kind: 'query', caller: made.caller, outcome: 'ok', status: 200, cost: made.cost });
    expect(again.sources).toEqual({
      testrail: { calls: 0, ms: 0, waitedMs: 0, quotaLeft: null },
      tiledesk: { calls: 0, ms: 0, waitedMs: 0, quotaLeft: null },
    });
    const metrics = await (await fetch(`${rollcall.url}/metrics`)).text();
    expect(metrics).toMatch(/^rollcall_operations_total\{kind="query",outcome="ok"\} 3$/m);
    expect(metrics).toMatch(/^rollcall_operations_in_flight 0$/m);
  });
});

describe('what asks for more than was told', () => {
  it.each([
    ['how old it may be', { 'cache-control': 'max-age=20' }],
    ['what it costs', { 'x-rollcall-trace': '1' }],
    ['a plan', { 'x-rollcall-explain': '1' }],
    ['to be answered in time', { 'x-rollcall-timeout-ms': '20000' }],
    ['another form', { accept: 'application/graphql-response+json' }],
    ['another encoding', { 'accept-encoding': 'gzip' }],
  ])('(%s) is answered anew', async (_what, headers) => {
    const { ask } = await openAsking();
    for (const _time of [1, 2, 3]) await ask();
    expect((await ask()).isNew).toBe(false);

    expect((await ask(headers)).isNew || 'x-rollcall-explain' in headers).toBe(true);
    expect((await ask(headers)).bytes).not.toEqual(Buffer.alloc(0));
  });

  it('is told what it asks for: a plan and a cost are none of the others’', async () => {
    const { ask } = await openAsking();
    for (const _time of [1, 2, 3]) await ask();

    const plan = JSON.parse(String((await ask({ 'x-rollcall-explain': '1' })).bytes));
    const traced = JSON.parse(String((await ask({ 'x-rollcall-trace': '1' })).bytes));

    expect([plan.data, plan.extensions.plan]).toEqual([null, expect.any(Array)]);
    expect(traced.extensions.upstream).toEqual(expect.any(Array));
  });

  it('is refused as it would be, whatever was told under other headers', async () => {
    const { ask } = await openAsking();
    for (const _time of [1, 2, 3]) await ask();

    expect((await ask({ host: 'evil.example' })).status).toBe(403);
    expect((await ask({ 'content-type': 'text/plain' })).status).toBe(415);
  });

  it('is made anew when what was told is too old', async () => {
    const { ask } = await openAsking({ cacheSeconds: 1 });
    for (const _time of [1, 2, 3]) await ask();
    expect((await ask()).isNew).toBe(false);

    await pause(1_050);

    expect((await ask()).isNew).toBe(true);
  });
});

describe('who asks', () => {
  const callers = { all: { role: 'read' }, some: { role: 'read', sources: ['tiledesk'] } } as const;

  it('is told what he may see, however often others asked the same', async () => {
    const ring = keyRing(callers);
    const { ask } = await openAsking({ auth: ring.auth });
    for (const _time of [1, 2, 3, 4]) await ask(ring.headersOf('all'));
    const all = await ask(ring.headersOf('all'));

    const some = [1, 2, 3, 4].map(() => ask(ring.headersOf('some')));
    const answers = await Promise.all(some);

    expect([all.isNew, String(all.bytes).includes('gid://testrail')]).toEqual([false, true]);
    for (const { bytes } of answers) expect(String(bytes)).not.toContain('gid://testrail');
    const later = await ask(ring.headersOf('some'));
    expect([later.isNew, later.bytes]).toEqual([false, answers[0]!.bytes]);
  });

  it.each([
    ['nothing more once his key is revoked', null, 401],
    ['less once his key opens less', { sources: ['tiledesk'] }, 200],
  ])('is told %s', async (_what, change, status) => {
    const ring = keyRing({ all: { role: 'read' } });
    const { ask } = await openAsking({ auth: ring.auth });
    for (const _time of [1, 2, 3, 4]) await ask(ring.headersOf('all'));
    expect((await ask(ring.headersOf('all'))).isNew).toBe(false);
    const stored: StoredKey = {
      name: 'all',
      role: 'read',
      sources: null,
      sha256: hashOf(ring.keys.all),
      createdAt: new Date().toISOString(),
    };

    writeFileSync(ring.auth.file, keyFileOf(change ? [{ ...stored, ...change }] : []));
    await pause(1_300);

    const told = await ask(ring.headersOf('all'));
    expect([told.status, told.isNew]).toEqual([status, true]);
    expect(String(told.bytes)).not.toContain('gid://testrail');
  });

  it('leaves nothing behind when he leaves before it is known who he is', async () => {
    const ring = keyRing(callers);
    const { ask, rollcall } = await openAsking({ auth: ring.auth });
    for (const _time of [1, 2, 3, 4]) await ask(ring.headersOf('all'));
    const before = rollcall.log.length;
    let isAsked = false;
    let goOn = () => {};
    const whoSends = KeyHolders.prototype.whoSends;
    vi.spyOn(KeyHolders.prototype, 'whoSends').mockImplementationOnce(async function (this: KeyHolders, credential) {
      isAsked = true;
      await new Promise<void>((resolve) => (goOn = resolve));
      return whoSends.call(this, credential);
    });
    const body = JSON.stringify(page);
    const request = send(`${rollcall.url}/graphql`, {
      method: 'POST',
      agent: false,
      headers: { 'content-type': 'application/json', 'content-length': body.length, ...ring.headersOf('all') },
    });
    request.on('error', () => {});
    request.end(body);
    await until(() => isAsked);

    request.destroy();
    await pause(100);
    goOn();
    await pause(50);

    const metrics = await (await fetch(`${rollcall.url}/metrics`, { headers: ring.headersOf('all') })).text();
    expect(metrics).toMatch(/^rollcall_operations_in_flight 0$/m);
    expect(rollcall.log.slice(before)).toEqual([]);
  });

  it('is not waited for where he is unknown: he is refused before he has sent his body', async () => {
    const ring = keyRing(callers);
    const { rollcall } = await openAsking({ auth: ring.auth });
    const request = send(`${rollcall.url}/graphql`, {
      method: 'POST',
      agent: false,
      headers: { 'content-type': 'application/json', 'content-length': 100, authorization: 'Bearer rc_none' },
    });
    request.flushHeaders();

    const { statusCode } = await new Promise<IncomingMessage>((resolve, reject) =>
      request.on('response', resolve).on('error', reject),
    );
    request.destroy();

    expect(statusCode).toBe(401);
  });
});
