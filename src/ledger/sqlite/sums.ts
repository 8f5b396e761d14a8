/** What a row is known again by: a disk may change what it keeps, and neither it nor SQLite would notice. */
import { crc32 } from 'node:zlib';
import { intentColumns, stateColumns, type Tables } from '../tables.js';

type Name = keyof Tables;

/** A row, or a part of one. */
export type Values = Readonly<Record<string, unknown>>;

/** A row that is not as it was written. */
export class DamagedRow extends Error {
  override readonly name = 'DamagedRow';

  constructor(table: string, seq: unknown) {
    super(typeof seq === 'number' ? `row ${seq} of its table ${table}` : `a row of its table ${table}`);
  }
}

/** Columns that are written together, by the column that holds their sum. */
const parts: Readonly<Record<Name, Readonly<Record<string, readonly string[]>>>> = {
  groups: { row_sum: ['source', 'key', 'row', 'caller'], written_sum: ['written_at'] },
  testers: { row_sum: ['source', 'key', 'row', 'caller'], written_sum: ['written_at'] },
  memberships: { row_sum: ['source', 'group_key', 'member_key', 'member', 'caller', 'written_at'] },
  entries: {
    intent_sum: intentColumns,
    state_sum: stateColumns,
    answer_sum: ['answer'],
  },
};

/** The columns that hold the sums of all that can be summed over these. */
export function sumColumns(table: Name, columns: readonly string[]): string[] {
  return Object.entries(parts[table]).flatMap(([sum, summed]) =>
    summed.every((column) => columns.includes(column)) ? [sum] : [],
  );
}

/** Values to be written, with their sums. */
export function sealed<Given extends object>(table: Name, given: Given): Given {
  const values = given as Values;
  const sums = sumColumns(table, Object.keys(values)).map((sum) => [sum, sumOf(table, sum, values)]);
  return { ...given, ...Object.fromEntries(sums) };
}

/**
 * A row as it was written, from its texts as bytes. What an earlier version wrote has no sum, and is taken as it is; so is,
 * with a mark in its place, what is no text any more in a column that nothing is summed over here.
 */
export function unsealed(table: Name, row: Values): Values {
  const values = Object.fromEntries(Object.entries(row).map(([column, value]) => [column, toValue(value)]));
  for (const sum of Object.keys(parts[table])) {
    const kept = values[sum] ?? null;
    if (kept !== null && kept !== sumOf(table, sum, values)) throw new DamagedRow(table, values['seq']);
  }
  return values;
}

/** A text that is none any more has other bytes than it was summed with, whatever stands in their place. */
const texts = new TextDecoder('utf-8', { ignoreBOM: true });

function toValue(value: unknown): unknown {
  return value instanceof ArrayBuffer ? texts.decode(value) : value;
}

/** CRC-32 finds every change of up to 32 bits in a row, and of others all but one in four thousand million. */
function sumOf(table: Name, sum: string, values: Values): number {
  const summed = parts[table][sum]!.map((column) => values[column] ?? null);
  // Neither JSON nor a name as a column holds it has a NUL in it.
  return crc32(
    summed.map((value) => (typeof value === 'string' ? `'${value}` : `${value as number | null}`)).join('\0'),
  );
}
