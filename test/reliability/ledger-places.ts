import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { Client } from 'pg';
import { afterAll, beforeAll } from 'vitest';
import { startPostgres, type PostgresServer } from '../support/postgres.js';

/** A kind of ledger: where a fresh one lies, and a way to its tables past it. */
export interface Kind {
  readonly kind: string;
  fresh(): Promise<string>;
  /** Carries out statements that both kinds understand, and answers the rows of the last. */
  sql(place: string, ...statements: readonly string[]): Promise<Record<string, unknown>[]>;
}

let directory: string;
let server: PostgresServer;
let files = 0;

const embedded: Kind = {
  kind: 'in a file',
  fresh: async () => join(directory, `${files++}.db`),
  sql: async (place, ...statements) => {
    const database = new Database(place);
    const answers = statements
      .map((text) => database.prepare(text))
      .map((each) => (each.reader ? each.all() : each.run()));
    database.close();
    return answers.at(-1) as Record<string, unknown>[];
  },
};

const shared: Kind = {
  kind: 'in PostgreSQL',
  fresh: () => server.databaseUrl(),
  sql: async (place, ...statements) => {
    const client = new Client({ connectionString: place, options: '-c search_path=rollcall' });
    await client.connect();
    const answers = [];
    for (const text of statements) answers.push(await client.query(text));
    await client.end();
    return answers.at(-1)?.rows ?? [];
  },
};

/** Both, for a file of tests whose promises hold for both. */
export function bothKinds(): readonly Kind[] {
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'ledger-'));
    server = await startPostgres();
  });
  afterAll(async () => {
    rmSync(directory, { recursive: true });
    await server.close();
  });
  return [embedded, shared];
}
