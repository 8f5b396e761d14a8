import type { GraphQLResolveInfo } from 'graphql';
import type { Path } from '../vendors/vendor.js';
import type { Request } from './request.js';
import { fieldsBelow } from './selection.js';
import type { Source } from './sources.js';

/** What only a user's own row tells. */
const details = ['name', 'email', 'username', 'status', 'kind', 'role', 'projects'];

/** Whether the operation asks of users among the members of groups what their ids do not tell. `steps` lead from this field to the groups. */
export function asksForPeople(info: GraphQLResolveInfo, ...steps: readonly string[]): boolean {
  return [['nodes'], ['edges', 'node']].some((way) => {
    const asked = fieldsBelow(info, [...steps, ...way], 'User');
    return details.some((field) => asked.has(field));
  });
}

/**
 * The members of groups will be asked who they are: where a group names them by their ids alone, the list that tells it starts
 * beside the groups, not after them. `scope` is that of the groups' list; null: all of them.
 */
export function foreseePeople(request: Request, source: Source, scope: Path | null): void {
  const { users, groups, members } = source.adapter;
  if (members !== 'carried' || !('within' in users) || !('within' in groups)) return;
  const isAlike = users.within === groups.within || JSON.stringify(users.within) === JSON.stringify(groups.within);
  if (scope === null) request.reads(source).foresee('users', null);
  else if (isAlike) request.reads(source).foresee('users', scope);
}
