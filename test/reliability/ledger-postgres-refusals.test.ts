import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LedgerError } from '../../src/ledger/ledger.js';
import { journalAt, ledgerAt } from '../../src/ledger/open.js';
import { anIntent } from '../support/ledger-writer.js';
import { password, startPostgres, type PostgresServer } from '../support/postgres.js';

let server: PostgresServer;
let url: string;

beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.close());
beforeEach(async () => {
  url = await server.databaseUrl();
});

async function sql<Row extends object>(text: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<Row>(text);
  await client.end();
  return rows;
}

/** The address with something of it replaced; what people are told of it never holds the user or the password. */
function changed(change: (address: URL) => void): string {
  const address = new URL(url);
  change(address);
  return address.href;
}

async function listening(onConnection: (socket: Socket) => void) {
  const listener = createServer((socket) => onConnection(socket.on('error', () => {})));
  await once(listener.listen(0, '127.0.0.1'), 'listening');
  const { port } = listener.address() as AddressInfo;
  return { port, close: () => new Promise((resolve) => listener.close(resolve)) };
}

const placeOf = (address: string) => address.replace(/:\/\/.*@/, '://');

/** The sentences of refusal, for writers and for readers: alike, and without any secret, wherever one might look. */
async function refusal(address: string): Promise<string> {
  const [error, again]: unknown[] = await Promise.all(
    [ledgerAt, journalAt].map((open) => open(address).catch((reason: unknown) => reason)),
  );
  expect(error).toBeInstanceOf(LedgerError);
  expect((again as Error).message).toBe((error as Error).message);
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const all = `${cause.stack} ${JSON.stringify(cause)} ${JSON.stringify(Object.getOwnPropertyDescriptors(cause))}`;
    for (const secret of [password, encodeURIComponent(password), 'rollcall:']) expect(all).not.toContain(secret);
  }
  return (error as Error).message;
}

describe('A shared ledger that cannot be opened says in one sentence which and what to do, and keeps the password', () => {
  it('when nobody listens there', async () => {
    const { port, close } = await listening(() => {});
    await close();
    const address = changed((it) => (it.port = `${port}`));

    expect(await refusal(address)).toBe(
      `The ledger ${placeOf(address)} cannot be reached: look whether the database runs there, and whether this machine may connect to it.`,
    );
  });

  it('when the name of the host is unknown', async () => {
    expect(await refusal(changed((it) => (it.hostname = 'nowhere.invalid')))).toMatch(
      /^The ledger postgres:\/\/nowhere\.invalid:\d+\/db\d+ cannot be reached: look/,
    );
  });

  it('when whoever listens there is no database, or says nothing', async () => {
    for (const answer of ['HTTP/1.1 400 Bad Request\r\n\r\n', '']) {
      const { port, close } = await listening((socket) => socket.on('data', () => answer && socket.end(answer)));
      const began = performance.now();

      expect(await refusal(changed((it) => (it.port = `${port}`)))).toMatch(
        /^The ledger postgres:\S* cannot be reached: look/,
      );

      expect(performance.now() - began).toBeLessThan(6000);
      await close();
    }
  });

  it('when it does not let us in', async () => {
    expect(await refusal(changed((it) => (it.password = 'wrong')))).toMatch(
      /^The ledger \S+ does not let this process in: put another user or password at `ledger`/,
    );
    expect(await refusal(changed((it) => (it.username = 'nobody')))).toMatch(/does not let this process in/);
  });

  it('when there is no such database', async () => {
    expect(await refusal(changed((it) => (it.pathname = '/none')))).toMatch(
      /^The ledger postgres:\/\/127\.0\.0\.1:\d+\/none does not exist: create the database/,
    );
  });

  it('when TLS is asked for and not to be had', async () => {
    expect(await refusal(changed((it) => it.searchParams.set('sslmode', 'require')))).toMatch(
      /^The ledger \S+ cannot be reached over TLS: look at its certificate, and at sslmode at `ledger`/,
    );
  });

  it('when its address is none', async () => {
    for (const address of [
      `postgres://rollcall:${password}@`,
      `postgres://rollcall:${encodeURIComponent(password)}@host:port/db`,
      `${url}?sslrootcert=/none`,
    ]) {
      expect(await refusal(address)).toMatch(/^The ledger postgres:\/\/… has an address that cannot be read: write/);
    }
  });

  it('when its user may not make what it needs, and works where the schema was made for him', async () => {
    const [role, secret] = [`guest${Date.now()}`, 'pass'];
    await sql(`create role ${role} login password '${secret}'`);
    const address = changed((it) => Object.assign(it, { username: role, password: secret }));

    await expect(ledgerAt(address)).rejects.toThrow(
      'does not let its user create or use the schema `rollcall`: grant that',
    );

    await sql(`create schema rollcall authorization ${role}`);
    const ledger = await ledgerAt(address);
    await ledger.begin([anIntent('k')]);
    await ledger.close();
  });

  it('when it keeps texts in another encoding', async () => {
    const name = new URL(url).pathname.slice(1);
    await sql(`create database ${name}latin encoding 'LATIN1' template template0 lc_collate 'C' lc_ctype 'C'`);

    expect(await refusal(changed((it) => (it.pathname += 'latin')))).toMatch(
      /keeps its texts as LATIN1: create a database with the encoding UTF8/,
    );
  });

  it('when the schema is that of another program, and leaves it as it is', async () => {
    await sql('create schema rollcall; create table rollcall.songs (title text)');

    expect(await refusal(url)).toMatch(/has a schema `rollcall` of another program: name another database/);

    expect(await sql("select tablename from pg_tables where schemaname = 'rollcall'")).toEqual([
      { tablename: 'songs' },
    ]);
  });

  it('when a newer version made it, and leaves it as it is', async () => {
    await (await ledgerAt(url)).close();
    await sql('update rollcall.ledger set version = 99');

    expect(await refusal(url)).toMatch(
      /was written by a newer Rollcall \(its version is 99, this one knows 1\): start the newer/,
    );

    expect(await sql('select version from rollcall.ledger')).toEqual([{ version: 99 }]);
  });

  it('when it can only be read', async () => {
    await (await ledgerAt(url)).close();
    const ledger = await ledgerAt(url);
    await sql(`alter database ${new URL(url).pathname.slice(1)} set default_transaction_read_only = on`);

    await expect(ledgerAt(url)).rejects.toThrow('can only be read, like a standby: name the primary');

    const journal = await journalAt(url);
    await journal.close();
    await ledger.close();
  });
});
