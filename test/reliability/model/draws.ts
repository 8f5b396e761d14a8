/** What the commands are drawn from. */
import fc from 'fast-check';
import { again, byHand, dryRun, edit, late, look, pass, restart, settle, together } from './commands.js';
import type { Command, Draft } from './commands.js';
import { company, nobody, type Member, type ModelVendor, type Place } from './vendors.js';
import { isSilent, silence, type Done, type Mishap } from './wire.js';
import { mostLatencyMs } from './world.js';

/** One of two groups has most of what happens, so that more of it meets. */
const place = fc.constantFrom<Place[]>(0, 0, 0, 1);
const person: fc.Arbitrary<Member> = fc.nat({ max: company.length - 1 });
const anybody = fc.oneof({ weight: 12, arbitrary: person }, { weight: 1, arbitrary: fc.constant(nobody) });
const caller = fc.constantFrom('ann', 'ben');
/** So few that they meet again. */
const key = fc.constantFrom('k1', 'k2', 'k3', null, null);
const which = fc.nat(50);

/** Who is put in may be somebody whom the vendor refuses, where that is all that goes wrong. */
function draft({ values }: ModelVendor, entering = person, leaving = person): fc.Arbitrary<Draft> {
  const some = (of: fc.Arbitrary<Member>, minLength: number) => fc.uniqueArray(of, { minLength, maxLength: 4 });
  const plain = { place, value: fc.constant(0), counts: fc.constant('not' as const), members: fc.constant([]) };
  const counts = fc.constantFrom<Draft['counts'][]>('not', 'rightly', 'wrongly');
  const value = fc.nat({ max: Math.max(0, values.length - 1) });
  return fc.oneof(
    { weight: 4, arbitrary: fc.record({ ...plain, does: fc.constant('add' as const), members: some(entering, 1) }) },
    { weight: 3, arbitrary: fc.record({ ...plain, does: fc.constant('remove' as const), members: some(leaving, 1) }) },
    {
      weight: 2,
      arbitrary: fc.record({ ...plain, does: fc.constant('set' as const), members: some(entering, 0), counts }),
    },
    {
      weight: values.length > 0 ? 1 : 0,
      arbitrary: fc.record({ ...plain, does: fc.constant('change' as const), value }),
    },
  );
}

const nth = fc.constantFrom(0, 0, 0, 1, 2);
const done = fc.constantFrom<Done[]>('never', 'at once', 'later', 'later');
const lost = (at: fc.Arbitrary<number>, ...by: readonly string[]): fc.Arbitrary<Mishap> =>
  fc.record({
    is: fc.constant('a lost answer' as const),
    nth: at,
    done,
    by: fc.constantFrom(...by),
    blind: fc.constantFrom(false, false, true),
  });
const lostSoon = lost(nth, 'a reset', 'a 500', 'an early end');
const refusal: fc.Arbitrary<Mishap> = fc.record({
  is: fc.constant('a refusal'),
  nth,
  status: fc.constantFrom(400, 403, 429),
});
const badRead: fc.Arbitrary<Mishap> = fc.record({
  is: fc.constant('a bad read'),
  code: fc.constantFrom('VENDOR_BAD_RESPONSE', 'VENDOR_UNAVAILABLE'),
});
const stranger: fc.Arbitrary<Mishap> = fc.record({
  is: fc.constant('a stranger'),
  undoes: fc.boolean(),
  flips: fc.option(person, { nil: null }),
});
const kill: fc.Arbitrary<Mishap> = fc.oneof(
  fc.record({
    is: fc.constant('a kill'),
    at: fc.constantFrom('before begin', 'after begin', 'before finish', 'after finish'),
  }),
  fc.record({ is: fc.constant('a kill'), at: fc.constant('a write'), nth, done }),
);
const fullDisk: fc.Arbitrary<Mishap> = fc.record({
  is: fc.constant('a full disk'),
  at: fc.constantFrom('begin', 'finish'),
});

/** Of one edit alone, where it can be told what comes of it. */
function mishap({ edits }: ModelVendor): fc.Arbitrary<Mishap> {
  return fc.oneof(
    { weight: 10, arbitrary: lostSoon },
    { weight: 1, arbitrary: lost(fc.constant(0), silence) },
    { weight: 4, arbitrary: refusal },
    { weight: 2, arbitrary: badRead },
    // Velt's answer says what was done, and not who is in the group then.
    { weight: edits === 'in one call' ? 0 : 6, arbitrary: stranger },
    { weight: 8, arbitrary: kill },
    { weight: 4, arbitrary: fullDisk },
  );
}

/** A short deadline is kept of one call only. */
function fitting(what: Draft, how: Mishap): Draft {
  const [member = 0] = what.members;
  if (!isSilent(how) || what.does === 'change') return what;
  return { ...what, does: what.does === 'remove' ? 'remove' : 'add', members: [member] };
}

/** Several edits at once, at a vendor that is well or not. */
export function bursts(vendor: ModelVendor, isTwice = fc.constantFrom(false, false, true)): fc.Arbitrary<Command> {
  // Whom one puts into a list while another takes him out of it, the vendor may never see.
  const parts = (entering: fc.Arbitrary<Member>) =>
    fc.array(fc.record({ draft: draft(vendor, entering), caller, isTwice }), { minLength: 2, maxLength: 4 });
  const latencyMs = fc.constantFrom(0, mostLatencyMs);
  const well = fc.tuple(parts(anybody), fc.constant(null), latencyMs);
  const badly = fc.tuple(parts(person), fc.oneof(lostSoon, refusal, kill, fullDisk), latencyMs);
  return fc.oneof(well, badly).map(([several, how, ms]) => together(several, how, ms));
}

/** Edits one by one: what each comes to is known in advance. */
function edits(vendor: ModelVendor, how: fc.Arbitrary<Mishap> | null): fc.Arbitrary<Command> {
  if (!how)
    return fc.record({ draft: draft(vendor, anybody, anybody), caller, key, mishap: fc.constant(null) }).map(edit);
  const badly = fc.record({ draft: draft(vendor), caller, key, mishap: how });
  return badly.map((drawn) => edit({ ...drawn, draft: fitting(drawn.draft, drawn.mishap) }));
}

/** Left without an answer, to be done later. */
const lie: Mishap = { is: 'a lost answer', nth: 0, done: 'later', by: 'a reset', blind: false };

/** Edits, some of which the vendor lets lie. */
export function lateness(vendor: ModelVendor): fc.Arbitrary<Command>[] {
  return [edits(vendor, null), edits(vendor, fc.constant(lie)), fc.constant(late)];
}

/** Changes of groups themselves, some of which the vendor lets lie. */
export function lateChanges({ values }: ModelVendor): fc.Arbitrary<Command>[] {
  const value = fc.nat({ max: values.length - 1 });
  const changes = fc.record({ place, value, how: fc.constantFrom(null, lie) });
  const plain = { does: 'change', members: [], counts: 'not' } as const;
  return [changes.map(({ how, ...at }) => edit({ draft: { ...plain, ...at }, caller: 'ann', key: null, mishap: how }))];
}

/** All that can happen. */
export function everything(vendor: ModelVendor): fc.Arbitrary<Command>[] {
  const [well, badly] = [edits(vendor, null), edits(vendor, mishap(vendor))];
  const burst = bursts(vendor);
  const repeats = fc.tuple(which, fc.constantFrom(true, true, false), fc.constantFrom(1, 2, 3));
  const hands = fc.tuple(place, fc.uniqueArray(person, { minLength: 1, maxLength: 2 }));
  const rehearsals = fc.tuple(draft(vendor), key);
  const settling = fc.boolean().map(settle);
  return [
    ...[well, well, well, badly, badly, badly, burst, burst, burst, settling, settling],
    ...[repeats.map((drawn) => again(...drawn)), hands.map((drawn) => byHand(...drawn))],
    ...[rehearsals.map((drawn) => dryRun(...drawn)), which.map(look)],
    ...[late, late, late, pass, restart].map((one) => fc.constant(one)),
  ];
}
