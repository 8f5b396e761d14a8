/** How a database is reached: within which bounds, with which promises, and what people are told of where it is. */
import { Client, Pool, types, type ClientBase, type ClientConfig } from 'pg';
import { LedgerError } from '../ledger.js';

/** A connection or a free place in the pool is there by then, or the database cannot be reached. */
const CONNECT_MS = 2_000;
/** No statement of ours takes as long unless it waits for a lock or the disk. The server ends it first, then we. */
const STATEMENT_MS = 4_000;
const ANSWER_MS = 5_000;
/** How long the server looks for a client that is gone without a word, before it frees what that held: about 25 s. */
const GONE_CLIENT = 'set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3;';
/** Whatever the server's defaults are: what was answered is on its disk, and sees what others committed meanwhile. */
const PROMISES = "set synchronous_commit = on; set default_transaction_isolation = 'read committed';";

const INT8 = 20;

/** `postgres://host:port/database`, without who connects with what. */
export function placeOf(url: string): string {
  try {
    const { host, port, database } = new Client({ connectionString: url });
    return `postgres://${host.includes(':') ? `[${host}]` : host}:${port}/${database}`;
  } catch {
    // What the parser says holds the address, and so the password.
    throw new LedgerError(
      'postgres://…',
      'has an address that cannot be read: write postgres://user:password@host:port/database, special characters as %XX',
    );
  }
}

/** Connections for statements that take a moment each. */
export function poolAt(url: string, { mayWrite }: { readonly mayWrite: boolean }): Pool {
  const pool = new Pool({
    ...configOf(url),
    min: 1,
    idleTimeoutMillis: 60_000,
    onConnect: prepared(mayWrite ? PROMISES : `${PROMISES} set default_transaction_read_only = on;`),
  });
  // An idle connection that breaks is replaced when the next one is needed; unheard, its error would end the process.
  pool.on('error', () => {});
  return pool;
}

/** One connection for what is held as long as it lives. */
export async function connectedAt(url: string): Promise<Client> {
  const client = new Client(configOf(url));
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query(PROMISES + GONE_CLIENT);
    return client;
  } catch (error) {
    void client.end().catch(() => {});
    throw error;
  }
}

function prepared(settings: string): (client: ClientBase) => void {
  return (client) => {
    // The pool hears only those that are idle; whoever uses one is told by its statement.
    client.on('error', () => {});
    // The pool waits for it, though its type does not say so.
    return client.query(settings) as unknown as void;
  };
}

function configOf(url: string): ClientConfig {
  return {
    connectionString: url,
    application_name: 'rollcall',
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    query_timeout: ANSWER_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    types: {
      // Our 64-bit numbers are moments and counts, which a number holds.
      getTypeParser: (oid, format) => (oid === INT8 ? Number : types.getTypeParser(oid, format as 'text')),
    },
  };
}
