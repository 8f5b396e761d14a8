import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Sandbox } from '../src/sandbox/sandbox.js';
import type { EditedGroup } from '../test/support/edited-group.js';
import { authorizationOf } from '../test/support/naive.js';
import type { RelayedEdit } from './relay.js';

/** The relay of `relay.ts` as a process of its own. */
export interface Relay {
  add(group: EditedGroup, member: string): Promise<void>;
  close(): Promise<void>;
}

export async function startRelay(sandbox: Sandbox): Promise<Relay> {
  const folder = mkdtempSync(join(tmpdir(), 'relay-'));
  const program = fileURLToPath(new URL('relay.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', program, join(folder, 'journal')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  const url = `http://127.0.0.1:${/^relay (\d+)$/m.exec(String(said))![1]}`;
  return {
    async add({ server, source, wire }, member) {
      const edit: RelayedEdit = {
        origin: server.origin,
        headers: { authorization: authorizationOf(sandbox.sources[source]!) },
        read: wire.read,
        write: wire.write,
        list: wire.list,
        member: wire.own(member),
      };
      const answer = await fetch(url, { method: 'POST', body: JSON.stringify(edit) });
      if (!(await answer.text()).includes(String(edit.member))) throw new Error('the relay did not add the member');
    },
    async close() {
      child.kill();
      await once(child, 'close');
      rmSync(folder, { recursive: true });
    },
  };
}
