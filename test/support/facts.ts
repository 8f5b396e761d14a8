import type { Fact, GroupRow, Path } from '../../src/vendors/vendor.js';

/** What the ledger is told, as if it had been written through here. Ids are the vendors' own. */

type Told<Kind> = Extract<Fact, { readonly kind: Kind }>;

export function distributionGroup(id: string, name: string, project: string): Told<'group'> {
  return {
    kind: 'group',
    row: { type: 'UpdraftDistributionGroup', path: [id], vendorId: id, name, project: [project] },
  };
}

export function permissionGroup(id: string, name: string, organization: string): Told<'group'> {
  const row = { path: [id], vendorId: id, name, organization: [organization], project: null } as const;
  return { kind: 'group', row: { type: 'UpdraftPermissionGroup', ...row } };
}

export function veltGroup(organization: string, id: string, name: string): Told<'group'> {
  const row = { path: [organization, id], vendorId: id, name, organization: [organization], project: null } as const;
  return { kind: 'group', row: { type: 'VeltUserGroup', ...row } };
}

export function tester(id: string, email: string): Told<'tester'> {
  return { kind: 'tester', row: { type: 'Tester', path: [id], vendorId: id, email } };
}

/** Somebody in a group: a tester or a user by the address of one. */
export function membership({ row: group }: { readonly row: GroupRow }, type: 'Tester' | 'User', path: Path): Fact {
  return { kind: 'membership', group, member: { type, path, vendorId: path.at(-1)! } };
}
