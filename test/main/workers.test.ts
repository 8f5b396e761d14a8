import { once } from 'node:events';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import { boxes } from '../../src/vendors/all.js';
import { Chance } from '../support/chance.js';
import { addressOf, rollcall } from '../support/command-line.js';
import { adds, crowd } from '../support/crowd.js';
import { makeGroup, manyPeople } from '../support/edited-group.js';
import { editsThrough } from '../support/edits-through.js';
import { findingsIn, nothingFound } from '../support/member-history.js';
import { childrenOf } from '../support/process-use.js';
import { startPostgres, type PostgresServer } from '../support/postgres.js';
import { ask } from '../support/rollcall.js';
import { scrape, sum } from '../support/scrape.js';
import { slowly } from '../support/sick-vendor.js';
import { until } from '../support/until.js';

const query = '{ groups(filter: { sources: ["testrail"] }, first: 1) { totalCount } }';

let postgres: PostgresServer;
let sandbox: Sandbox;
let file: string;

beforeAll(async () => {
  postgres = await startPostgres();
  sandbox = await openSandbox(boxes, { population: manyPeople });
  file = configured(await postgres.databaseUrl());
});
afterAll(async () => {
  await sandbox.close();
  await postgres.close();
});

function configured(ledger: string, server: object = {}): string {
  const name = join(mkdtempSync(join(tmpdir(), 'rollcall-')), 'rollcall.yaml');
  // JSON is YAML, too.
  writeFileSync(name, JSON.stringify({ ledger, server, sources: sandbox.sources }));
  return name;
}

/** By two workers, and what they have written to the log so far. */
async function served(args: readonly string[] = ['--workers', '2'], from = file) {
  const running = rollcall(['--config', from, ...args], { PORT: '0' });
  let log = '';
  running.process.stderr!.on('data', (chunk) => (log += String(chunk)));
  const lines = () =>
    log
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { running, url: await addressOf(running), lines, workers: () => childrenOf(running.process.pid!) };
}

/** The connections of others may all be to one worker. */
async function overOwnConnection(url: string): Promise<void> {
  const question = request(`${url}/graphql`, {
    method: 'POST',
    agent: false,
    headers: { 'content-type': 'application/json' },
  });
  question.end(JSON.stringify({ query }));
  const [answer] = (await once(question, 'response')) as [IncomingMessage];
  await text(answer);
}

const asked = (url: string, times: number) => Promise.all(Array.from({ length: times }, () => ask(url, query)));

describe('two workers, one test after the other', { timeout: 60_000 }, () => {
  let two: Awaited<ReturnType<typeof served>>;
  beforeAll(async () => {
    two = await served();
  });
  afterAll(() => void two.running.process.kill('SIGKILL'));

  it('serve on one port, write who they are into the log, and tell the metrics of both', async () => {
    const { url, lines, workers } = two;

    const answers = await asked(url, 40);
    const told = await scrape(url);

    expect(answers.map(({ data }) => data.groups.totalCount > 0)).toEqual(answers.map(() => true));
    expect(workers()).toHaveLength(2);
    await until(() => lines().filter(({ msg }) => msg === 'operation').length === 40);
    const operations = lines().filter(({ msg }) => msg === 'operation');
    expect(new Set(operations.map(({ worker }) => worker))).toEqual(new Set([1, 2]));
    for (const worker of ['1', '2']) {
      const own = operations.filter((line) => line['worker'] === Number(worker)).length;
      expect(sum(told, 'rollcall_operations_total', { worker })).toBe(own);
      expect(sum(told, 'process_resident_memory_bytes', { worker })).toBeGreaterThan(0);
    }
    expect(sum(told, 'rollcall_operations_total')).toBe(40);
  });

  it('lose none of 100 adds of many callers to one group', async () => {
    const { url, lines } = two;
    const chance = new Chance(1);
    const group = makeGroup(sandbox, 'testrail', 10);
    const before = group.members();
    const scripts = adds(chance, group.people.slice(before.length), 25, 4);
    slowly(group, chance, 20);

    const happened = await crowd(scripts, editsThrough(url, group));

    expect(happened.flatMap(({ codes }) => codes)).toEqual([]);
    expect(findingsIn(happened, before, group.members())).toEqual(nothingFound);
    expect(new Set(group.members())).toEqual(new Set([...before, ...scripts.flat().flatMap(({ members }) => members)]));
    const writers = lines().filter(({ kind }) => kind === 'mutation');
    expect(new Set(writers.map(({ worker }) => worker))).toEqual(new Set([1, 2]));
  });

  it('one is killed: the other goes on, and another takes its place', async () => {
    const { url, lines, workers } = two;
    const [victim, other] = workers();

    process.kill(victim!, 'SIGKILL');
    await until(() => !workers().includes(victim!));
    const answers = await asked(url, 10);

    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    await until(() => workers().length === 2, 10_000);
    expect(workers()).toContain(other);
    const [told] = lines().filter(({ msg }) => String(msg).startsWith('a worker has ended'));
    expect(told).toMatchObject({ level: 50, pid: victim, signal: 'SIGKILL' });
    const replaced = Number(told!['worker']);
    const seen = lines().length;
    const isIts = ({ msg, worker }: Record<string, unknown>) => msg === 'operation' && worker === replaced;
    const hasServed = () => lines().slice(seen).some(isIts);
    for (const end = Date.now() + 20_000; Date.now() < end && !hasServed();) await overOwnConnection(url);
    expect(hasServed()).toBe(true);
  });

  it('told to stop, answer what is under way and end with 0', async () => {
    const { url, running, workers } = two;
    sandbox.server('testrail').setLatency(600);
    onTestFinished(() => sandbox.server('testrail').setLatency(0));
    const underWay = asked(url, 8);
    await new Promise((resolve) => setTimeout(resolve, 200));

    running.process.kill('SIGTERM');
    const answers = await underWay;
    const { code } = await running.ended;

    expect(answers.map(({ status, data }) => [status, data.groups.totalCount > 0])).toEqual(
      answers.map(() => [200, true]),
    );
    expect(code).toBe(0);
    expect(workers()).toEqual([]);
  });

  it.each([
    ['the file', configuredFor(2), {}],
    ['WEB_CONCURRENCY', configuredFor(1), { WEB_CONCURRENCY: '2' }],
  ])('are as many as %s says', async (_who, of, env) => {
    const running = rollcall(['--config', of()], { PORT: '0', ...env });
    onTestFinished(async () => {
      running.process.kill('SIGTERM');
      await running.ended;
    });
    await addressOf(running);

    expect(childrenOf(running.process.pid!)).toHaveLength(2);
  });
});

/** A configuration with so many workers, made when the database is there. */
function configuredFor(workers: number): () => string {
  return () => configured(JSON.parse(readFileSync(file, 'utf8')).ledger, { workers });
}

describe('a start that fails', () => {
  it('says once why, and ends with 1: the port is taken', async () => {
    const other = createServer();
    await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening));
    onTestFinished(() => void other.close());
    const { port } = other.address() as AddressInfo;

    const { code, stderr } = await rollcall(['--config', file, '--workers', '2'], { PORT: String(port) }).ended;

    expect(code).toBe(1);
    expect(stderr).toBe(`Port ${port} on 127.0.0.1 is taken; set PORT or server.port to a free one.\n`);
  });

  it.each([
    ['server.workers', { workers: 2 }, [], {}, 'rollcall.yaml, line 1: server.workers is 2, but'],
    ['--workers', {}, ['--workers', '3'], {}, '--workers is 3, but'],
    ['WEB_CONCURRENCY', {}, [], { WEB_CONCURRENCY: '4' }, 'environment: WEB_CONCURRENCY is 4, but'],
  ])('%s above one over a file', async (_key, server, args, env, words) => {
    const from = configured('./rollcall.db', server);

    const { code, stderr } = await rollcall(['--config', from, ...args], { PORT: '0', ...env }).ended;

    expect(code).toBe(1);
    expect(stderr).toContain(words);
    expect(stderr).toContain('a ledger that they share, and ledger is a file; write postgres://… at ledger, or');
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it('several workers over the sandbox', async () => {
    const { code, stderr } = await rollcall(['--workers', '2'], { PORT: '0' }).ended;

    expect(code).toBe(1);
    expect(stderr).toBe('--workers is for a configuration: the sandbox is served by one process; leave it out.\n');
  });
});
