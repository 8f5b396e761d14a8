import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeyHeld, type Entry, type Intent, type Outcome } from '../../src/ledger/journal.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import { ledgerAt } from '../../src/ledger/open.js';
import { refKey, type Fact, type GroupType, type MemberRef, type Path, type Ref } from '../../src/vendors/vendor.js';
import { FactsModel, JournalModel, noticed } from './ledger-model.js';
import { bothKinds, type Kind } from './ledger-places.js';

const sources = ['updraft', 'velt', '__proto__'];
const paths: readonly Path[] = [
  ['1'],
  ['1', '2'],
  ['1","2'],
  ['__proto__'],
  ['a\u0000b'],
  ['a\u0000'],
  ['\ud800'],
  ['\udfff'],
];
const groupTypes: readonly GroupType[] = ['UpdraftDistributionGroup', 'VeltUserGroup'];
const groupRefs = groupTypes.flatMap((type) => paths.map((path) => ({ type, path })));
const members = (['User', 'Tester'] as const).flatMap((type) =>
  paths.map((path): MemberRef => ({ type, path, vendorId: path.join() })),
);
const keys = ['k', 'K', 'k\u0000', 'é'];
const states = ['INTENT', 'DONE', 'REFUSED', 'UNSENT', 'UNKNOWN'] as const;

const text = fc.string({
  unit: fc.constantFrom('a', ' ', '"', '\\', '\u0000', '\ud83d', '\ude00', '😀', '\u2028', 'é'),
});
// JSON writes -0 as 0.
const json = fc.jsonValue().map((value): unknown => JSON.parse(JSON.stringify(value)));
const date = fc.date({ noInvalidDate: true });
// Of entries, before any process of a test has ended, so that an order of all of them is known.
const past = fc.date({ noInvalidDate: true, max: new Date('2020-01-01T00:00:00.000Z') });
const groupRef = fc.constantFrom(...groupRefs);
const source = fc.constantFrom(...sources);
const move = fc.record({
  kind: fc.constantFrom('membership', 'departure'),
  group: groupRef,
  member: fc.constantFrom(...members),
});
const group = fc.record({
  name: text,
  vendorId: text,
  createdAt: fc.option(date),
  attributes: fc.dictionary(text, json),
});
const fact: fc.Arbitrary<Fact> = fc.oneof(
  fc
    .tuple(groupRef, group)
    .map(([ref, fields]): Fact => ({ kind: 'group', row: { ...ref, ...fields, project: null } })),
  fc
    .tuple(fc.constantFrom(...paths), text)
    .map(([path, email]): Fact => ({ kind: 'tester', row: { type: 'Tester', path, vendorId: path.join(), email } })),
  move,
);
const intents = Array.from({ length: 12 }, (_, index): Intent => {
  const key = keys[index % keys.length]!;
  const createdAt = new Date(Date.UTC(2000, 0, 1 + ((index * 5) % 12)));
  const of = { source: sources[index % 3]!, group: index % 5 === 0 ? null : groupRefs[index % 3]! };
  return { id: `${index}`, caller: 'ann', mutation: 'm', key, fingerprint: key, createdAt, plan: `[${index}]`, ...of };
});
const intent = fc.constantFrom(...intents);
const outcome: fc.Arbitrary<Outcome> = fc.record({
  intent,
  state: fc.constantFrom('DONE', 'REFUSED', 'UNSENT', 'UNKNOWN'),
  finishedAt: past,
  unsettledSince: fc.option(past),
  answer: json.map((value) => JSON.stringify(value)),
  facts: fc.array(fact, { maxLength: 3 }),
});
const ids = { selector: ({ id }: { readonly id: string }) => id, maxLength: 3 };
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('remember'), source, facts: fc.array(fact, { maxLength: 8 }), at: date }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('begin'), intents: fc.uniqueArray(intent, ids) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('finish'),
      outcomes: fc.uniqueArray(outcome, { ...ids, selector: (each) => each.intent.id }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('prune'), before: past }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart') }) },
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

const byText = (a: unknown, b: unknown) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
const whenever = (moment: Date | null) => (moment && moment.getFullYear() > 2020 ? noticed : moment);
const told = (entry: Entry) => ({
  ...entry,
  finishedAt: whenever(entry.finishedAt),
  unsettledSince: whenever(entry.unsettledSince),
});

async function expectSameFacts(ledger: Ledger, of: string, model: FactsModel): Promise<void> {
  expect((await ledger.groups(of)).toSorted(byText)).toEqual([...model.groups.values()].toSorted(byText));
  expect((await ledger.testers(of)).toSorted(byText)).toEqual([...model.testers.values()].toSorted(byText));

  const all = [...model.memberships.values()];
  const found = await ledger.members(of, groupRefs);
  expect(found.size).toBe(groupRefs.length);
  for (const ref of groupRefs) {
    expect(await ledger.group(of, ref)).toEqual(model.groups.get(refKey(ref)) ?? null);
    const expected = all.filter((membership) => refKey(membership.group) === refKey(ref));
    expect(found.get(refKey(ref))?.toSorted(byText)).toEqual(
      expected.map(({ member, writtenAt }) => ({ member, writtenAt })).toSorted(byText),
    );
  }
  for (const member of members) {
    const expected = all.filter((membership) => refKey(membership.member) === refKey(member));
    expect((await ledger.groupsOf(of, member)).toSorted(byText)).toEqual(
      expected.map((membership) => membership.group).toSorted(byText),
    );
  }
}

async function expectSameJournal(ledger: Ledger, model: JournalModel): Promise<void> {
  for (const filter of [
    {},
    ...states.map((state) => ({ states: [state] })),
    ...sources.map((each) => ({ source: each })),
  ]) {
    expect((await ledger.entries({ limit: 5, ...filter })).map(told)).toEqual(model.entries({ limit: 5, ...filter }));
  }
  for (const key of keys) {
    const [holder, newest] = [await ledger.holder('ann', 'm', key), await ledger.newest(key)];
    expect([holder && told(holder), newest && told(newest)]).toEqual([model.holder(key), model.newest(key)]);
  }
  for (const of of sources) {
    for (const ref of groupRefs as readonly Ref[]) {
      expect(whenever(await ledger.unsettledSince(of, ref))).toEqual(model.unsettledSince(of, ref));
    }
  }
}

/** Whether it was entered; it may only be refused because a key is held. */
async function entered(work: Promise<void>): Promise<boolean> {
  return work.then(
    () => true,
    (error: unknown) => {
      expect(error).toBeInstanceOf(KeyHeld);
      return false;
    },
  );
}

/** Carries a step out on the ledger and on its model, and answers the ledger that is open then. */
async function take(
  ledger: Ledger,
  each: Step,
  place: string,
  facts: ReadonlyMap<string, FactsModel>,
  journal: JournalModel,
) {
  if (each.do === 'restart') {
    await ledger.close();
    journal.restart();
    return ledgerAt(place);
  }
  if (each.do === 'remember') {
    await ledger.remember(each.source, 'ann', each.facts, each.at);
    facts.get(each.source)?.remember(each.facts, each.at);
  } else if (each.do === 'begin') {
    const intents = each.intents.filter(({ id }) => !journal.has(id));
    expect(await entered(ledger.begin(intents))).toBe(journal.begin(intents));
  } else if (each.do === 'finish') {
    const isEntered = journal.finish(each.outcomes);
    expect(await entered(ledger.finish(each.outcomes))).toBe(isEntered);
    for (const done of isEntered ? each.outcomes : [])
      facts.get(done.intent.source)?.remember(done.facts, done.finishedAt);
  } else expect(await ledger.prune(each.before)).toBe(journal.prune(each.before));
  return ledger;
}

async function runs({ fresh, sql }: Kind, numRuns: number): Promise<void> {
  const place = await fresh();
  await (await ledgerAt(place)).close();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 16 }), async (steps) => {
      await sql(place, ...['"groups"', 'testers', 'memberships', 'entries'].map((table) => `delete from ${table}`));
      const facts = new Map(sources.map((each) => [each, new FactsModel()]));
      const journal = new JournalModel();
      let ledger = await ledgerAt(place);
      try {
        for (const each of steps) ledger = await take(ledger, each, place, facts, journal);
        for (const [of, model] of facts) await expectSameFacts(ledger, of, model);
        await expectSameJournal(ledger, journal);
      } finally {
        await ledger.close();
      }
    }),
    { numRuns },
  );
}

describe.each(bothKinds())('A ledger $kind', (kind) => {
  it('answers like its model after any writes and restarts', { timeout: 240_000 }, async () => {
    await expect(runs(kind, kind.kind === 'in a file' ? 150 : 40)).resolves.toBeUndefined();
  });
});
