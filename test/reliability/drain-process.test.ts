import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { people } from '../../src/sandbox/people.js';
import { rollcall } from '../support/command-line.js';
import { ask } from '../support/rollcall.js';
import { openService, type Life, type Service } from '../support/service.js';
import { until } from '../support/until.js';

let service: Service;
let life: Life;
const sockets: Socket[] = [];

async function start(sources: object = {}, server: object = {}): Promise<void> {
  const population = { people: people(3), groups: 1, membersPerGroup: 1, projects: 1, awkward: false };
  service = await openService({ population, only: ['testrail'], sources, server });
  life = await service.start();
}
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await service.close();
});

const create = (nth: number) =>
  ask(
    life.url,
    `mutation { addTestRailGroup(input: { organization: "gid://testrail/Organization/testrail", name: "Slow ${nth}" })
      { confirmedBy userErrors { code } } }`,
    {},
    { connection: 'keep-alive' },
  );

const underWay = () => service.sandbox.server('testrail').live.requests;
const port = () => Number(new URL(life.url).port);

/** Opens a connection, says something on it, or nothing, and leaves it open. */
async function rest(words: string): Promise<Socket> {
  const socket = connect(port(), '127.0.0.1')
    .on('error', () => {})
    .resume();
  sockets.push(socket);
  await new Promise((resolve) => socket.once('connect', resolve));
  if (words) {
    socket.write(words);
    await new Promise((resolve) => socket.once('data', resolve));
  }
  return socket;
}

describe('after SIGTERM', () => {
  it(
    'everything begun is answered, also 20 slow mutations; /readyz is 503 at once; the exit code is 0',
    { timeout: 60_000 },
    async () => {
      await start();
      service.sandbox.server('testrail').setLatency(2_000);
      const begun = Promise.all(Array.from({ length: 20 }, (_, nth) => create(nth)));
      await until(() => underWay() === 20, 15_000);

      const ended = life.end('SIGTERM');
      await pause(200);
      const { status, headers } = await fetch(`${life.url}/readyz`);

      expect([status, headers.get('connection')]).toEqual([503, 'close']);
      const answers = await begun;
      expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => 200));
      for (const { data } of answers) {
        expect(data.addTestRailGroup).toEqual({ confirmedBy: 'VENDOR_RESPONSE', userErrors: [] });
      }
      expect(new Set(answers.map((answer) => answer.headers.get('connection')))).toEqual(new Set(['close']));
      expect(await ended).toBe(0);
    },
  );

  it('the listener stays open for 1 s, and requests get in; then nobody does', { timeout: 60_000 }, async () => {
    await start();
    const began = performance.now();
    const ended = life.end('SIGTERM');
    await pause(300);

    expect((await ask(life.url, '{ sources { name } }')).data.sources).toHaveLength(1);
    expect(await ended).toBe(0);

    expect(performance.now() - began).toBeGreaterThan(900);
    await expect(fetch(`${life.url}/healthz`)).rejects.toThrow();
  });

  it(
    'or until the last answer, where that is later: what is new is refused then, and /readyz still answers',
    { timeout: 60_000 },
    async () => {
      await start();
      service.sandbox.server('testrail').setLatency(4_000);
      const begun = create(1);
      await until(() => underWay() === 1, 15_000);

      const ended = life.end('SIGTERM');
      await pause(2_000);
      const refused = await ask(life.url, '{ sources { name } }');
      const ready = await fetch(`${life.url}/readyz`);

      expect([refused.status, refused.headers.get('connection'), ready.status]).toEqual([503, 'close', 503]);
      expect(refused.errors![0]).toMatchObject({ extensions: { code: 'SERVER_BUSY' } });
      expect((await begun).data.addTestRailGroup.userErrors).toEqual([]);
      expect(await ended).toBe(0);
    },
  );

  it('idle connections, kept open or never spoken on, do not delay the end', { timeout: 60_000 }, async () => {
    await start();
    const spoken = 'GET /healthz HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n';
    await Promise.all(Array.from({ length: 50 }, (_, nth) => rest(nth % 2 ? spoken : '')));

    const began = performance.now();
    expect(await life.end('SIGTERM')).toBe(0);

    // The window of a second, and at most another.
    expect(performance.now() - began).toBeLessThan(2_500);
  });

  it(
    'what has not ended when graceSeconds are over is cut, the exit code is 1, and the next start tells it as unknown',
    { timeout: 60_000 },
    async () => {
      await start({ timeoutMs: 20_000 }, { graceSeconds: 2 });
      service.sandbox.server('testrail').fault({ mode: 'hang' });
      const cut = create(1).then(
        () => 'answered',
        () => 'cut',
      );
      await until(() => underWay() === 1, 15_000);

      expect(await life.end('SIGTERM')).toBe(1);

      expect(await cut).toBe('cut');
      expect(life.stderr()).toContain('ending without it');
      service.sandbox.server('testrail').clearFaults();
      life = await service.start();
      const metrics = await (await fetch(`${life.url}/metrics`)).text();
      expect(metrics).toContain('rollcall_ledger_up 1');
      expect(await ledgerStates()).toEqual(['UNKNOWN']);
    },
  );

  it('a second signal ends it at once', { timeout: 60_000 }, async () => {
    await start({ timeoutMs: 20_000 });
    service.sandbox.server('testrail').fault({ mode: 'hang' });
    const cut = create(1).then(
      () => 'answered',
      () => 'cut',
    );
    await until(() => underWay() === 1, 15_000);

    const ended = life.end('SIGTERM');
    await pause(1_000);
    const again = performance.now();
    life.process.kill('SIGINT');

    expect(await ended).toBe(1);
    expect(performance.now() - again).toBeLessThan(2_000);
    expect(await cut).toBe('cut');
  });
});

async function ledgerStates(): Promise<readonly string[]> {
  const { stdout } = await rollcall(['ledger', 'list', '--json', '--config', `${service.folder}/rollcall.yaml`]).ended;
  return stdout
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { state: string }).state);
}
