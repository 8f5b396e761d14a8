/**
 * Facts and intents for the tests of the ledger; and, run as a program, a writer to be killed:
 * `ledger-writer.ts PLACE NAME COUNT` prints the number of each intent once `begin` has answered (`begun 1`), and once
 * `finish` has, with a batch of facts (`done 1`). With HOLD in the environment it holds a lock of that name, begins an intent
 * with that key, says `held` and waits.
 */
import { writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Entry, Intent, Outcome } from '../../src/ledger/journal.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import { ledgerAt } from '../../src/ledger/open.js';
import type { Fact, GroupRow, MemberRef, Ref, TesterRow } from '../../src/vendors/vendor.js';

export const writerFile = fileURLToPath(import.meta.url);

export function aGroup(id: string, name = `Group ${id}`): GroupRow {
  return {
    type: 'UpdraftDistributionGroup',
    path: [id],
    vendorId: id,
    name,
    organization: null,
    project: ['7'],
  };
}

export function aTester(id: string, email = `${id}@example.com`): TesterRow {
  return { type: 'Tester', path: [id], vendorId: id, email };
}

export function aMember(id: string): MemberRef {
  return { type: 'Tester', path: [id], vendorId: id };
}

export function membership(group: GroupRow, member: MemberRef): Fact {
  return { kind: 'membership', group: { type: group.type, path: group.path }, member };
}

export function departure(group: GroupRow, member: MemberRef): Fact {
  return { kind: 'departure', group: { type: group.type, path: group.path }, member };
}

/** What a writer remembers at once: a group, a tester, and the one in the other. */
export function batch(writer: string, number: number): readonly Fact[] {
  const id = `${writer}-${number}`;
  return [
    { kind: 'group', row: aGroup(id) },
    { kind: 'tester', row: aTester(id) },
    membership(aGroup(id), aMember(id)),
  ];
}

export const theGroup: Ref = { type: 'TestRailGroup', path: ['5'] };

/** An intent of Ann's on one group of `testrail`, its id that of its key where none is given. */
export function anIntent(key: string, given: Partial<Intent> = {}): Intent {
  return {
    id: `id of ${key}`,
    caller: 'ann',
    mutation: 'addGroupMembers',
    key,
    fingerprint: `print of ${key}`,
    source: 'testrail',
    group: theGroup,
    createdAt: new Date('2024-01-01T08:00:00.001Z'),
    plan: JSON.stringify({ calls: [key] }),
    ...given,
  };
}

/** What became of it, two seconds after it began. */
export function outcome(intent: Intent, given: Partial<Outcome> = {}): Outcome {
  return {
    intent,
    state: 'DONE',
    finishedAt: new Date(intent.createdAt.getTime() + 2000),
    unsettledSince: null,
    answer: JSON.stringify({ added: [intent.key] }),
    facts: [],
    ...given,
  };
}

/** The entry that an intent is as long as nothing is known of it. */
export function standing(intent: Intent): Entry {
  return { ...intent, state: 'INTENT', finishedAt: null, unsettledSince: null, answer: null };
}

/** The entry that an outcome makes. */
export function entryOf({ intent, state, finishedAt, unsettledSince, answer }: Outcome): Entry {
  return { ...intent, state, finishedAt, unsettledSince, answer };
}

/** Root may read everything. Given up only here, when all that is read to get so far has been read. */
function becomeNobody(): void {
  if (process.getuid?.() !== 0) return;
  process.setgid!(65_534);
  process.setuid!(65_534);
}

async function write(ledger: Ledger, writer: string, count: number): Promise<void> {
  for (let number = 1; number <= count; number++) {
    const intent = anIntent(`${writer}-${number}`, { source: 'updraft', createdAt: new Date() });
    await ledger.begin([intent]);
    writeSync(1, `begun ${number}\n`);
    await ledger.finish([outcome(intent, { facts: batch(writer, number), finishedAt: new Date() })]);
    writeSync(1, `done ${number}\n`);
  }
}

async function hold(ledger: Ledger, name: string): Promise<void> {
  const lock = await ledger.lock(name, 10_000);
  await ledger.begin([anIntent(name)]);
  writeSync(1, lock?.isHeld ? 'held\n' : 'not held\n');
  await pause(60_000);
}

async function run(place: string, writer: string, count: number): Promise<void> {
  if (process.env['AS_NOBODY']) becomeNobody();
  const ledger = await ledgerAt(place);
  await write(ledger, writer, count);
  if (process.env['HOLD']) await hold(ledger, process.env['HOLD']);
  await ledger.close();
}

if (process.argv[1] === writerFile) {
  const [place = '', writer = '', count = ''] = process.argv.slice(2);
  await run(place, writer, Number(count)).catch((error: Error) => {
    writeSync(2, `${error.name}: ${error.message}\n`);
    process.exitCode = 1;
  });
}
