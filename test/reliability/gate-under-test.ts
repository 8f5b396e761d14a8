import { setMaxListeners } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '../../src/http/gate/clock.js';
import { Gate } from '../../src/http/gate/gate.js';
import { Refused, type Operation, type Pass, type Ticket } from '../../src/http/gate/ticket.js';

/** A clock that stands still until it is moved. */
export interface StandingClock extends Clock {
  /** Lets so much time pass; timers act at their time, and what they lead to is done before the next. */
  pass(ms: number): Promise<void>;
  /** How many timers are set. */
  readonly timers: number;
}

export function standingClock(random: () => number = () => 0): StandingClock {
  let now = 1_000;
  const timers = new Set<{ readonly at: number; readonly act: () => void }>();
  return {
    now: () => now,
    random,
    get timers() {
      return timers.size;
    },
    after(ms, act) {
      const timer = { at: now + ms, act };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    async pass(ms) {
      const end = now + ms;
      for (;;) {
        const [next] = [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        now = next ? Math.max(now, next.at) : end;
        if (!next) break;
        timers.delete(next);
        next.act();
        await turn();
      }
      await turn();
    },
  };
}

export interface GateUnderTest {
  readonly gate: Gate;
  readonly clock: StandingClock;
}

export function gateOf(places: number, perMinute: number | null = null, random?: () => number): GateUnderTest {
  const clock = standingClock(random);
  return { gate: new Gate(places, perMinute, clock), clock };
}

/** The gate of a source that has answered well this moment, and may be asked by many at once. */
export function trusted(under: GateUnderTest): GateUnderTest {
  const operation = { hasBegun: true, isOver: false };
  const admission = { era: 0, isProbe: false };
  under.gate.note({ operation, timeoutMs: 5_000, since: under.clock.now(), age: 0, admission }, 'good');
  return under;
}

export function operation(): Operation & { isOver: boolean } {
  return { hasBegun: false, isOver: false };
}

/** What has become of one who asked to be let through. */
export interface Asked {
  readonly pass: Pass | null;
  /** The refusal's code and seconds, or whatever else ended the wait. */
  readonly refused: unknown;
}

const nobodyLeaves = new AbortController().signal;
setMaxListeners(0, nobodyLeaves);

/** Asks for a way in; what it gives is filled in as things happen. */
export function ask(
  gate: Gate,
  of: Operation = operation(),
  ticket: Partial<Ticket> & { patience?: number } = {},
): Asked {
  const { patience = Infinity, timeoutMs = 5_000, signal = nobodyLeaves } = ticket;
  const asked: { pass: Pass | null; refused: unknown } = { pass: null, refused: null };
  const entered = async () => gate.enter({ operation: of, patienceMs: () => patience, timeoutMs, signal });
  entered().then(
    (pass) => (asked.pass = pass),
    (error: unknown) => (asked.refused = error instanceof Refused ? [error.code, error.retryAfterSeconds] : error),
  );
  return asked;
}

/** Ends a call that was let through: it was answered well unless something else is said. */
export function end(gate: Gate, { pass }: Asked, how: 'good' | 'bad' | 'silent' | 'dropped' = 'good'): void {
  if (!pass) throw new Error('it was not let through');
  if (how !== 'dropped') gate.note(pass, how);
  gate.leave(pass, how === 'silent' || how === 'dropped' ? how : 'answered');
}
