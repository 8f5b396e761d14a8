import type { AsaRole, ErrorCode, Vendor } from '../../../schema/enums.js';
import { fitsPattern } from '../../reads/pattern.js';
import type { NodeType, Ref } from '../../vendors/vendor.js';
import { BadInput } from '../bad-input.js';
import { formatId, parseId, type GlobalId } from '../global-id.js';
import type { Complaint } from '../../writes/answer.js';
import type { Source, Sources } from '../sources.js';
import { isGroupType } from '../values.js';

/** A place in the input: the names and positions that lead to it. */
export type Field = readonly string[];

/** Something that the input names, where it stands there, and its global id. */
export interface Named {
  readonly field: Field;
  readonly id: string;
  readonly source: Source;
  readonly ref: Ref;
}

/** What an id must be of. */
export interface Wanted {
  readonly type: NodeType | 'Group';
  readonly vendor?: Vendor;
}

const nameLength = /^.{1,255}$/su;
const longestEmail = 254;
/** How many members an input names where nothing else is said. */
const mostMembers = 250;
/** Control characters, and halves of characters, which no encoding can carry. */
const odd = /[\p{Cc}\p{Cs}]/u;
const email = /^[^\s@]+@[^\s@]+$/u;

/** Looks at an input before any vendor is called. All that is wrong is kept, so that a caller hears of it at once. */
export class InputCheck {
  readonly errors: Complaint[] = [];

  constructor(private readonly sources: Sources) {}

  /** Tells of a value that cannot be meant. */
  wrong(field: Field, message: string): null {
    return this.tell({ code: 'BAD_USER_INPUT', field, message });
  }

  /** Tells of something well-formed that cannot be done. */
  refuse(code: ErrorCode, { field, id, source, ref }: Named, message: string): null {
    const target = isGroupType(ref.type) || ref.type === 'User' ? id : null;
    return this.tell({ code, field, message, target, source: source.name });
  }

  tell(error: Pick<Complaint, 'code' | 'message'> & Partial<Complaint>): null {
    this.errors.push({ field: null, target: null, source: null, retryAfterSeconds: null, ...error });
    return null;
  }

  /** An id of what is wanted there, in a scope that its source serves. */
  id(field: Field, id: string, wanted: Wanted): Named | null {
    const found = this.#parsed(field, id);
    if (!found) return null;
    const { source } = found;
    const ref = found.ref as Ref;
    if (!isWanted(found, wanted)) {
      return this.wrong(
        field,
        `This must be the id of ${shown(wanted)}, not of a ${ref.type} of source ${source.name}.`,
      );
    }
    const named = { field, id, source, ref };
    if (source.adapter.serves(ref)) return named;
    return this.refuse(
      'NOT_FOUND',
      named,
      `${source.title} (source ${source.name}) does not serve what this id names.`,
    );
  }

  /** Groups of one source, this one if it is known already; at least one, and each once. */
  groups(field: Field, ids: readonly string[], type: NodeType, of: Source | null = null): readonly Named[] | null {
    if (ids.length === 0) return this.wrong(field, 'There must be at least one group.');
    const places = firstPlaces(ids);
    let source = of;
    const groups = ids.map((id, at) => {
      const place = [...field, String(at)];
      if (places.get(id)! < at) return this.wrong(place, 'This group is named before: name each once.');
      const group = this.id(place, id, { type });
      source ??= group && group.source;
      if (!group || group.source === source) return group;
      return this.wrong(
        place,
        `This must be the id of a ${type} of source ${source!.name}: all of a call are of one source.`,
      );
    });
    return groups.every((group) => group !== null) ? groups : null;
  }

  /** Users of the source and scope of this group, organization or project; whoever is named again is left out. */
  members(field: Field, ids: readonly string[], of: Named, least: 0 | 1, most = mostMembers): readonly Named[] | null {
    const places = firstPlaces(ids);
    if (places.size < least) return this.wrong(field, 'There must be at least one member.');
    if (places.size > most) {
      return this.wrong(field, `There are ${places.size} members; there may be at most ${most}.`);
    }
    const users = [...places].map(([id, at]) => this.#userOf(of, [...field, String(at)], id));
    return users.every((user) => user !== null) ? users : null;
  }

  /** A name or title, which is sent as it is given. */
  name(field: Field, text: string): string | null {
    if (odd.test(text)) return this.wrong(field, 'A name must not have control characters.');
    if (nameLength.test(text.trim())) return text;
    return this.wrong(field, 'A name must have 1 to 255 characters besides outer blanks.');
  }

  /** Roles that can be given. */
  roles(field: Field, roles: readonly AsaRole[]): readonly AsaRole[] | null {
    const unknown = roles.flatMap((role, at) => (role === 'UNKNOWN' ? [[...field, String(at)]] : []));
    for (const place of unknown) this.wrong(place, 'UNKNOWN stands for roles that came later; it cannot be given.');
    return unknown.length === 0 ? roles : null;
  }

  /** An address that could be one: the vendor knows better. */
  email(field: Field, text: string): string | null {
    if (text.length <= longestEmail && email.test(text) && !odd.test(text)) return text;
    return this.wrong(field, `An e-mail address has one @, no blanks and at most ${longestEmail} characters.`);
  }

  /** Whether the id of what is to be made keeps the vendor's own pattern. */
  fits(field: Field, { adapter }: Source, ref: Ref, message: string): boolean {
    if (fitsPattern(adapter, ref)) return true;
    this.wrong(field, message);
    return false;
  }

  #userOf({ source, ref }: Named, field: Field, id: string): Named | null {
    const found = this.#parsed(field, id);
    if (!found) return null;
    const inScope = found.ref.path.length === 1 || found.ref.path[0] === ref.path[0];
    if (found.source === source && found.ref.type === 'User' && inScope)
      return { field, id, source, ref: found.ref as Ref };
    // Where users have a scope, it stands first in their ids.
    const isScoped = source.adapter.paths.User!.parts.length > 1;
    const scope = isScoped ? `, one that begins with ${formatId(source.name, 'User', ref.path.slice(0, 1))}/` : '';
    return this.wrong(field, `This must be the id of a User of source ${source.name}${scope}.`);
  }

  #parsed(field: Field, id: string): GlobalId | null {
    try {
      return parseId(id, this.sources);
    } catch (error) {
      if (!(error instanceof BadInput)) throw error;
      return this.wrong(field, error.message);
    }
  }
}

/** Each text, and where it comes first. */
function firstPlaces(texts: readonly string[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  for (const [at, text] of texts.entries()) if (!places.has(text)) places.set(text, at);
  return places;
}

function isWanted({ source, ref }: GlobalId, { type, vendor }: Wanted): boolean {
  if (vendor && source.vendor !== vendor) return false;
  return type === 'Group' ? isGroupType(ref.type) : ref.type === type;
}

function shown({ type, vendor }: Wanted): string {
  return `${type === 'Organization' ? 'an' : 'a'} ${type}${vendor ? ` of a source of ${vendor}` : ''}`;
}
