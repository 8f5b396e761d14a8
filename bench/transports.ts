/**
 * What the 128 reads of "all groups with every member" cost the process that sends them, over each transport: milliseconds of
 * the processor for one round, the transports in turns within one run. `tsx bench/transports.ts [rounds]`; the vendors are a
 * process of their own, which is this file again.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { openPort, type TransportKind } from '../src/http/ports/open.js';

const kinds: readonly TransportKind[] = ['cross-fetch', 'undici'];
const sockets = 32;
const warmUp = 20;

interface Person {
  readonly id: number;
  readonly name: string;
  readonly email: string;
  readonly is_active: boolean;
  readonly role_id: number;
}

const person = (id: number): Person => ({
  id,
  name: `Person Number ${id}`,
  email: `person.number.${id}@example.com`,
  is_active: true,
  role_id: 3,
});
const people = (count: number) => Array.from({ length: count }, (_, nr) => person(nr));

/** What is read, as it lies at the vendors: a list of groups, two pages of users, and 125 lists of groups and members. */
const answers: readonly string[] = [
  JSON.stringify({ groups: Array.from({ length: 250 }, (_, id) => ({ id, name: `Group ${id}`, user_ids: ids(id) })) }),
  ...[1, 2].map(() => JSON.stringify({ users: people(250) })),
  ...Array.from({ length: 125 }, () => JSON.stringify({ list: people(80) })),
];

function ids(group: number): number[] {
  return Array.from({ length: 20 }, (_, nr) => (group * 7 + nr) % 500);
}

async function serve(): Promise<void> {
  const bodies = answers.map((answer) => Buffer.from(answer));
  const server = createServer(({ url }, response) => {
    const body = bodies[Number(url!.slice(1))]!;
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
}

async function compare(rounds: number): Promise<void> {
  const vendors = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(import.meta.url), 'serve'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = (await once(vendors.stdout, 'data')) as [Buffer];
  const origin = `http://127.0.0.1:${Number(String(said))}`;
  const ports = kinds.map((kind) => ({
    kind,
    port: openPort(sockets, kind),
    spent: [] as number[],
    took: [] as number[],
  }));
  for (let round = -warmUp; round < rounds; round++) {
    for (const { port, spent, took } of ports) {
      const cpu = process.cpuUsage();
      const began = performance.now();
      await allReads(origin, port);
      const { user, system } = process.cpuUsage(cpu);
      if (round < 0) continue;
      spent.push((user + system) / 1_000);
      took.push(performance.now() - began);
    }
  }
  const kilobytes = Math.round(answers.reduce((sum, answer) => sum + answer.length, 0) / 1_024);
  process.stdout.write(
    `${answers.length} reads, ${kilobytes} KiB of JSON, ${sockets} sockets, ${rounds} rounds, in ms:\n`,
  );
  for (const { kind, port, spent, took } of ports) {
    const figures = [mean(spent), middle(spent), middle(took)].map((ms) => ms.toFixed(1).padStart(8));
    process.stdout.write(
      `${kind.padEnd(12)} cpu mean${figures[0]}  cpu median${figures[1]}  elapsed median${figures[2]}\n`,
    );
    port.close();
  }
  vendors.kill();
}

/** As many at once as there are sockets, as a source's places would have it; each parsed. */
async function allReads(origin: string, port: ReturnType<typeof openPort>): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < answers.length) {
      const { signal } = new AbortController();
      const headers = {
        accept: 'application/json',
        'content-type': 'application/json',
        authorization: 'Basic eHg6eHg=',
      };
      const answer = await port.send(`${origin}/${next++}`, { method: 'GET', headers, signal, onSent: () => {} });
      JSON.parse((await answer.body(1 << 24)).text());
    }
  };
  await Promise.all(Array.from({ length: sockets }, lane));
}

const mean = (list: readonly number[]) => list.reduce((sum, one) => sum + one, 0) / list.length;
const middle = (list: readonly number[]) => list.toSorted((a, b) => a - b)[list.length >> 1]!;

const [what = '200'] = process.argv.slice(2);
if (what === 'serve') await serve();
else await compare(Number(what));
