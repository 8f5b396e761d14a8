import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config.js';
import { vendors } from '../../src/vendors/all.js';
import { blocksFrom, textOf, written } from './documents.js';

describe('the configurations in the documents', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-docs-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const load = (text: string) => {
    const file = join(folder, 'rollcall.yaml');
    writeFileSync(file, text);
    const variables = [...text.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => [name!, 'secret']);
    return loadConfig({ file, env: Object.fromEntries(variables), vendors });
  };

  /** For sections that a page shows alone. */
  const oneSource = '\nsources: { velt: { vendor: velt, url: https://api.velt.dev, apiKey: k, authToken: t } }\n';

  it.each(written('yaml'))('$at loads', ({ text }) => {
    const whole = /^sources:/m.test(text) ? text : text + oneSource;

    expect(load(whole).sources.length).toBeGreaterThan(0);
  });

  it('show every vendor, and every key beside the other ways to sign in', () => {
    const [whole, otherwise] = blocksFrom('docs/configuration.md', 'yaml') as [string, string];
    const keys = vendors.flatMap(({ settings }) => keysOf(settings));

    expect(load(whole).sources.map(({ definition }) => definition)).toEqual(vendors);
    for (const key of new Set([...keys, 'host', 'port', 'cors', 'mode', 'ledger', 'retentionDays', 'cache']))
      expect(whole + otherwise).toMatch(new RegExp(`\\b${key}:`));
  });

  it('name the bounds with what holds when they are left out', () => {
    const bounds = load(blocksFrom('README.md', 'yaml')[0]!).sources.find(({ name }) => name === 'testrail')!.bounds;
    const table = usualIn('docs/configuration.md', /^\| `(\w+)` +\| [^|]+ \| ([^|]+?) +\|/gm);

    const { readTimeoutMs, writeTimeoutMs: _, requestsPerMinute, settleMs, ...rest } = bounds;
    const told = {
      timeoutMs: readTimeoutMs,
      requestsPerMinute: requestsPerMinute ?? 'none',
      settleSeconds: settleMs / 1000,
      ...rest,
    };
    expect(table).toEqual(Object.fromEntries(Object.entries(told).map(([key, value]) => [key, String(value)])));
  });

  it('name the knobs of writes with what holds when they are left out', () => {
    const { ledger, retentionDays, sources } = load(blocksFrom('README.md', 'yaml')[0]!);
    const { readTimeoutMs, writeTimeoutMs, settleMs } = sources[0]!.bounds;

    expect(usualIn('docs/writes.md', /^\| `(settleSeconds|timeoutMs|retentionDays|ledger)` +\| (\S+)/gm)).toEqual({
      settleSeconds: String(settleMs / 1000),
      timeoutMs: String(readTimeoutMs),
      retentionDays: String(retentionDays),
      ledger: `\`./${relative(folder, ledger)}\``,
    });
    expect([writeTimeoutMs / readTimeoutMs, settleMs / writeTimeoutMs]).toEqual([3, 2]);
  });
});

/** Keys of a table, each with its usual value. */
function usualIn(file: string, row: RegExp) {
  const found = [...textOf(file).matchAll(row)];
  return Object.fromEntries(found.map(([, key, usual]) => [key, usual!.replaceAll(/,(?=\d)/g, '').split(',')[0]]));
}

function keysOf(settings: unknown): string[] {
  return Object.keys((settings as { shape: object }).shape);
}
