import type { Ref } from '../../vendors/vendor.js';
import type { Listed } from '../paged-list.js';

/** The members of rows that are times. */
const times = ['createdAt', 'updatedAt', 'federationApprovedAt'] as const;

/** A whole list as a text that another process can read. */
export function writtenDown({ rows, readAt, pages }: Listed<Ref>): string {
  return JSON.stringify({ rows, readAt, pages });
}

/** Null where it is no such text. */
export function readBack(text: string): Listed<Ref> | null {
  const read = parsed(text) as { rows?: unknown; readAt?: unknown; pages?: unknown } | null;
  if (!read || !Array.isArray(read.rows) || typeof read.readAt !== 'string' || typeof read.pages !== 'number')
    return null;
  const rows = read.rows.map(withTimes);
  return { rows, readAt: new Date(read.readAt), pages: read.pages, ended: true, error: null, unknown: [], stale: null };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function withTimes(row: Ref & Record<string, unknown>): Ref {
  const changed = times.filter((name) => typeof row[name] === 'string');
  if (changed.length === 0) return row;
  return { ...row, ...Object.fromEntries(changed.map((name) => [name, new Date(row[name] as string)])) };
}
