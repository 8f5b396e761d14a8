import { randomUUID } from 'node:crypto';
import { lockNumber } from './lock-number.js';
import type { Connection } from './session.js';

/** How long nobody is called dead after a connection was lost: others lost theirs with it, and come back as this one did. */
const COMING_BACK_MS = 3_000;

/** Who of those that share a ledger is alive: each holds a lock on a name of its own, as long as its connection lives. */
export class Presence {
  readonly writer = randomUUID();
  readonly #shownOn = new WeakSet<Connection>();
  #first: Connection | null = null;

  /** Says that this one is alive, on every new connection and then from time to time. */
  async show(connection: Connection): Promise<void> {
    this.#first ??= connection;
    const values = [lockNumber(this.writer)];
    // It may be held still by a connection that was lost here, and the database has not missed yet.
    const text = this.#shownOn.has(connection)
      ? 'select $1::bigint as held'
      : 'select pg_try_advisory_lock($1) as held';
    const [answer] = await connection.query<{ held: unknown }>(text, values);
    if (answer?.held !== false) this.#shownOn.add(connection);
  }

  /** Those of the others that hold no lock on their name. */
  async ended(connection: Connection, writers: readonly string[]): Promise<string[]> {
    if (connection !== this.#first && performance.now() - connection.since < COMING_BACK_MS) return [];
    const rows = await connection.query<{ writer: string }>(
      `
      select writer from unnest($1::text[], $2::bigint[]) as asked (writer, number)
      where not exists (
        select from pg_locks
        where locktype = 'advisory' and granted and objsubid = 1
          and database = (select oid from pg_database where datname = current_database())
          and classid::bigint = (number >> 32) & 4294967295 and objid::bigint = number & 4294967295
      )`,
      [writers, writers.map(lockNumber)],
    );
    return rows.map(({ writer }) => writer);
  }
}
