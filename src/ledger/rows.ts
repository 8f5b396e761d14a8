/** Rows as JSON text and back, the same in any database. */
import type { GroupRow, MemberRef, TesterRow } from '../vendors/vendor.js';

type DateField = { [Field in keyof GroupRow]-?: Date extends GroupRow[Field] ? Field : never }[keyof GroupRow];

// Complete by its type. Dates come back by the field's name: by their look, texts in `attributes` would turn into dates too.
const dateFields = Object.keys({
  createdAt: true,
  updatedAt: true,
  federationApprovedAt: true,
} satisfies Record<DateField, true>) as readonly DateField[];

/** A row as text. `undefined` is left out, a Date becomes its ISO text. */
export function toText(row: GroupRow | TesterRow): string {
  return JSON.stringify(row);
}

/** A member as text: what a group names it by and no more, since the rest of a user's row would grow stale here. */
export function toMemberText({ type, path, vendorId }: MemberRef): string {
  return JSON.stringify({ type, path, vendorId });
}

/** A group's row as it was, its own dates as dates again. */
export function toGroupRow(text: string): GroupRow {
  const row = JSON.parse(text) as GroupRow;
  const dates = dateFields.flatMap((field) => {
    const value: unknown = row[field];
    return typeof value === 'string' ? [[field, new Date(value)] as const] : [];
  });
  return { ...row, ...Object.fromEntries(dates) };
}

/** A tester's row as it was; it has no dates. */
export function toTesterRow(text: string): TesterRow {
  return JSON.parse(text) as TesterRow;
}

/** A member as a group names it. */
export function toMember(text: string): MemberRef {
  return JSON.parse(text) as MemberRef;
}

/** A name as a column holds it: ordinary text as it is, with what a database would cut or blur escaped, so that no two fall together. */
export function toColumn(name: string): string {
  return JSON.stringify(name).slice(1, -1);
}

/** The name that `toColumn` wrote. */
export function fromColumn(column: string): string {
  return JSON.parse(`"${column}"`) as string;
}
