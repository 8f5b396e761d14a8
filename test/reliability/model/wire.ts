import type { Confirmation, ErrorCode } from '../../../schema/enums.js';
import type { Member } from './vendors.js';

/** Whether the vendor does what it was sent, though its answer does not say so. */
export type Done = 'never' | 'at once' | 'later';

/** What goes wrong with an edit. `nth` counts its writes. */
export type Mishap =
  /** The first read. */
  | { readonly is: 'a bad read'; readonly code: 'VENDOR_BAD_RESPONSE' | 'VENDOR_UNAVAILABLE' }
  | { readonly is: 'a refusal'; readonly status: 400 | 403 | 429; readonly nth: number }
  | LostAnswer
  /** Before the first write is answered, somebody else takes back what it changed, or changes another member, or both. */
  | { readonly is: 'a stranger'; readonly undoes: boolean; readonly flips: Member | null }
  /** The process is killed: at a step of its ledger, or when a write has left. */
  | { readonly is: 'a kill'; readonly at: 'before begin' | 'after begin' | 'before finish' | 'after finish' }
  | { readonly is: 'a kill'; readonly at: 'a write'; readonly nth: number; readonly done: Done }
  | { readonly is: 'a full disk'; readonly at: 'begin' | 'finish' };

export interface LostAnswer {
  readonly is: 'a lost answer';
  readonly nth: number;
  readonly done: Done;
  readonly by: string;
  /** Whether nobody can look what became of it, either. */
  readonly blind: boolean;
}

/** The loss that only a deadline ends. */
export const silence = 'silence';

export function isSilent(mishap: Mishap | null): mishap is LostAnswer {
  return mishap?.is === 'a lost answer' && mishap.by === silence;
}

/** What is said of one member, or of an edit as a whole. */
export type Fate = 'made' | 'unchanged' | ErrorCode;

export type Reply = 'yes' | 'lost' | ErrorCode;

const refusals = { 400: 'VENDOR_REJECTED', 403: 'VENDOR_AUTH', 429: 'VENDOR_RATE_LIMITED' } as const;

/** The writes of one edit, as far as its mishap lets them come. */
export class Wire {
  writes = 0;
  #isKilled = false;
  #isUnknown = false;
  readonly #proofs = new Set<Confirmation>();

  constructor(readonly mishap: Mishap | null) {}

  /** Sends one write. `act` is the vendor's, which may refuse. */
  send(act: () => ErrorCode | void): Reply {
    const { mishap } = this;
    if (this.#isKilled) return 'lost';
    const isHit = mishap !== null && 'nth' in mishap && mishap.nth === this.writes;
    this.writes += 1;
    if (!isHit) return act() ?? 'yes';
    if (mishap.is === 'a refusal') return refusals[mishap.status];
    if (mishap.done === 'at once') act();
    this.#isKilled = mishap.is === 'a kill';
    return 'lost';
  }

  /** What is said of what a write was to bring about, and of which a look shows whether it is so. */
  tell(reply: Reply, isSo: boolean, mustBeRead: boolean): Fate {
    if (reply !== 'yes' && reply !== 'lost') return reply;
    const isSeen = isSo && this.canLook;
    if (reply === 'lost' && !isSeen) {
      this.#isUnknown = true;
      return 'OUTCOME_UNKNOWN';
    }
    if (reply === 'yes' && mustBeRead && this.canLook && !isSo) return 'CONCURRENT_CHANGE';
    this.#proofs.add(reply === 'lost' || (mustBeRead && isSeen) ? 'READ_BACK' : 'VENDOR_RESPONSE');
    return 'made';
  }

  /** Whether the vendor answers who looks at it afterwards. */
  get canLook(): boolean {
    const { mishap } = this;
    return mishap?.is !== 'a bad read' && !(mishap?.is === 'a lost answer' && mishap.blind && this.hasLost);
  }

  /** Whether an answer was lost. */
  get hasLost(): boolean {
    return this.mishap?.is === 'a lost answer' && this.mishap.nth < this.writes;
  }

  get confirmedBy(): Confirmation | null {
    if (this.#isUnknown) return 'UNKNOWN';
    return (['VENDOR_RESPONSE', 'READ_BACK'] as const).find((one) => this.#proofs.has(one)) ?? null;
  }
}
