import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './documents.js';

/** Every call of a vendor's `rest.ts`, with the names of its parameters in the places of their values. */
export async function callsOf(kind: string): Promise<string[]> {
  const file = join(root, 'src/vendors', kind, 'rest.ts');
  const rest = (await import(file)) as Record<string, (...values: unknown[]) => { method: string; path: string }>;
  const functions = readFileSync(file, 'utf8').matchAll(/^export function (\w+)\(([\s\S]*?)\): RestCall</gm);
  return [...functions].map(([, name, parameters]) => {
    const values = parameters!
      .split(/,(?![^{]*\})/)
      .filter((parameter) => parameter.trim() !== '')
      .map(placeholder);
    const { method, path } = rest[name!]!(...values);
    return `${method} ${decodeURIComponent(path)}`;
  });
}

/** The calls that a cell of a table names, each with what its vendor's addresses begin with. */
export function callsIn(cell: string, prefix: string): string[] {
  return [...cell.matchAll(/`(GET|POST|PUT|DELETE) ([^`]+)`/g)].map(([, method, path]) => `${method} ${prefix}${path}`);
}

/** A call whatever its parameters are called. */
export const nameless = (call: string) => call.replaceAll(/\{\w+\}/g, '{}');

export const sorted = (texts: readonly string[]) => [...new Set(texts)].toSorted();

function placeholder(parameter: string): unknown {
  const [, name, type] = /^\s*(\w+):\s*([\s\S]+?)\s*$/.exec(parameter)!;
  if (type === 'string') return `{${name}}`;
  return type === 'readonly string[]' ? [] : { organizationUserGroups: [], userIds: [] };
}
