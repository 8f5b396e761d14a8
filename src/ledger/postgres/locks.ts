import { setTimeout as pause } from 'node:timers/promises';
import type { Lock } from '../journal.js';
import { lockNumber } from './lock-number.js';
import type { Connection, Session } from './session.js';

/** How long until a lock is asked for again: at first, and at most. */
const [SOON_MS, LATEST_MS] = [2, 20];
/** Longer than whoever waits takes to ask again. */
const YIELD_MS = 2 * LATEST_MS;

/** Names that one at a time holds, in all processes that share the database. */
export class Locks {
  /** Who has a name or waits for it here. A session is given its own lock again, so that two here would both hold it. */
  readonly #here = new Map<string, Promise<void>>();
  /** Names that others waited for when they were released here. */
  readonly #yielded = new Set<string>();

  constructor(private readonly session: Session) {}

  async lock(name: string, waitMs: number): Promise<Lock | null> {
    const until = performance.now() + waitMs;
    const done = await this.#turnHere(name, until);
    if (!done) return null;
    try {
      if (this.#yielded.has(name)) await pause(Math.min(YIELD_MS, waitMs));
      const connection = await this.#taken(name, until);
      if (connection) return this.#held(connection, name, done);
    } catch (error) {
      done();
      throw error;
    }
    done();
    return null;
  }

  /** What ends the turn; null when it did not come in time. */
  async #turnHere(name: string, until: number): Promise<(() => void) | null> {
    for (let other = this.#here.get(name); other; other = this.#here.get(name)) {
      const left = until - performance.now();
      if (left <= 0) return null;
      await Promise.race([other, pause(Math.min(left, 1000), undefined, { ref: false })]);
    }
    // In the same step, since all who wait here go on at the same moment.
    return this.#enter(name);
  }

  #enter(name: string): () => void {
    let leave = () => {};
    this.#here.set(name, new Promise((resolve) => (leave = resolve)));
    return () => {
      this.#here.delete(name);
      leave();
    };
  }

  /** The connection that holds the name; null when it was not to be had in time. */
  async #taken(name: string, until: number): Promise<Connection | null> {
    const connection = await this.session.connection();
    try {
      return (await taken(connection, name, until)) ? connection : null;
    } catch {
      // Whatever it may hold by now, nobody would release. The next one may do as well.
      connection.lose();
      const next = await this.session.connection();
      return (await taken(next, name, until)) ? next : null;
    }
  }

  #held(connection: Connection, name: string, done: () => void): Lock {
    let isReleased = false;
    return {
      get isHeld() {
        return !isReleased && !connection.isLost;
      },
      release: async () => {
        if (isReleased) return;
        isReleased = true;
        if (await released(connection, name)) this.#yield(name);
        done();
      },
    };
  }

  /** Lets those who wait elsewhere ask first. Here the next would ask before any of them, time and again. */
  #yield(name: string): void {
    this.#yielded.add(name);
    setTimeout(() => this.#yielded.delete(name), YIELD_MS).unref();
  }
}

const numberOf = (name: string) => lockNumber(`name ${name}`);
const waitingFor = (name: string) => lockNumber(`waiting for ${name}`);

async function taken(connection: Connection, name: string, until: number): Promise<boolean> {
  if (await tried(connection, name)) return true;
  const waiting = [waitingFor(name)];
  await connection.query('select pg_advisory_lock_shared($1)', waiting);
  try {
    for (let ms = SOON_MS; performance.now() < until; ms = Math.min(2 * ms, LATEST_MS)) {
      await pause(Math.min(ms * (0.5 + Math.random() / 2), until - performance.now()));
      if (await tried(connection, name)) return true;
    }
    return false;
  } finally {
    if (!connection.isLost) await connection.query('select pg_advisory_unlock_shared($1)', waiting);
  }
}

async function tried(connection: Connection, name: string): Promise<boolean> {
  const [answer] = await connection.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [
    numberOf(name),
  ]);
  return answer?.taken === true;
}

/** Frees the name; whether others wait for it. Where that fails, the name is free with the connection. */
async function released(connection: Connection, name: string): Promise<boolean> {
  try {
    // Whoever waits shares a second lock, which only then cannot be had alone.
    const [answer] = await connection.query<{ alone: boolean }>(
      `select pg_advisory_unlock($1), case when pg_try_advisory_lock($2) then pg_advisory_unlock($2) else false end as alone`,
      [numberOf(name), waitingFor(name)],
    );
    return answer?.alone === false;
  } catch {
    connection.lose();
    return false;
  }
}
