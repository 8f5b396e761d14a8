import type { CreateAsaGroupInput } from '../../../schema/asa-group.js';
import type { InputCheck, Named } from './input-check.js';
import { creation, newGroup, type Mutation } from './mutation.js';

export const createAsaGroup: Mutation<CreateAsaGroupInput> = {
  payload: 'GroupPayload',
  intend({ check }, input) {
    const organization = check.id(['organization'], input.organization, { type: 'Organization', vendor: 'OKTA_ASA' });
    const name = organization && addressableName(check, organization, input.name);
    const roles = check.roles(['roles'], input.roles ?? []);
    if (!name || !roles) return null;
    const { source, ref } = organization;
    const group = { name, members: [], roles };
    return creation(source, source.adapter.commands.createGroup!(ref.path, group), newGroup(source, [], group));
  },
};

/** A name that is to be a part of addresses. */
function addressableName(check: InputCheck, { source, ref }: Named, text: string): string | null {
  const field = ['name'];
  const name = check.name(field, text);
  if (!name) return null;
  if (name !== name.trim()) return check.wrong(field, 'A name at ASA must not begin or end with a blank.');
  const group = { type: 'AsaGroup', path: [ref.path[0]!, name] } as const;
  return check.fits(field, source, group, 'A name at ASA must not be . or .. nor have / \\ % ? # in it.') ? name : null;
}
