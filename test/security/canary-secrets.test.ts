import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Redaction } from '../../src/server/eyes/redaction.js';
import { openSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import { canariesIn, canaryBoxes, formsOf, type Canary } from '../support/canaries.js';
import { openCollector, type Collector } from '../support/collector.js';
import { addressOf, rollcall, type Ended } from '../support/command-line.js';
import { keyRing } from '../support/keys.js';
import { company } from '../support/verbs.js';
import { askEverything, faults, strike, type Heard } from './canary-asking.js';

const { boxes, canaries: ofSources } = canaryBoxes();
const ring = keyRing({ ana: { role: 'write' } });
/** The token of an ASA session, as its box makes them. */
const minted: Canary = { source: 'asa', key: 'bearer', secret: 'sandbox-asa-token-' };
/** A secret of every sign, in each form that is one text. */
const sample = `a/b+c="d&e'f%20`;
const ofForms = formsOf(sample).filter((form) => !/\\\\/.test(form) && !/^[A-Za-z0-9+_-]+$/.test(form));
const folder = mkdtempSync(join(tmpdir(), 'canaries-'));
const data = join(folder, 'data');
let canaries: readonly Canary[];
let env: Record<string, string>;
let sandbox: Sandbox;
let collector: Collector;
/** Everything that came out of any process. */
const heard: Heard[] = [];

beforeAll(async () => {
  mkdirSync(data);
  sandbox = await openSandbox(boxes, { population: company() });
  collector = await openCollector();
  const others = [
    { source: 'nobody', key: 'caller', secret: ring.keys.ana },
    { source: 'nobody', key: 'collector', secret: 'canary/collector+x-api-key=7f3a' },
  ];
  canaries = [...ofSources, minted, ...others];
  env = Object.fromEntries(canaries.map(({ source, key, secret }) => [variable(source, key), secret]));
  await live();
}, 590_000);
afterAll(async () => {
  await collector?.close();
  await sandbox?.close();
  rmSync(folder, { recursive: true, force: true });
});

const variable = (source: string, key: string) => `${source}_${key}`.toUpperCase();

/** The configuration, its secrets left to the environment. */
function configuration(change: object = {}): object {
  const sources = Object.entries(sandbox.sources).map(([name, settings]) => {
    const own = ofSources.filter(({ source }) => source === name);
    const hidden = own.map(({ key }) => [key, `\${${variable(name, key)}}`] as const);
    return [name, { ...settings, timeoutMs: 1_500, settleSeconds: 0, cacheSeconds: 0, ...Object.fromEntries(hidden) }];
  });
  return {
    ledger: './data/rollcall.db',
    auth: ring.auth,
    telemetry: { otlp: collector.url, headers: { 'x-api-key': '${NOBODY_COLLECTOR}' } },
    sources: Object.fromEntries(sources),
    ...change,
  };
}

function written(name: string, config: object): string {
  const file = join(folder, name);
  // What is JSON is YAML too.
  writeFileSync(file, JSON.stringify(config));
  return file;
}

async function run(...args: string[]): Promise<Ended> {
  const ended = await rollcall(args, { ...env, ROLLCALL_LOG_LEVEL: 'debug' }).ended;
  heard.push([`stdout of ${args[0]}`, ended.stdout], [`stderr of ${args[0]}`, ended.stderr]);
  return ended;
}

/** One life of a server, with everything asked of it and every fault struck, and the commands before and after it. */
async function live(): Promise<void> {
  const file = written('rollcall.yaml', configuration());
  await run('check-config', '--config', file);
  const running = rollcall(['--config', file], { ...env, PORT: '0', ROLLCALL_LOG_LEVEL: 'debug' });
  try {
    const url = await addressOf(running);
    const asking = { url, headers: ring.headersOf('ana'), heard };
    await askEverything(asking);
    for (const rule of faults(ofSources)) await strike(asking, sandbox, rule);
    await askEverything(asking);
  } finally {
    running.process.kill('SIGTERM');
    const { stdout, stderr } = await running.ended;
    heard.push(['stdout of serve', stdout], ['stderr of serve', stderr]);
  }
  await run('ledger', 'list', '--limit', '1000', '--config', file);
  await run('ledger', 'list', '--json', '--config', file);
  await run('ledger', 'show', 'canary-real-0', '--config', file);
  for (const { text } of collector.deliveries) heard.push(['traces', text]);
  for (const name of readdirSync(data)) heard.push([`data/${name}`, readFileSync(join(data, name), 'latin1')]);
}

describe('no credential is ever found', () => {
  it('in what processes write, answer, trace and keep, whatever the vendors do', () => {
    const lines = heard.flatMap(([place, text]) => text.split('\n').map((line) => [place, line] as const));
    const found = lines.flatMap(([place, line]) =>
      canariesIn(line, canaries).map(({ source, key }) => `${source}.${key} in ${place}: ${line.slice(0, 400)}`),
    );

    expect(found).toEqual([]);
  });

  it('and all of that was there to be looked at', () => {
    const places = new Set(heard.map(([place]) => place));
    const log = heard.find(([place]) => place === 'stderr of serve')![1];
    const said = (place: string) => heard.find(([name]) => name === place)![1];

    expect(log.split('\n').length).toBeGreaterThan(100);
    expect(log).toContain('[redacted]');
    expect(said('stdout of ledger')).toContain('canary-real-0');
    for (const state of ['DONE', 'REFUSED', 'UNKNOWN']) expect(said('stdout of ledger')).toContain(state);
    expect(said('data/rollcall.db').length).toBeGreaterThan(10_000);
    expect(said('/metrics')).toContain('rollcall_vendor_requests_total');
    expect(heard.some(([, text]) => /"plan":\[.+"calls":\[\{/.test(text))).toBe(true);
    expect(collector.deliveries.length).toBeGreaterThan(0);
    expect(places).toContain('stderr of check-config');
    for (const name of Object.keys(sandbox.sources)) {
      const modes = new Set(
        sandbox
          .server(name)
          .journal.map(({ fault }) => fault)
          .filter((fault) => fault !== null),
      );
      expect([...new Set(faults(ofSources).map(({ mode }) => mode))].filter((mode) => !modes.has(mode))).toEqual([]);
    }
  });

  it('at any vendor but its own, and there with every request', () => {
    const strangers = Object.keys(sandbox.sources).flatMap((name) => {
      const foreign = canaries.filter(({ source }) => source !== name);
      return sandbox
        .server(name)
        .journal.flatMap(({ target, headers, body }) =>
          canariesIn(`${target}\n${Object.values(headers).join('\n')}\n${body}`, foreign).map(
            ({ key }) => `${key} at ${name}`,
          ),
        );
    });

    expect(strangers).toEqual([]);
    for (const { source, secret } of ofSources) {
      const requests = sandbox
        .server(source)
        .journal.map(({ headers, body }) => `${Object.values(headers).join()}${body}`);
      expect(requests.some((text) => formsOf(secret).some((form) => text.includes(form)))).toBe(true);
    }
  });

  it('in the sentence that ends a start', async () => {
    const [first] = Object.entries((configuration() as { sources: Record<string, object> }).sources);
    const [name, settings] = first!;
    const { secret } = ofSources.find(({ source }) => source === name)!;
    const wrong: Record<string, object> = {
      key: { ...settings, tokn: secret },
      url: { ...settings, url: `https://user:${encodeURIComponent(secret)}@example.com` },
      query: { ...settings, url: `https://example.com/?token=${encodeURIComponent(secret)}` },
      kind: { ...settings, token: [secret] },
      ends: { ...settings, token: `${secret}\n` },
      vendor: { ...settings, vendor: `\${${variable(name, 'token')}}` },
    };
    const files = [
      ...Object.entries(wrong).map(([what, source]) =>
        written(`bad-${what}.yaml`, configuration({ sources: { [name]: source } })),
      ),
      written(
        'bad-ledger.yaml',
        configuration({ ledger: `postgres://user:${encodeURIComponent(secret)}@127.0.0.1:1/x#y` }),
      ),
    ];
    const ends = [];
    for (const file of files) ends.push(await run('check-config', '--config', file));
    const found = ends.map(({ stdout, stderr }) => canariesIn(stdout + stderr, canaries).map(({ key }) => key));

    expect(ends.map(({ code }) => code)).toEqual(files.map(() => 1));
    expect(ends.filter(({ stderr }) => stderr.trim() === '')).toEqual([]);
    expect(found.map((keys, at) => [files[at], keys])).toEqual(files.map((file) => [file, []]));
  }, 300_000);
});

describe('the log is cleaned of', () => {
  it.each(ofForms)('%s', (form) => {
    const clean = new Redaction().hide(() => [sample]).clean(`before ${form} after`);

    expect(clean).toBe('before [redacted] after');
  });
});

describe('would be seen:', () => {
  it.each(['plain', 'in JSON', 'in an address', 'in base64', 'in base64 behind a user', 'in bytes'])(
    'one %s',
    (how) => {
      const secret = ofSources[0]!.secret;
      const forms: Record<string, string | Buffer> = {
        plain: `{"msg":"${secret}"}`,
        'in JSON': JSON.stringify({ level: 30, msg: `sent with ${secret}` }),
        'in an address': `GET /?api_key=${encodeURIComponent(secret)}`,
        'in base64': Buffer.from(secret).toString('base64'),
        'in base64 behind a user': `Basic ${Buffer.from(`ana@example.com:${secret}`).toString('base64')}`,
        'in bytes': Buffer.concat([Buffer.from([0, 255, 1]), Buffer.from(secret), Buffer.from([0])]),
      };

      expect(canariesIn(forms[how]!, ofSources)).toContainEqual(ofSources[0]);
      expect(canariesIn('{"msg":"[redacted]"}', ofSources)).toEqual([]);
    },
  );
});
