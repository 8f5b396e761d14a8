/** The ledger that several processes share: tables in a schema of their own in a PostgreSQL database. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { JournalReader } from './journal.js';
import type { Ledger } from './ledger.js';
import { connectedAt, placeOf, poolAt } from './postgres/connection.js';
import { Locks } from './postgres/locks.js';
import { Presence } from './postgres/presence.js';
import { refusingAt } from './postgres/refusals.js';
import { checkJournal, migrate } from './postgres/schema.js';
import { Session } from './postgres/session.js';
import { postgresStore, withClient } from './postgres/store.js';
import { settleAll } from './settle.js';
import { ledgerOver, readerOver } from './stored.js';

/** How often it is looked whether others have ended. */
const LOOK_MS = 10_000;
/** What does not end in time ends with its process. */
const CLOSE_MS = 2_000;

/** Opens the ledger, making its tables where there are none. What cannot be opened is a `LedgerError` without the password. */
export async function openPostgresLedger(url: string): Promise<Ledger> {
  const place = placeOf(url);
  const pool = poolAt(url, { mayWrite: true });
  const presence = new Presence();
  const session = new Session(
    () => connectedAt(url),
    (connection) => presence.show(connection),
  );
  const store = postgresStore(pool, place, {
    writer: presence.writer,
    ended: async (writers) => {
      try {
        return await presence.ended(await session.connection(), writers);
      } catch {
        // Of whom nothing can be learnt, nobody is called dead.
        return [];
      }
    },
  });
  const close = async () => {
    await inTime(session.close());
    await ended(pool);
  };
  try {
    await refusingAt(place, async () => {
      await withClient(pool, (client) => migrate(client, place));
      await session.connection();
    });
    await settleAll(store);
  } catch (error) {
    await close();
    throw error;
  }
  const stopLooking = every(LOOK_MS, async () => {
    await presence.show(await session.connection());
    await settleAll(store);
  });
  const locks = new Locks(session);
  return {
    ...ledgerOver(store),
    lock: (name, waitMs) => refusingAt(place, () => locks.lock(name, waitMs)),
    isShared: true,
    close: async () => {
      await inTime(stopLooking());
      await close();
    },
  };
}

/** The journal for whoever only looks, beside the processes that write it or without any. */
export async function openPostgresJournal(url: string): Promise<JournalReader> {
  const place = placeOf(url);
  const pool = poolAt(url, { mayWrite: false });
  const store = postgresStore(pool, place, { writer: '', ended: async () => [] });
  try {
    await refusingAt(place, () => withClient(pool, (client) => checkJournal(client, place)));
  } catch (error) {
    await ended(pool);
    throw error;
  }
  return { ...readerOver(store), close: () => ended(pool) };
}

/** A failure is no news: whoever asks meanwhile is told, and the next time comes soon. */
function every(ms: number, act: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    running = running.then(act).catch(() => {});
  }, ms);
  timer.unref();
  return () => {
    clearInterval(timer);
    return running;
  };
}

async function ended(pool: Pool): Promise<void> {
  if (!pool.ended && !pool.ending) await inTime(pool.end());
}

async function inTime(work: Promise<unknown>): Promise<void> {
  await Promise.race([work, pause(CLOSE_MS, undefined, { ref: false })]);
}
