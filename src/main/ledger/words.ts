/** Entries of the journal as people and programs read them. */
import type { LedgerState } from '../../../schema/enums.js';
import { formatId } from '../../graph/global-id.js';
import type { Entry } from '../../ledger/journal.js';
import { toldOf } from '../../writes/entry-told.js';

/** Every state, with what it means. */
export const meanings: Readonly<Record<LedgerState, string>> = {
  INTENT: 'it is being carried out, or its process has ended',
  DONE: 'the vendor did it, save what the errors say',
  REFUSED: 'the vendor did nothing of it, and said so',
  UNSENT: 'nothing of it was carried out, and the key is free again',
  UNKNOWN: 'it was sent, and its answer was lost',
};

/** An entry as one line of JSON, with all that can be told of it. */
export function toJsonLine(entry: Entry): string {
  const { id, fingerprint, key, caller, mutation, source, state, createdAt, finishedAt, unsettledSince } = entry;
  const { calls, userErrors, hint } = toldOf(entry);
  const when = { createdAt, finishedAt, unsettledSince };
  const what = { key, caller, mutation, source, group: groupOf(entry), state };
  return `${JSON.stringify({ ...what, ...when, calls, userErrors, hint, id, fingerprint })}\n`;
}

/** The global id of the group that was edited, if it was one. */
export function groupOf({ source, group }: Entry): string | null {
  return group && formatId(source, group.type, group.path);
}

/** Rows of cells under each other, as wide as they need to be. */
export function inColumns(rows: readonly (readonly string[])[]): string {
  const shown = rows.map((row) => row.map(plain));
  const widths = shown[0]?.map((_, column) => Math.max(...shown.map((row) => row[column]!.length))) ?? [];
  const lines = shown.map((row) => row.map((cell, column) => cell.padEnd(widths[column]!)).join('  '));
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
}

/** A text that moves nothing on a terminal, whatever its writer meant it to do. */
export function plain(text: string): string {
  return text.replaceAll(
    /[\p{Cc}\p{Cf}\u2028\u2029]/gu,
    (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`,
  );
}
