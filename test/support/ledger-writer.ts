/**
 * Facts for the tests of the ledger; and, run as a program, a writer to be killed:
 * `ledger-writer.ts FILE NAME COUNT` prints the number of each batch of facts once `remember` has answered.
 */
import { writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openLedger } from '../../src/ledger/sqlite.js';
import type { Fact, GroupRow, MemberRef, TesterRow } from '../../src/vendors/vendor.js';

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

/** What a writer remembers at once: a group, a tester, and the one in the other. */
export function batch(writer: string, number: number): readonly Fact[] {
  const id = `${writer}-${number}`;
  return [
    { kind: 'group', row: aGroup(id) },
    { kind: 'tester', row: aTester(id) },
    membership(aGroup(id), aMember(id)),
  ];
}

/** Root may read everything. Given up only here, when all that is read to get so far has been read. */
function becomeNobody(): void {
  if (process.getuid?.() !== 0) return;
  process.setgid!(65_534);
  process.setuid!(65_534);
}

async function write(file: string, writer: string, count: number): Promise<void> {
  if (process.env['AS_NOBODY']) becomeNobody();
  const ledger = await openLedger(file);
  for (let number = 1; number <= count; number++) {
    await ledger.remember('updraft', 'writer', batch(writer, number), new Date());
    writeSync(1, `${number}\n`);
  }
  await ledger.close();
}

if (process.argv[1] === writerFile) {
  const [file = '', writer = '', count = ''] = process.argv.slice(2);
  await write(file, writer, Number(count)).catch((error: Error) => {
    writeSync(2, `${error.name}: ${error.message}\n`);
    process.exitCode = 1;
  });
}
