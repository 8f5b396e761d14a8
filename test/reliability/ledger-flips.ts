/**
 * Run as a program, in a process of its own since that may die of it: `ledger-flips.ts FILE PART BIT…` takes copies of a ledger
 * and what lies beside it, turns one bit over in the part (`db`, `db-wal`) of each, opens it as a start would, asks for all that
 * it holds, and prints a line of JSON with what came of it.
 */
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { KeyHeld, type Entry } from '../../src/ledger/journal.js';
import { LedgerError, type Ledger } from '../../src/ledger/ledger.js';
import { ledgerAt } from '../../src/ledger/open.js';
import { aGroup, aMember, anIntent, theGroup } from '../support/ledger-writer.js';

export const flipsFile = fileURLToPath(import.meta.url);

/** What came of a bit. */
export interface Flip {
  readonly bit: number;
  /** The sentence with which the start was refused, or null. */
  readonly refused: string | null;
  /** The sentences of questions that were answered with an error. */
  readonly failed: readonly string[];
  /** Questions that were answered, and not as by the undamaged one. */
  readonly wrong: readonly string[];
}

/** As the writers of this ledger name their keys and groups. */
export const keys = [...numbered('a', 5), ...numbered('b', 3), 'hold', 'never'];

function numbered(writer: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${writer}-${index + 1}`);
}

/** What was noticed at the start has the time of that. */
function timeless(entry: Entry | null): unknown {
  return entry?.state === 'UNKNOWN' ? { ...entry, finishedAt: null, unsettledSince: null } : entry;
}

/** All that can be asked for. A held key must stay held, whatever is damaged. */
function questions(ledger: Ledger): [string, () => Promise<unknown>][] {
  return [
    ...keys.flatMap((key): [string, () => Promise<unknown>][] => [
      [`holder of ${key}`, async () => timeless(await ledger.holder('ann', 'addGroupMembers', key))],
      [`newest of ${key}`, async () => timeless(await ledger.newest(key))],
      [`group ${key}`, () => ledger.group('updraft', aGroup(key))],
      [`groups of ${key}`, () => ledger.groupsOf('updraft', aMember(key))],
      [`begin ${key}`, () => begun(ledger, key)],
    ]),
    ['groups', async () => (await ledger.groups('updraft')).toSorted((one, other) => compare(one, other))],
    ['testers', async () => (await ledger.testers('updraft')).toSorted((one, other) => compare(one, other))],
    [
      'members',
      async () => [
        ...(await ledger.members(
          'updraft',
          keys.map((key) => aGroup(key)),
        )),
      ],
    ],
    ['unsettled', async () => (await ledger.unsettledSince('testrail', theGroup)) !== null],
  ];
}

function compare(one: unknown, other: unknown): number {
  return JSON.stringify(one) < JSON.stringify(other) ? -1 : 1;
}

async function begun(ledger: Ledger, key: string): Promise<string> {
  if (key === 'never') return 'not tried';
  try {
    await ledger.begin([anIntent(key, { id: `another ${key}` })]);
    return 'begun again';
  } catch (error) {
    if (error instanceof KeyHeld) return 'held';
    throw error;
  }
}

async function answers(file: string): Promise<Map<string, unknown> | string> {
  let ledger: Ledger;
  try {
    ledger = await ledgerAt(file);
  } catch (error) {
    return sentenceOf(error);
  }
  const told = new Map<string, unknown>();
  for (const [name, ask] of questions(ledger)) {
    told.set(name, await ask().catch((error: unknown) => new Error(sentenceOf(error))));
  }
  await ledger.close();
  return told;
}

function sentenceOf(error: unknown): string {
  return error instanceof LedgerError ? error.message : `no LedgerError: ${String(error)}`;
}

/** A copy of a ledger and of what lies beside it. */
function copied(file: string, directory: string): string {
  const copy = join(directory, 'rollcall.db');
  for (const end of ['', '-wal', '-shm', '.lock', '.mark']) {
    rmSync(`${copy}${end}`, { force: true });
    if (end !== '-shm' && end !== '.lock' && existsSync(`${file}${end}`))
      copyFileSync(`${file}${end}`, `${copy}${end}`);
  }
  if (process.env['WITHOUT_MARK']) rmSync(`${copy}.mark`, { force: true });
  return copy;
}

async function flipped(file: string, part: string, bit: number, right: Map<string, unknown>): Promise<Flip> {
  const directory = mkdtempSync(join(tmpdir(), 'flip-'));
  try {
    const copy = copied(file, directory);
    const place = part === 'db' ? copy : `${copy}-wal`;
    const bytes = readFileSync(place);
    bytes[bit >> 3]! ^= 1 << (bit & 7);
    writeFileSync(place, bytes);
    const told = await answers(copy);
    if (typeof told === 'string') return { bit, refused: told, failed: [], wrong: [] };
    const failures = [...told.values()].filter((answer) => answer instanceof Error);
    const wrong = [...told].filter(
      ([name, answer]) => !(answer instanceof Error) && !isDeepStrictEqual(answer, right.get(name)),
    );
    return { bit, refused: null, failed: failures.map(({ message }) => message), wrong: wrong.map(([name]) => name) };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

async function run(file: string, part: string, bits: readonly number[]): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'flip-'));
  const right = await answers(copied(file, directory));
  rmSync(directory, { recursive: true });
  if (typeof right === 'string') throw new Error(right);
  for (const bit of bits) {
    writeSync(1, `${JSON.stringify(await flipped(file, part, bit, right))}\n`);
    // libsql closes a file when its statements are collected.
    globalThis.gc?.();
  }
}

if (process.argv[1] === flipsFile) {
  const [file = '', part = '', ...bits] = process.argv.slice(2);
  await run(file, part, bits.map(Number));
}
