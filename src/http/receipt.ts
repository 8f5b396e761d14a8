/** What became of one call on the wire, filled in as it happens. */
export interface Receipt {
  /** How often it was put on the wire: twice after a renewed token, or where a read was sent again. */
  attempts: number;
  /** The statuses of the attempts before the last one; null for one that got no answer. */
  readonly earlier: (number | null)[];
  /** Whether it was sent again because the connection failed. */
  retried: boolean;
  /** Whether its first byte can have left. */
  sent: boolean;
  /** The status of an answer that came whole, whatever was in it. */
  status: number | null;
  /** The status as soon as the answer began. */
  head: number | null;
  durationMs: number | null;
  waitedMs: number;
  quotaLeft: number | null;
  /** What the vendor said when it refused: for the log only. */
  words: string | null;
}

export function newReceipt(): Receipt {
  return {
    attempts: 0,
    retried: false,
    earlier: [],
    sent: false,
    status: null,
    head: null,
    durationMs: null,
    waitedMs: 0,
    quotaLeft: null,
    words: null,
  };
}
