import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Opened, Order } from './process.js';

/** Vendors in a process of their own, as the bench sees them. */
export interface Company extends Opened {
  /** How many requests came so far, without those for tokens. */
  requests(): Promise<number>;
  setLatency(ms: number): Promise<void>;
  close(): Promise<void>;
}

/** Those of the comparison. */
export function startCompany(): Promise<Company> {
  return start([]);
}

/** Those of the sandbox that list their groups, with so many memberships. */
export function startVendors(memberships: number): Promise<Company> {
  return start([String(memberships)]);
}

async function start(args: readonly string[]): Promise<Company> {
  const program = fileURLToPath(new URL('process.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', program, ...args], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [opened] = (await once(child, 'message')) as [Opened];
  const tell = async (order: Order) => {
    child.send(order);
    const [{ requests }] = (await once(child, 'message')) as [{ requests: number }];
    return requests;
  };
  return {
    ...opened,
    requests: () => tell({}),
    setLatency: async (latencyMs) => void (await tell({ latencyMs })),
    async close() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill();
      await ended;
    },
  };
}
