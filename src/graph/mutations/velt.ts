import type { AddVeltUserGroupsInput, VeltUserGroupInput } from '../../../schema/velt-group.js';
import type { Ref } from '../../vendors/vendor.js';
import { formatId } from '../global-id.js';
import type { InputCheck, Named } from './input-check.js';
import { answersOf, type Mutation } from './mutation.js';

const oddId = 'A groupId must have 1 to 256 characters, none of them a control character.';

export const addVeltUserGroups: Mutation<AddVeltUserGroupsInput> = {
  payload: 'GroupsPayload',
  intend({ check }, input) {
    const organization = check.id(['organization'], input.organization, { type: 'Organization', vendor: 'VELT' });
    const groups = organization && newGroups(check, organization, input.groups);
    if (!groups) return null;
    const { source, ref } = organization;
    const asked = input.groups.map(({ groupId, groupName = null }) => ({ groupId, groupName }));
    return {
      is: 'steps',
      source,
      expects: null,
      plan: [source.adapter.commands.createUserGroups!(ref.path, asked, input.createOrganization === true)],
      items: groups,
      writes: 'group',
      show: (carried) => ({
        groups: answersOf(carried)
          .flatMap(({ facts }) => facts)
          .flatMap((fact) => (fact.kind === 'group' ? fact.row : [])),
      }),
    };
  },
};

/** The groups that are asked for, each under the id that it will have. */
function newGroups(
  check: InputCheck,
  { source, ref }: Named,
  asked: readonly VeltUserGroupInput[],
): readonly Named[] | null {
  if (asked.length === 0) return check.wrong(['groups'], 'There must be at least one group.');
  const ids = new Set<string>();
  const groups = asked.map(({ groupId, groupName }, at): Named | null => {
    const field = ['groups', String(at), 'groupId'];
    const nameField = ['groups', String(at), 'groupName'];
    const group: Ref = { type: 'VeltUserGroup', path: [ref.path[0]!, groupId] };
    const isNamed = groupName === null || groupName === undefined || check.name(nameField, groupName) !== null;
    if (!check.fits(field, source, group, oddId)) return null;
    if (ids.size === ids.add(groupId).size) return check.wrong(field, 'This groupId is named before: name each once.');
    return isNamed ? { field, id: formatId(source.name, group.type, group.path), source, ref: group } : null;
  });
  return groups.every((group) => group !== null) ? groups : null;
}
