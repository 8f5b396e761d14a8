import { Ending, type Signal } from '../../http/ending.js';
import { VendorError } from '../../http/errors.js';
import { keyOfCall, type RestCall } from '../../http/rest-call.js';
import type { Session } from '../../http/session.js';
import { Passing } from '../../memory/passing.js';
import type { Freshness } from './freshness.js';

/** Reads of one source that are under way: whoever asks for one of them waits for it, in whatever request. */
export class Flights {
  readonly #underWay = new Passing<string, Flight<unknown>>();

  /** Nobody joins what has begun before this moment. */
  cut(): void {
    this.#underWay.clear();
  }

  async read<T>(call: RestCall<T>, session: Session, { now, maxAgeMs }: Freshness): Promise<T> {
    if (session.planned) return session.read(call);
    const address = keyOfCall(call);
    const flight = this.#underWay.get(address) as Flight<T> | undefined;
    if (flight && maxAgeMs > 0 && now - flight.began <= maxAgeMs) {
      session.found('shared');
      try {
        return await flight.join(session);
      } catch (error) {
        if (!isOfItsLeader(error)) throw error;
      }
    }
    return this.#begin(address, call, session).join(session);
  }

  #begin<T>(address: string, call: RestCall<T>, session: Session): Flight<T> {
    const flight: Flight<T> = new Flight(
      (waiting) => session.lead(call, waiting),
      () => {
        if (this.#underWay.get(address) === flight) this.#underWay.delete(address);
      },
    );
    this.#underWay.set(address, flight as Flight<unknown>);
    return flight;
  }
}

/** One read that several wait for. It goes on as long as one of them does. */
class Flight<T> {
  readonly began = Date.now();
  readonly #end = new Ending();
  readonly #answer: Promise<T>;
  #waiting = 0;
  #isOver = false;

  /** `over`: told that nobody may join any more. */
  constructor(
    send: (waiting: Signal) => Promise<T>,
    private readonly over: () => void,
  ) {
    const end = () => this.#close();
    this.#answer = send(this.#end);
    this.#answer.then(end, end);
  }

  async join(session: Session): Promise<T> {
    this.#waiting += 1;
    try {
      return await session.waitFor(this.#answer);
    } finally {
      this.#waiting -= 1;
      if (this.#waiting === 0 && !this.#isOver) {
        // Whoever comes while it ends begins another.
        this.#close();
        this.#end.come(() => session.ended);
      }
    }
  }

  #close(): void {
    this.#isOver = true;
    this.over();
  }
}

/** Whether a read failed because of what its first reader may do, which another may do all the same. */
function isOfItsLeader(error: unknown): boolean {
  if (!(error instanceof VendorError) || error.status !== null) return false;
  return ['QUERY_TOO_EXPENSIVE', 'VENDOR_BUSY', 'VENDOR_RATE_LIMITED'].includes(error.code);
}
