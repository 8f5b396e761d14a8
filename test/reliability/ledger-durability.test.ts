import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { refKey } from '../../src/vendors/vendor.js';
import { openLedger } from '../../src/ledger/sqlite.js';
import { aGroup, aMember, aTester, batch, writerFile } from '../support/ledger-writer.js';

let directory: string;
let file: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ledger-'));
  file = join(directory, 'rollcall.db');
});

afterEach(() => rmSync(directory, { recursive: true }));

interface Writer {
  readonly child: ChildProcess;
  /** The batches whose `remember` has answered, in whole lines. */
  acknowledged(): number;
  complaint(): string;
}

function startWriter(name: string, count: number, command = [process.execPath], options = {}): Writer {
  const [program = '', ...first] = command;
  const child = spawn(program, [...first, '--import', 'tsx', writerFile, file, name, String(count)], options);
  const [said, complained]: string[][] = [[], []];
  child.stdout?.on('data', (text) => said?.push(String(text)));
  child.stderr?.on('data', (text) => complained?.push(String(text)));
  return {
    child,
    acknowledged: () => (said?.join('').split('\n').length ?? 1) - 1,
    complaint: () => complained?.join('') ?? '',
  };
}

/** The numbers of the batches that are there; each must be there whole. */
async function whatIsThere(name: string, written: number): Promise<number> {
  const ledger = await openLedger(file);
  const groups = new Set((await ledger.groups('updraft')).map(({ row }) => refKey(row)));
  const testers = new Set((await ledger.testers('updraft')).map(({ row }) => refKey(row)));
  const ids = Array.from({ length: written }, (_, index) => `${name}-${index + 1}`);
  const members = await ledger.members(
    'updraft',
    ids.map((id) => aGroup(id)),
  );
  await ledger.close();

  let whole = 0;
  for (const id of ids) {
    const there = [groups.has(refKey(aGroup(id))), testers.has(refKey(aTester(id)))];
    const member = members.get(refKey(aGroup(id)))?.map((remembered) => remembered.member) ?? [];
    expect(new Set([...there, member.length === 1]).size, `${id} is there whole or not at all`).toBe(1);
    if (there[0]) {
      expect(member).toEqual([aMember(id)]);
      whole++;
    }
  }
  return whole;
}

function integrity(): unknown {
  const database = new Database(file);
  const answer = database.pragma('integrity_check');
  database.close();
  return answer;
}

it('has everything that it acknowledged after kill -9, whole, time and again', { timeout: 60_000 }, async () => {
  const rounds = [1, 40, 150];
  for (const [round, enough] of rounds.entries()) {
    const writer = startWriter(`r${round}`, 1_000_000);
    const ended = once(writer.child, 'close');
    writer.child.stdout?.on('data', () => writer.acknowledged() >= enough && writer.child.kill('SIGKILL'));
    const [, signal] = await ended;

    const acknowledged = writer.acknowledged();
    expect([signal, writer.complaint()]).toEqual(['SIGKILL', '']);
    expect(acknowledged).toBeGreaterThanOrEqual(enough);
    // One more may have reached the disk before the kill kept it from being told.
    const there = await whatIsThere(`r${round}`, acknowledged + 1);
    expect([acknowledged, acknowledged + 1]).toContain(there);
  }
  expect(integrity()).toEqual([{ integrity_check: 'ok' }]);
});

it(
  'takes the writes of several processes that open a new file at once, and loses none',
  { timeout: 60_000 },
  async () => {
    const writers = ['a', 'b', 'c'].map((name) => startWriter(name, 150));

    const ends = await Promise.all(writers.map(({ child }) => once(child, 'close')));

    expect(ends.map(([code]) => code)).toEqual([0, 0, 0]);
    expect(writers.map((writer) => [writer.acknowledged(), writer.complaint()])).toEqual(writers.map(() => [150, '']));
    for (const name of ['a', 'b', 'c']) expect(await whatIsThere(name, 150)).toBe(150);
    expect(integrity()).toEqual([{ integrity_check: 'ok' }]);
  },
);

it('takes the writes of two connections of one process side by side', async () => {
  const ledgers = [await openLedger(file), await openLedger(file)];

  await Promise.all(
    Array.from({ length: 60 }, (_, index) =>
      ledgers[index % 2]?.remember('updraft', 'ann', batch('p', index + 1), new Date()),
    ),
  );

  await Promise.all(ledgers.map((ledger) => ledger.close()));
  expect(await whatIsThere('p', 60)).toBe(60);
});

it('says that another process holds it, after waiting for that one', async () => {
  const ledger = await openLedger(file);
  const other = new Database(file);
  other.exec('begin immediate');

  await expect(ledger.remember('updraft', 'ann', batch('q', 1), new Date())).rejects.toThrow(
    `The ledger ${file} was kept locked by another process: end that process, or give this one a ledger of its own.`,
  );
  expect(await ledger.groups('updraft')).toEqual([]);

  other.exec('rollback');
  other.close();
  await ledger.remember('updraft', 'ann', batch('q', 1), new Date());
  await ledger.close();
  expect(await whatIsThere('q', 1)).toBe(1);
});

it('says what is wrong when the disk takes no more, and keeps what it acknowledged', { timeout: 60_000 }, async () => {
  const limited = ['sh', '-c', 'ulimit -f 400 && exec "$0" "$@"', process.execPath];
  const writer = startWriter('full', 1_000_000, limited);

  await once(writer.child, 'close');

  expect(writer.complaint()).toMatch(
    /^LedgerError: The ledger .*rollcall\.db (could not be|cannot grow)[^.]*: [^.]*\.\n$/,
  );
  expect(writer.acknowledged()).toBeGreaterThan(0);
  expect(await whatIsThere('full', writer.acknowledged() + 1)).toBe(writer.acknowledged());
});

it('says when its process may not read the file', { timeout: 60_000 }, async () => {
  writeFileSync(file, '');
  chmodSync(directory, 0o755);
  chmodSync(file, 0o000);

  const writer = startWriter('x', 1, [process.execPath], { env: { ...process.env, AS_NOBODY: '1' } });
  await once(writer.child, 'close');

  expect(writer.complaint()).toBe(
    `LedgerError: The ledger ${file} may not be read and written by this process: ` +
      'change its owner or permission, or name another file at `ledger` in the configuration.\n',
  );
});
