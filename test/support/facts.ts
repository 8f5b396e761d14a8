import type { Fact, GroupRow, Path, TesterRow } from '../../src/vendors/vendor.js';

/** What the ledger is told, as if it had been written through here. Ids are the vendors' own. */

export function distributionGroup(id: string, name: string, project: string): Fact & { readonly row: GroupRow } {
  return {
    kind: 'group',
    row: { type: 'UpdraftDistributionGroup', path: [id], vendorId: id, name, project: [project] },
  };
}

export function permissionGroup(id: string, name: string, organization: string): Fact & { readonly row: GroupRow } {
  const row = { path: [id], vendorId: id, name, organization: [organization], project: null } as const;
  return { kind: 'group', row: { type: 'UpdraftPermissionGroup', ...row } };
}

export function veltGroup(organization: string, id: string, name: string): Fact & { readonly row: GroupRow } {
  const row = { path: [organization, id], vendorId: id, name, organization: [organization], project: null } as const;
  return { kind: 'group', row: { type: 'VeltUserGroup', ...row } };
}

export function tester(id: string, email: string): Fact & { readonly row: TesterRow } {
  return { kind: 'tester', row: { type: 'Tester', path: [id], vendorId: id, email } };
}

/** Somebody in a group: a tester or a user by the address of one. */
export function membership({ row: group }: { readonly row: GroupRow }, type: 'Tester' | 'User', path: Path): Fact {
  return { kind: 'membership', group, member: { type, path, vendorId: path.at(-1)! } };
}
