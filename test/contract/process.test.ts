import { existsSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { addressOf, rollcall, type Running } from '../support/command-line.js';
import { ask } from '../support/rollcall.js';

const running: Running[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) {
    one.process.kill('SIGKILL');
    await one.ended;
  }
});

function start(args: readonly string[] = []): Running {
  const started = rollcall(args, { PORT: '0' });
  running.push(started);
  return started;
}

const folder = () => mkdtempSync(join(tmpdir(), 'rollcall-'));

function fileOf(yaml: string): string {
  const file = join(folder(), 'rollcall.yaml');
  writeFileSync(file, yaml);
  return file;
}

const testrail = 'vendor: testrail, url: https://acme.example, user: ana, apiKey: secret-of-the-test';
const sourceOf = (text: string) => fileOf(`sources:\n  t: { ${text} }\n`);

it('the first query is answered within 2 s of the start', { retry: 2 }, async () => {
  const began = performance.now();

  const url = await addressOf(start());
  const { data } = await ask(url, '{ groups(first: 1) { totalCount complete } }');

  expect(performance.now() - began).toBeLessThan(2_000);
  expect(data.groups.complete).toBe(true);
});

describe.skipIf(!existsSync('/proc/net/tcp'))('where the system tells who listens', () => {
  it('with a configuration the process listens on one port', async () => {
    const started = start(['--config', sourceOf(testrail)]);
    const url = await addressOf(started);

    expect(portsOf(started.process.pid!)).toEqual([Number(new URL(url).port)]);
  });

  it('and without one on six, of which five are the sandbox', async () => {
    const started = start();
    await addressOf(started);

    expect(portsOf(started.process.pid!)).toHaveLength(6);
  });
});

/** The TCP ports that a process listens on, as Linux tells them. */
function portsOf(pid: number): number[] {
  const sockets = new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap(
      (fd) => /^socket:\[(\d+)\]$/.exec(linkOf(`/proc/${pid}/fd/${fd}`))?.[1] ?? [],
    ),
  );
  return ['tcp', 'tcp6']
    .filter((table) => existsSync(`/proc/net/${table}`))
    .flatMap((table) => readFileSync(`/proc/net/${table}`, 'utf8').trim().split('\n').slice(1))
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , , state, , , , , , inode]) => state === '0A' && sockets.has(inode!))
    .map(([, local]) => Number.parseInt(local!.split(':')[1]!, 16));
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

describe('bad configuration is one sentence that names the key, no stack, exit code 1:', () => {
  it.each([
    ['an unknown key', sourceOf(`${testrail}, tokn: x`), 'tokn'],
    ['a missing variable', sourceOf(testrail.replace('secret-of-the-test', '"${NOBODY_SET_THIS}"')), 'NOBODY_SET_THIS'],
    ['an unreachable file', join(folder(), 'nowhere.yaml'), 'nowhere.yaml'],
    [
      'a control character in a credential',
      sourceOf(testrail.replace('secret-', '"secret-\\n') + '"'),
      'sources.t.apiKey',
    ],
    ['a credential that is not ASCII', sourceOf(testrail.replace('secret-', 'sécret-')), 'sources.t.apiKey'],
    ['an empty credential', sourceOf(testrail.replace('secret-of-the-test', '""')), 'sources.t.apiKey'],
    ['user and password in a url', sourceOf(testrail.replace('acme', 'a:secret-of-the-test@acme')), 'sources.t.url'],
    ['no source', fileOf('sources: {}\n'), 'sources'],
  ])('%s', async (_what, file, named) => {
    const commands = ['serve', 'check-config'];
    const all = await Promise.all(commands.map((one) => rollcall([one, '--config', file], { PORT: '0' }).ended));

    for (const { code, stdout, stderr } of all) {
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toContain(named);
      expect(stderr).toContain(file);
      expect(stderr.trimEnd().split('\n')).toHaveLength(1);
      expect(stderr).not.toMatch(/secret-of|sécret|\bat .*:\d+:\d+/);
    }
  });

  it('it tells the line, too', async () => {
    const { stderr } = await rollcall(['--config', fileOf('# ours\n\nsurces: {}\n')]).ended;

    expect(stderr).toContain('rollcall.yaml, line 3: ');
  });
});

it('npm start -- ARGS hands ARGS on', { timeout: 60_000 }, () => {
  const cwd = fileURLToPath(new URL('../..', import.meta.url));

  const { status, stderr } = spawnSync('npm', ['start', '--silent', '--', 'frobnicate'], { cwd, encoding: 'utf8' });

  expect(status).toBe(1);
  expect(stderr).toContain("unknown command 'frobnicate'");
});
