import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import type { Ledger } from '../../src/ledger/ledger.js';
import { openLedger } from '../../src/ledger/sqlite.js';
import {
  refKey,
  type Fact,
  type GroupRow,
  type GroupType,
  type MemberRef,
  type Path,
  type Ref,
  type TesterRow,
} from '../../src/vendors/vendor.js';

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

/** The same promises in a few lines: what was written last, and who was put in first. */
class Model {
  readonly groups = new Map<string, { row: GroupRow; writtenAt: Date }>();
  readonly testers = new Map<string, { row: TesterRow; writtenAt: Date }>();
  readonly memberships = new Map<string, { group: Ref; member: MemberRef; writtenAt: Date }>();

  remember(facts: readonly Fact[], writtenAt: Date): void {
    for (const fact of facts) {
      if (fact.kind === 'group') this.groups.set(refKey(fact.row), { row: fact.row, writtenAt });
      else if (fact.kind === 'tester') this.testers.set(refKey(fact.row), { row: fact.row, writtenAt });
      else {
        const key = refKey(fact.group) + refKey(fact.member);
        if (!this.memberships.has(key)) this.memberships.set(key, { ...fact, writtenAt });
        const known = this.groups.get(refKey(fact.group));
        if (known) this.groups.set(refKey(fact.group), { ...known, writtenAt });
      }
    }
  }
}

const text = fc.string({
  unit: fc.constantFrom('a', ' ', '"', '\\', '\u0000', '\ud83d', '\ude00', '😀', '\u2028', 'é'),
});
// JSON writes -0 as 0.
const json = fc.jsonValue().map((value): unknown => JSON.parse(JSON.stringify(value)));
const date = fc.date({ noInvalidDate: true });
const groupRef = fc.constantFrom(...groupRefs);
const fact: fc.Arbitrary<Fact> = fc.oneof(
  fc
    .tuple(
      groupRef,
      fc.record({
        name: text,
        vendorId: text,
        createdAt: fc.option(date),
        attributes: fc.dictionary(text, json),
      }),
    )
    .map(([ref, fields]): Fact => ({ kind: 'group', row: { ...ref, ...fields, project: null } })),
  fc
    .tuple(fc.constantFrom(...paths), text)
    .map(([path, email]): Fact => ({ kind: 'tester', row: { type: 'Tester', path, vendorId: path.join(), email } })),
  fc
    .tuple(groupRef, fc.constantFrom(...members))
    .map(([group, member]): Fact => ({ kind: 'membership', group, member })),
);
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ source: fc.constantFrom(...sources), facts: fc.array(fact, { maxLength: 8 }), at: date }),
  },
  { weight: 1, arbitrary: fc.constant('restart' as const) },
);

const byText = (a: unknown, b: unknown) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

async function expectSame(ledger: Ledger, source: string, model: Model): Promise<void> {
  expect((await ledger.groups(source)).toSorted(byText)).toEqual([...model.groups.values()].toSorted(byText));
  expect((await ledger.testers(source)).toSorted(byText)).toEqual([...model.testers.values()].toSorted(byText));

  const all = [...model.memberships.values()];
  const told = await ledger.members(source, groupRefs);
  expect(told.size).toBe(groupRefs.length);
  for (const ref of groupRefs) {
    expect(await ledger.group(source, ref)).toEqual(model.groups.get(refKey(ref)) ?? null);
    const expected = all.filter(({ group }) => refKey(group) === refKey(ref));
    expect(told.get(refKey(ref))?.toSorted(byText)).toEqual(
      expected.map(({ member, writtenAt }) => ({ member, writtenAt })).toSorted(byText),
    );
  }
  for (const member of members) {
    const expected = all.filter((membership) => refKey(membership.member) === refKey(member));
    expect((await ledger.groupsOf(source, member)).toSorted(byText)).toEqual(
      expected.map(({ group }) => group).toSorted(byText),
    );
  }
}

const directory = mkdtempSync(join(tmpdir(), 'ledger-'));

afterAll(() => rmSync(directory, { recursive: true }));

it('answers like its model after any writes and restarts', { timeout: 120_000 }, async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const file = join(directory, `${run++}.db`);
      const models = new Map(sources.map((source) => [source, new Model()]));
      let ledger = await openLedger(file);
      for (const each of steps) {
        if (each === 'restart') {
          await ledger.close();
          ledger = await openLedger(file);
        } else {
          await ledger.remember(each.source, 'ann', each.facts, each.at);
          models.get(each.source)?.remember(each.facts, each.at);
        }
      }
      for (const [source, model] of models) await expectSame(ledger, source, model);
      await ledger.close();
    }),
    { numRuns: 150 },
  );
});
