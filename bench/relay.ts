/**
 * The least that an edit can cost on a machine: a program that takes it by HTTP, reads the list, replaces it and answers, and
 * puts what it does on disk before the write and before the answer. It checks nothing, keeps no order and finds nothing again.
 * `relay.ts FILE` says `relay PORT`; whatever it is sent is an `Edit` as JSON.
 */
import { fdatasyncSync, openSync, writeSync } from 'node:fs';
import { Agent, createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** One member to be added to a list at a vendor. */
export interface RelayedEdit {
  readonly origin: string;
  readonly headers: Readonly<Record<string, string>>;
  /** As a line: the method, and the target. */
  readonly read: string;
  readonly write: string;
  /** What the vendor calls the list. */
  readonly list: string;
  readonly member: number | string;
}

const agent = new Agent({ keepAlive: true });
const journal = openSync(process.argv[2]!, 'w');

const server = createServer((asked, answer) => void relayed(asked, answer));
server.listen(0, '127.0.0.1', () => process.stdout.write(`relay ${(server.address() as AddressInfo).port}\n`));

async function relayed(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
  const edit = JSON.parse(await text(asked)) as RelayedEdit;
  const { name, [edit.list]: list } = JSON.parse(await sent(edit, edit.read)) as Record<string, unknown>;
  const next = JSON.stringify({ name, [edit.list]: [...(list as unknown[]), edit.member] });
  keep(next);
  const changed = await sent(edit, edit.write, next);
  keep(changed);
  answer.end(changed);
}

function keep(words: string): void {
  writeSync(journal, words);
  fdatasyncSync(journal);
}

async function sent({ origin, headers }: RelayedEdit, line: string, body?: string): Promise<string> {
  const [method, target] = line.split(' ') as [string, string];
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const all = { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body ?? '') };
    request(`${origin}${target}`, { method, agent, headers: all })
      .once('response', resolve)
      .once('error', reject)
      .end(body);
  });
  return text(answer);
}
