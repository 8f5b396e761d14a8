import { describe, expect, test } from 'vitest';
import { loadConfig, type Config } from '../../src/config.js';
import { partOf } from '../../src/main/workers/worker.js';
import { env, fileOf, sentence, vendors } from './fakes.js';

const shared = 'ledger: postgres://a:b@db.example/rollcall';
const sources = 'sources: { s: { vendor: testrail, url: https://t.example, user: ada, apiKey: x, KEYS } }';

interface Start {
  readonly flag?: string;
  readonly variable?: string;
  /** Left out: nothing is started, and the file only looked at. */
  readonly isStart?: boolean;
}

function read(
  lines: readonly string[],
  { flag, variable, isStart = true }: Start = {},
  keys = 'timeoutMs: 5000',
): Config {
  const file = fileOf([...lines, sources.replace('KEYS', keys), ''].join('\n'));
  const environment = variable === undefined ? env : { ...env, WEB_CONCURRENCY: variable };
  return loadConfig({ file, env: environment, vendors, serving: isStart ? { workers: flag } : undefined });
}

const of = (count: number) => `server: { workers: ${count} }`;

describe('workers', () => {
  test.each([
    ['one when nobody says a word', [], {}, 1],
    ['as many as the file says', [shared, of(3)], {}, 3],
    ['as many as WEB_CONCURRENCY says, which wins over it', [shared, of(3)], { variable: '2' }, 2],
    ['as many as the command line says, which wins over both', [shared, of(3)], { variable: '2', flag: '5' }, 5],
    ['what the file says where the variable is empty', [shared, of(3)], { variable: '' }, 3],
    ['one over a file', [of(1)], { variable: '1' }, 1],
    ['one that the command line asks for, whatever the others say', [of(3)], { variable: '2', flag: '1' }, 1],
  ])('are %s', (_what, lines, start, count) => {
    expect(read(lines, start).server.workers).toBe(count);
  });

  const remedy =
    'but more than one worker need a ledger that they share, and ledger is a file; write postgres://… at ledger, or';
  test.each([
    [[of(2)], {}, `rollcall.yaml, line 1: server.workers is 2, ${remedy} take it out.`],
    [[], { variable: '2' }, `environment: WEB_CONCURRENCY is 2, ${remedy} set it to 1 or unset it.`],
    [[], { flag: '2' }, `--workers is 2, ${remedy} leave it out.`],
    [[of(0)], {}, 'line 1: server.workers is 0, but must be a whole number from 1 to 128; change it or take it out.'],
    [
      [],
      { variable: 'auto' },
      'WEB_CONCURRENCY is "auto", but must be a whole number from 1 to 128; change it, or set it',
    ],
    [[], { flag: '1.5' }, '--workers is "1.5", but must be a whole number from 1 to 128; change it, or leave it out.'],
    [[of(0)], { flag: '1' }, 'server.workers is 0, but must be'],
  ])('stop a start: %j, %j', (lines, start, expected) => {
    expect(sentence(() => read(lines, start))).toContain(expected);
  });

  test('stop nobody who only looks at the configuration', () => {
    expect(read([of(2)], { variable: '4', isStart: false }).server.workers).toBe(2);
    expect(sentence(() => read([of(0)], { isStart: false }))).toContain('server.workers is 0, but must be');
  });
});

test.each([
  ['concurrency: 32, requestsPerMinute: 180', 4, { concurrency: 8, requestsPerMinute: 45 }],
  ['concurrency: 10, requestsPerMinute: 100', 3, { concurrency: 3, requestsPerMinute: 33 }],
  ['concurrency: 2, requestsPerMinute: 1', 8, { concurrency: 1, requestsPerMinute: 1 }],
  ['concurrency: 7', 1, { concurrency: 7, requestsPerMinute: null }],
])('of a source with %s each of %i workers has its part', (keys, workers, part) => {
  const [source] = partOf(read([shared, of(workers)], {}, keys));

  expect(source!.bounds).toMatchObject(part);
});
