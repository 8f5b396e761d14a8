import { createHash } from 'node:crypto';

/** The number by which PostgreSQL knows an advisory lock of ours: 64 bits, the same for a name in every process, as text. */
export function lockNumber(name: string): string {
  return createHash('sha256').update(`rollcall ${name}`).digest().readBigInt64BE().toString();
}
