import { describe, expect, it } from 'vitest';
import { vendors } from '../../src/vendors/all.js';
import { schema, tableUnder } from './documents.js';
import { callsIn, callsOf, nameless, sorted } from './vendor-calls.js';

describe('the table of endpoints', () => {
  const [heads, ...rows] = tableUnder('README.md', '## What is asked of whom');
  const prefixes = rows.find(([name]) => name === '_addresses begin with_')!;
  const columns = vendors.map(({ kind, title }) => ({ kind, title }));

  it('has a column for each vendor', () => {
    expect(heads!.slice(1)).toEqual(columns.map(({ title }) => title));
  });

  it.each(columns)('has what $kind/rest.ts calls, and nothing else', async ({ kind, title }) => {
    const column = heads!.indexOf(title);
    const prefix = prefixes[column]!.replaceAll('`', '');
    const cells = rows.filter((row) => row !== prefixes).map((row) => row[column]!);
    const told = cells.flatMap((cell) => callsIn(cell, prefix));

    expect(sorted(told.map(nameless))).toEqual(sorted((await callsOf(kind)).map(nameless)));
  });

  it('has every field of the root that asks a vendor, and every mutation', () => {
    const named = new Set(rows.flat().flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name!)));
    const plural = (name: string) => (named.has(`${name}s`) ? `${name}s` : name);
    const elsewhere = ['node', 'nodes', 'source', 'sources', 'memberships', 'ledgerEntry'];
    const fields = [
      ...Object.keys(schema.getQueryType()!.getFields()),
      ...Object.keys(schema.getMutationType()!.getFields()),
    ];

    expect(fields.filter((field) => !named.has(plural(field)) && !elsewhere.includes(field))).toEqual([]);
  });
});
