import { describe, expect, it } from 'vitest';
import { refOfKey } from '../../src/ledger/ledger.js';
import { ledgerAt } from '../../src/ledger/open.js';
import { refKey, type Ref } from '../../src/vendors/vendor.js';
import { aGroup, aMember, anIntent, aTester, entryOf, membership, outcome } from '../support/ledger-writer.js';
import { bothKinds } from './ledger-places.js';

const now = new Date('2024-01-01T08:00:00.000Z');

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

describe.each(bothKinds())('Awkward names $kind', ({ fresh }) => {
  it('survive in ids, names, e-mails, attributes, sources and callers, each apart from the others', async () => {
    const place = await fresh();
    const ledger = await ledgerAt(place);
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
    const again = await ledgerAt(place);

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

  it('survive in keys, callers, sources and groups of intents, each apart from the others', async () => {
    const place = await fresh();
    const ledger = await ledgerAt(place);
    const outcomes = awkward.map((name) => {
      const given = { id: name, caller: name, mutation: name, fingerprint: name, source: name };
      const intent = anIntent(name, {
        ...given,
        group: { type: 'AsaGroup', path: [name] },
        plan: JSON.stringify(name),
      });
      return outcome(intent, { state: 'UNKNOWN', unsettledSince: now, answer: JSON.stringify(name) });
    });
    await ledger.begin(outcomes.map(({ intent }) => intent));
    await ledger.finish(outcomes);
    await ledger.close();
    const again = await ledgerAt(place);

    for (const each of outcomes) {
      const { caller, mutation, key, source, group } = each.intent;
      expect(await again.holder(caller, mutation, key)).toEqual(entryOf(each));
      expect(await again.newest(key)).toEqual(entryOf(each));
      expect(await again.entries({ source, limit: 9 })).toEqual([entryOf(each)]);
      expect(await again.unsettledSince(source, group!)).toEqual(now);
    }
    await again.close();
  });
});

describe('Awkward names', () => {
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
