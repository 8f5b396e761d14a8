/** Every mutation, every way to lose its answer, and where a look at the vendor can show what became of it. */
import type { Fault, FaultRule } from '../../src/sandbox/fault-rules.js';
import { goodEdits } from './crews.js';
import { goodWrites, isWrite, openHouse, type House, type HouseOptions } from './house.js';

export interface Loss {
  readonly what: string;
  readonly fault: Fault & Pick<FaultRule, 'applied'>;
  /** The status that is seen then. */
  readonly status: number | null;
}

/** The vendor has not done it. */
export const notDone: readonly Loss[] = [
  { what: 'never answers', fault: { mode: 'hang' }, status: null },
  { what: 'resets the connection', fault: { mode: 'reset' }, status: null },
  { what: 'closes the connection', fault: { mode: 'fin' }, status: null },
  { what: 'redirects', fault: { mode: 'redirect', location: '/elsewhere' }, status: 307 },
  { what: 'answers 500', fault: { mode: 'status', status: 500 }, status: 500 },
  {
    what: 'answers 503 with Retry-After',
    fault: { mode: 'status', status: 503, headers: { 'retry-after': '1' } },
    status: 503,
  },
];
/** The vendor has not done it, and answers a 2xx that cannot be read. */
export const notDoneUnreadable: readonly Loss[] = [
  { what: 'answers HTML', fault: { mode: 'html' }, status: 200 },
  { what: 'answers no JSON', fault: { mode: 'garbage' }, status: 200 },
  { what: 'answers another shape', fault: { mode: 'wrongshape' }, status: 200 },
];
/** The vendor has done it. */
export const done: readonly Loss[] = [
  { what: 'never answers', fault: { mode: 'lost', by: 'hang' }, status: null },
  { what: 'resets the connection', fault: { mode: 'lost' }, status: null },
  { what: 'cuts its answer', fault: { mode: 'half' }, status: null },
  { what: 'answers 500', fault: { mode: 'status', status: 500, applied: true }, status: 500 },
  { what: 'redirects', fault: { mode: 'redirect', location: '/elsewhere', applied: true }, status: 307 },
];

/** Each mutation of the sandbox, and where it is sent. */
export const everyWrite = [...goodWrites, ...goodEdits];
type Write = (typeof everyWrite)[number];

/** Where a 2xx is documented to carry nothing, none can be unreadable. */
export function answersSomething([mutation, source]: Write): boolean {
  if (mutation === 'addUpdraftUserToPermissionGroups') return false;
  if (mutation === 'deleteGroup') return source === 'tiledesk';
  const isEdit = mutation === 'updateGroup' || mutation.endsWith('GroupMembers');
  return !(isEdit && (source === 'asa' || source === 'updraft'));
}

/** Whether a read is documented that shows what became of it. */
export function canBeSeen([mutation, source]: Write): boolean {
  return source === 'velt' ? mutation.endsWith('GroupMembers') : source !== 'updraft';
}

/** What a status means to that call alone. */
export function codeAt(mutation: string, source: string, status: number): string | undefined {
  if (source === 'testrail' && status === 409) return 'VENDOR_UNAVAILABLE';
  if (mutation !== 'deleteGroup') return undefined;
  if (source === 'testrail' && status === 400) return 'NOT_FOUND';
  return source === 'tiledesk' && status === 403 ? 'VENDOR_REJECTED' : undefined;
}

/** Reads the groups of a source, as somebody does who looks at them before he makes one: older ones are known by that. */
export async function seeGroups(house: House, source: string): Promise<void> {
  await house.ask('query ($sources: [String!]) { groups(filter: { sources: $sources }) { totalCount } }', {
    sources: [source],
  });
}

/** A house where the answers of all that is written to a source are lost. */
export async function openLosing(source: string, { fault }: Pick<Loss, 'fault'>, options: HouseOptions = {}) {
  // What ends only with the deadline.
  const mustWait = fault.mode === 'hang' || (fault.mode === 'lost' && fault.by === 'hang');
  const house = await openHouse({ ...(mustWait && { writeTimeoutMs: 250 }), ...options });
  house.server(source).fault({ ...fault, match: isWrite });
  return house;
}
