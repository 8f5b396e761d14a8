import { VendorError } from '../../http/errors.js';
import type { Request } from '../request.js';
import type { InputCheck, Named } from './input-check.js';
import { ofVendor } from './user-errors.js';

/**
 * A name may be used again, and a federated group may bear the name of another: where the id says more than the address
 * does, the group that it means must have been seen before anything is sent.
 */
export async function mayBeEdited(request: Request, check: InputCheck, group: Named): Promise<boolean> {
  const { source, ref } = group;
  const { parts, optional = 0 } = source.adapter.paths[ref.type]!;
  if (optional === 0 || ref.path.length < parts.length) return true;
  const whom = `${source.title} (source ${source.name})`;
  const unknown = `${whom} does not know this group, or has another one under its name.`;
  const federated = `${whom} only mirrors this group: edit it in the team that it is from.`;
  try {
    const known = await request.readsAnew(source).get('groups', ref.path, ref.type);
    if (known && known.row.editable !== false) return true;
    check.refuse(known ? 'UNSUPPORTED_BY_VENDOR' : 'NOT_FOUND', group, known ? federated : unknown);
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    check.tell({ ...ofVendor(error), target: group.id });
  }
  return false;
}
