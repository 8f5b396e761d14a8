/** A Redis server of its own on a free port of this machine; Debian's `redis-server`, which npm does not have. */
import { spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

export interface RedisServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** Whether this machine has one. Where it has not, whoever needs it is skipped aloud. */
export const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

export async function startRedis(port?: number): Promise<RedisServer> {
  const at = port ?? (await freePort());
  const args = ['--bind', '127.0.0.1', '--port', String(at), '--save', '', '--appendonly', 'no'];
  const server = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  await new Promise<void>((resolve, reject) => {
    server.stdout.on('data', (bytes) => (said += String(bytes)).includes('Ready to accept connections') && resolve());
    server.once('close', () => reject(new Error(`redis-server ended: ${said}`)));
  });
  return {
    url: `redis://127.0.0.1:${at}`,
    async stop() {
      if (server.exitCode !== null || server.signalCode !== null) return;
      server.kill('SIGKILL');
      await once(server, 'close');
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
