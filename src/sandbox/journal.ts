import type { BoxRequest } from '../vendors/boxed.js';
import type { Fault } from './fault-rules.js';

/** One request as it came over the wire, and what became of it. It is noted when its body has ended or broken off. */
export interface JournalEntry extends BoxRequest {
  /** 1 for the server's first request, without gaps. */
  readonly sequence: number;
  /** The body as JSON; undefined when there is none, or when it is not JSON. */
  readonly json: unknown;
  /** False when the client broke off before the end of the body; such a request is never handled. */
  readonly complete: boolean;
  /** When it was noted, in milliseconds since 1970. */
  readonly at: number;
  /** The fault that was chosen for it. */
  readonly fault: Fault['mode'] | null;
  /** Whether the box has handled it, whatever the client came to hear. */
  readonly applied: boolean;
  /** The status that was sent; null as long as none was. */
  readonly status: number | null;
  /** When that status was sent. */
  readonly answeredAt: number | null;
}

/** The entry as the server writes it. */
export type OpenEntry = { -readonly [Key in keyof JournalEntry]: JournalEntry[Key] };

/** What a request brings to its entry. */
export type Arrival = BoxRequest & Pick<JournalEntry, 'complete'>;

/** The requests of one server in the order in which they were complete; the oldest go when there are more than `limit`. */
export class Journal {
  readonly entries: OpenEntry[] = [];
  private sequence = 0;

  constructor(private readonly limit = Infinity) {}

  note(arrival: Arrival): OpenEntry {
    const entry: OpenEntry = {
      ...arrival,
      sequence: ++this.sequence,
      json: parsed(arrival.body),
      at: Date.now(),
      fault: null,
      applied: false,
      status: null,
      answeredAt: null,
    };
    this.entries.push(entry);
    if (this.entries.length > this.limit) this.entries.shift();
    return entry;
  }
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
