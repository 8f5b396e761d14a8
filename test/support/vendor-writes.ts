import type { FaultRule, Fault } from '../../src/sandbox/fault-rules.js';
import type { JournalEntry } from '../../src/sandbox/journal.js';
import type { SandboxServer } from '../../src/sandbox/server.js';
import type { BoxRequest } from '../../src/vendors/boxed.js';
import { entries } from './journal.js';

/** Neither a read, which at Velt is a POST too, nor a call for a token. */
export function isWrite({ method, target }: BoxRequest): boolean {
  return method !== 'GET' && !target.endsWith('/service_token') && !target.endsWith('/get');
}

/** What a vendor was asked to write after a mark, in the order in which it came. */
export function writesAt(server: SandboxServer, after = 0): readonly JournalEntry[] {
  return entries(server, after).filter(isWrite);
}

/** A fault that strikes writes alone: all of them, unless `times` says how many. */
export function atWrites(fault: Fault & Pick<FaultRule, 'times' | 'applied'>): FaultRule {
  return { ...fault, match: isWrite };
}
