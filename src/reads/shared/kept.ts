import type { Kept } from '../../memory/shelf.js';
import { refKey, type Ref, type Row } from '../../vendors/vendor.js';
import type { NounName } from '../collections.js';
import type { Known } from '../known.js';
import type { Listed } from '../paged-list.js';
import { sizeOf } from './size-of.js';

/** What a list is of: a noun in a scope, or something that hangs on one row. */
export type ListOf = { readonly noun: NounName } | { readonly name: string; readonly of: Ref };

export interface KeptList extends Kept {
  readonly is: 'list';
  readonly what: ListOf;
  readonly listed: Listed<Ref>;
}

export interface KeptRow extends Kept {
  readonly is: 'row';
  readonly noun: NounName;
  readonly ref: Ref;
  readonly known: Known<Row> | null;
}

/** The rows of a list as rows of their own. */
export function rowsOf(noun: NounName, { listed, at }: KeptList): KeptRow[] {
  const { rows, readAt } = listed;
  return (rows as readonly Row[]).map((row) => {
    const known: Known<Row> = { row, at: readAt!, origin: 'VENDOR' };
    return { is: 'row', noun, ref: row, known, at, bytes: sizeOf([row]) };
  });
}

export function rowKey(noun: NounName, ref: Ref): string {
  return `row ${noun} ${refKey(ref)}`;
}

/** Whether what is read now tells nothing else than what was kept: the very same rows. */
export function isAlike(before: KeptList | KeptRow | undefined, now: KeptList | KeptRow): boolean {
  if (before?.is === 'list' && now.is === 'list') return before.listed.rows === now.listed.rows;
  return before?.is === 'row' && now.is === 'row' && before.known?.row === now.known?.row;
}
