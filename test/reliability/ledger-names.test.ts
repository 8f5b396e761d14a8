import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refOfKey } from '../../src/ledger/ledger.js';
import { openLedger } from '../../src/ledger/sqlite.js';
import { refKey, type Ref } from '../../src/vendors/vendor.js';
import { aGroup, aMember, aTester, membership } from '../support/ledger-writer.js';

const now = new Date('2024-01-01T08:00:00.000Z');

let directory: string;
let file: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ledger-'));
  file = join(directory, 'rollcall.db');
});

afterEach(() => rmSync(directory, { recursive: true }));

describe('Awkward names', () => {
  const awkward = [
    '__proto__',
    'constructor',
    'a\u0000b',
    'a\u0000c',
    '\ud800',
    '\udfff',
    '👩‍👩‍👧‍👦 🏳️‍🌈',
    '"]',
    "'; drop table x; --",
    '\u2028\u202e\ufeff',
    ' ',
    '',
    '?1',
    '%',
  ];

  it('survive in ids, names, e-mails, attributes, sources and callers, each apart from the others', async () => {
    const ledger = await openLedger(file);
    for (const name of awkward) {
      const row = { ...aGroup(name, name), attributes: JSON.parse(`{${JSON.stringify(name)}:"x"}`) };
      const facts = [
        { kind: 'group', row },
        { kind: 'tester', row: aTester(name, name) },
      ] as const;
      await ledger.remember(`source ${name}`, name, [...facts, membership(row, aMember(name))], now);
      await ledger.remember('one', name, [...facts, membership(row, aMember(name))], now);
    }
    await ledger.close();
    const again = await openLedger(file);

    for (const source of ['one', ...awkward.map((name) => `source ${name}`)]) {
      const names = source === 'one' ? awkward : [source.slice('source '.length)];
      expect((await again.groups(source)).map(({ row }) => row.name).toSorted()).toEqual(names.toSorted());
      expect((await again.testers(source)).map(({ row }) => row.email).toSorted()).toEqual(names.toSorted());
      const members = await again.members(
        source,
        names.map((name) => aGroup(name)),
      );
      for (const name of names) {
        const remembered = await again.group(source, aGroup(name));
        expect(Object.keys(remembered?.row.attributes ?? {})).toEqual([name]);
        expect(members.get(refKey(aGroup(name)))).toEqual([{ member: aMember(name), writtenAt: now }]);
        expect((await again.groupsOf(source, aMember(name))).map(({ path }) => path)).toEqual([[name]]);
      }
    }
    await again.close();
  });

  it('make keys that differ wherever the refs do, and lead back to them', () => {
    const refs: readonly Ref[] = [
      { type: 'User', path: [] },
      { type: 'User', path: [''] },
      { type: 'User', path: ['a', 'b'] },
      { type: 'User', path: ['a/b'] },
      { type: 'User', path: ['a","b'] },
      { type: 'Tester', path: ['a', 'b'] },
      ...awkward.slice(0, -4).map((name): Ref => ({ type: 'User', path: [name] })),
    ];

    expect(new Set(refs.map(refKey)).size).toBe(refs.length);
    expect(refs.map((ref) => refOfKey(refKey(ref)))).toEqual(refs);
  });
});
