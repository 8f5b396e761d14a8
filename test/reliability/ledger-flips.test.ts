import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLedger } from '../../src/ledger/sqlite.js';
import { flipsFile, type Flip } from './ledger-flips.js';
import { startWriter } from './ledger-processes.js';

const SEED = 20_261_121;
/** As much of the file as SQLite needs to find anything in it, and its schema. */
const HEAD = 4 * 4096;

let directory: string;
let killed: string;
let closed: string;

/** A ledger of two runs, the second of which was killed with all its commits in the -wal; and the same once it was closed. */
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'flips-'));
  killed = join(directory, 'killed.db');
  closed = join(directory, 'closed.db');
  expect(await startWriter(killed, 'a', 5).end()).toBe(0);
  const writer = startWriter(killed, 'b', 3, { HOLD: 'hold' });
  await writer.says('held');
  await writer.kill();
  for (const end of ['', '-wal', '.mark']) copyFileSync(`${killed}${end}`, `${closed}${end}`);
  await (await openLedger(closed)).close();
  expect(statSync(`${killed}-wal`).size).toBeGreaterThan(100_000);
  expect(statSync(`${closed}-wal`, { throwIfNoEntry: false })?.size ?? 0).toBe(0);
}, 60_000);

afterAll(() => rmSync(directory, { recursive: true }));

/** The same numbers every time. */
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ;) {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    yield ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}

function bitsOf(count: number, [from, to]: readonly [number, number], seed: number): string[] {
  const drawn = numbers(seed);
  return Array.from({ length: count }, () => `${8 * from + Math.floor(8 * (to - from) * drawn.next().value!)}`);
}

/** What came of each bit; a process that died of one is an error here. */
async function flips(file: string, part: 'db' | 'db-wal', bits: readonly string[], env = {}): Promise<Flip[]> {
  const args = ['--expose-gc', '--import', 'tsx', flipsFile, file, part, ...bits];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    env: { ...process.env, ...env },
    maxBuffer: 1 << 26,
  });
  const found = stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Flip]));
  expect(found).toHaveLength(bits.length);
  return found;
}

/** Whatever is not answered as it was is refused with a sentence that names the ledger and a remedy. */
function expectTold(found: readonly Flip[]): void {
  for (const { bit, refused, failed, wrong } of found) {
    expect({ bit, wrong }).toEqual({ bit, wrong: [] });
    for (const sentence of refused === null ? failed : [refused]) {
      expect([bit, sentence]).toEqual([bit, expect.stringMatching(/^The ledger \S+\.db .*: [^:]*\.$/)]);
    }
  }
}

const refusals = (found: readonly Flip[]) => found.filter(({ refused }) => refused !== null);

describe('One bit that a disk has turned over', { timeout: 600_000 }, () => {
  it('in the file refuses the start or a question, or changes nothing', async () => {
    const { size } = statSync(closed);

    const found = (
      await Promise.all([
        flips(closed, 'db', bitsOf(40, [0, 100], SEED)),
        flips(closed, 'db', [...bitsOf(60, [0, HEAD], SEED + 1), ...bitsOf(140, [HEAD, size], SEED + 2)]),
      ])
    ).flat();

    expectTold(found);
    expect(refusals(found).length).toBeGreaterThan(30);
    expect(found.filter(({ failed }) => failed.length > 0).length).toBeGreaterThan(5);
    // One damaged row leaves the others as they are.
    for (const { failed } of found) expect(failed.length).toBeLessThan(15);
  });

  it('in the -wal after a kill refuses the start, as commits are missing', async () => {
    const { size } = statSync(`${killed}-wal`);

    const found = await flips(killed, 'db-wal', bitsOf(60, [32, size], SEED + 3));

    expectTold(found);
    expect(refusals(found).length).toBeGreaterThan(55);
    for (const { refused } of refusals(found)) expect(refused).toMatch(/ lacks the last \d+ of its \d+ commits, /);
  });

  it('in the -wal is not noticed without the mark, and keys are forgotten', async () => {
    const { size } = statSync(`${killed}-wal`);

    const found = await flips(killed, 'db-wal', bitsOf(10, [32, size], SEED + 3), { WITHOUT_MARK: '1' });

    expect(found.filter(({ refused }) => refused !== null)).toEqual([]);
    expect(found.filter(({ wrong }) => wrong.includes('holder of b-3')).length).toBeGreaterThan(5);
    expect(found.filter(({ wrong }) => wrong.includes('begin b-3')).length).toBeGreaterThan(3);
  });
});
