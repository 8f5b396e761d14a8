import { stringify } from 'csv-stringify/sync';
import type { Cell, Column, Row } from './columns.js';

/** Writes one file, from its first byte to its last. */
export interface Encoder {
  begin(): string;
  rows(rows: readonly Row[]): string;
  end(): string;
}

/** How one wants a CSV. */
export interface CsvOptions {
  /** Whether what a spreadsheet would take for a formula is marked as text. */
  readonly guard: boolean;
  /** Whether it begins with a byte order mark, by which Excel knows UTF-8. */
  readonly bom: boolean;
}

export interface Format {
  readonly name: 'csv' | 'json' | 'ndjson';
  readonly contentType: string;
  readonly disposition: 'attachment' | 'inline';
  readonly description: string;
  open(columns: readonly Column[], options: CsvOptions): Encoder;
}

export const formats: readonly Format[] = [
  {
    name: 'csv',
    contentType: 'text/csv; charset=utf-8; header=present',
    disposition: 'attachment',
    description: 'RFC 4180: UTF-8, a header, CRLF; null is empty, times are ISO 8601 in UTC, booleans true and false.',
    open: csv,
  },
  {
    name: 'json',
    contentType: 'application/json; charset=utf-8',
    disposition: 'inline',
    description: 'One array of objects.',
    open: json,
  },
  {
    name: 'ndjson',
    contentType: 'application/x-ndjson; charset=utf-8',
    disposition: 'inline',
    description: 'One object a line.',
    open: ndjson,
  },
];

/** What makes a spreadsheet take a cell for a formula. */
const runs = /^[=+\-@\t\r]/;
const byteOrderMark = '\uFEFF';
/** Where a delimiter is named, csv-stringify would leave a lone CR or LF unquoted: a new line to most readers. */
const lineRules = { record_delimiter: '\r\n', quote_record_delimiter: true };

function csv(columns: readonly Column[], { guard, bom }: CsvOptions): Encoder {
  const lines = (records: readonly (readonly string[])[]) => stringify([...records], lineRules);
  const text = (cell: Cell) => {
    if (typeof cell !== 'string') return cell === null ? '' : String(cell);
    return guard && runs.test(cell) ? `'${cell}` : cell;
  };
  return {
    begin: () => (bom ? byteOrderMark : '') + lines([columns.map(({ name }) => name)]),
    rows: (rows) => lines(rows.map((row) => row.map(text))),
    end: () => '',
  };
}

function json(columns: readonly Column[]): Encoder {
  const object = objectWriter(columns);
  let isFirst = true;
  return {
    begin: () => '[',
    rows: (rows) =>
      rows
        .map((row) => {
          const separator = isFirst ? '\n' : ',\n';
          isFirst = false;
          return separator + object(row);
        })
        .join(''),
    end: () => '\n]\n',
  };
}

function ndjson(columns: readonly Column[]): Encoder {
  const object = objectWriter(columns);
  return { begin: () => '', rows: (rows) => rows.map((row) => `${object(row)}\n`).join(''), end: () => '' };
}

function objectWriter(columns: readonly Column[]): (row: Row) => string {
  const keys = columns.map(({ name }) => `${JSON.stringify(name)}:`);
  return (row) => `{${row.map((cell, at) => keys[at]! + JSON.stringify(cell)).join(',')}}`;
}
