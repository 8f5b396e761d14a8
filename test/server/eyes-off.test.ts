import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { openSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import { people } from '../../src/sandbox/people.js';
import { boxes } from '../../src/vendors/all.js';
import { openCollector, type Collector } from '../support/collector.js';
import { addressOf, rollcallInFiles } from '../support/command-line.js';
import { ask } from '../support/rollcall.js';

/** Tells at the end of a process how many modules of OpenTelemetry were loaded in it. The names alone (`api`) come with prom-client. */
const telling = `
  import { createRequire } from 'node:module';
  process.on('exit', () => {
    const files = Object.keys(createRequire(process.cwd() + '/x').cache);
    const loaded = files.filter((file) => /@opentelemetry.(?!api.)/.test(file));
    process.stdout.write('LOADED ' + loaded.length + ' of ' + files.length);
  });`;

let collector: Collector;
let sandbox: Sandbox;
let folder: string;

beforeAll(async () => {
  const population = { people: people(3), groups: 1, membersPerGroup: 1, projects: 1, awkward: false };
  sandbox = await openSandbox(boxes, { population });
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  collector = await openCollector();
  folder = mkdtempSync(join(tmpdir(), 'rollcall-'));
});
afterEach(async () => {
  await collector.close();
  rmSync(folder, { recursive: true });
});

/** Serves one query as a process of its own; what it said, and which of its files it had loaded: those of a bundle tell no packages. */
async function serveOnce(telemetry: object) {
  const file = join(folder, 'rollcall.yaml');
  writeFileSync(file, JSON.stringify({ ledger: './rollcall.db', sources: sandbox.sources, ...telemetry }));
  const running = rollcallInFiles(['--config', file], {
    PORT: '0',
    NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(telling)}`,
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_TRACES_EXPORTER: 'otlp',
  });
  await ask(await addressOf(running), '{ users { totalCount } }');
  running.process.kill('SIGTERM');
  const { code, stdout, stderr } = await running.ended;
  const [, loaded, all] = /LOADED (\d+) of (\d+)/.exec(stdout) ?? [];
  return { code, loaded: Number(loaded), all: Number(all), stderr };
}

it('without telemetry nothing of OpenTelemetry is loaded and nothing is sent, whatever the environment says', async () => {
  const { code, loaded, all } = await serveOnce({});

  expect([code, loaded]).toEqual([0, 0]);
  expect(all).toBeGreaterThan(50);
  expect(collector.deliveries).toEqual([]);
}, 60_000);

it('with it some is, the last spans are sent before the process ends, and it ends with 0', async () => {
  const { code, loaded, stderr } = await serveOnce({ telemetry: { otlp: collector.url } });

  expect(code).toBe(0);
  expect(loaded).toBeGreaterThan(0);
  expect(collector.spans.map(({ name }) => name)).toContain('query');
  expect(stderr.split('\n').filter((line) => line.includes('"msg":"operation"'))).toHaveLength(1);
}, 60_000);
