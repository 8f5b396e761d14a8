import type { Ledger } from '../../src/ledger/ledger.js';
import type { Fact, GroupRow, MemberRef, TesterRow } from '../../src/vendors/vendor.js';

/** When groups and testers were written, and when their memberships were. */
export const written = new Date('2026-01-02T03:04:05.678Z');
export const later = new Date('2026-02-03T04:05:06.789Z');

const ring: GroupRow = {
  type: 'UpdraftDistributionGroup',
  path: ['55'],
  vendorId: '55',
  name: 'Beta ring',
  project: ['901'],
};
const lost: GroupRow = { ...ring, path: ['56'], vendorId: '56', name: 'Of an app that is gone', project: ['999'] };
/** It bears the number of a distribution group: nobody says that the two count together. */
const leads: GroupRow = {
  type: 'UpdraftPermissionGroup',
  path: ['55'],
  vendorId: '55',
  name: 'Leads',
  organization: ['13'],
  project: null,
  projects: [['902'], ['901']],
};

const tester = (id: string): TesterRow => ({
  type: 'Tester',
  path: [id],
  vendorId: id,
  email: `tester-${id}@example.com`,
});
const member = (type: MemberRef['type'], id: string): MemberRef => ({ type, path: [id], vendorId: id });
const joined = ({ type, path }: GroupRow, one: MemberRef): Fact => ({
  kind: 'membership',
  group: { type, path },
  member: one,
});

/** What was written to Updraft through here: two distribution groups, a permission group, and who is in them. */
export async function rememberUpdraft(ledger: Ledger): Promise<void> {
  const rows = [ring, lost, leads].map((row): Fact => ({ kind: 'group', row }));
  const testers = ['700', '1001'].map((id): Fact => ({ kind: 'tester', row: tester(id) }));
  await ledger.remember('updraft', 'local', [...rows, ...testers], written);
  const inRing = ['1001', '700', '700'].map((id) => joined(ring, member('Tester', id)));
  const inLeads = ['1', '999'].map((id) => joined(leads, member('User', id)));
  await ledger.remember('updraft', 'local', [...inRing, ...inLeads], later);
}
