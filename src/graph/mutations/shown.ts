import type { Shown, ToldMember } from '../../writes/answer.js';
import type { EditResult, MemberFate } from '../../writes/member-edit.js';

/** The members of an edit as its payload lists them. */
export function shownOf({ fates }: EditResult): Shown {
  const those = (became: MemberFate['became']) => fates.filter((fate) => fate.became === became).map(memberOf);
  return { added: those('added'), removed: those('removed'), unchanged: those('unchanged') };
}

function memberOf({ path, row }: MemberFate): ToldMember {
  return row ?? { type: 'User', path, vendorId: path.at(-1)! };
}
