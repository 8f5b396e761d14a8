import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { type Config, ConfigError, configOf, loadConfig } from '../../src/config.js';
import type { VendorDefinition } from '../../src/vendors/vendor.js';

/** No sentence may ever hold it. */
export const CANARY = 'canary7f3a9c51e0d84b26';

export const env = { UPDRAFT_TOKEN: CANARY, TESTRAIL_USER: 'ada@example.com', TESTRAIL_API_KEY: CANARY };

function vendor(
  definition: Pick<VendorDefinition, 'vendor' | 'kind' | 'title' | 'settings' | 'secrets' | 'concurrency'>,
): VendorDefinition {
  return {
    ...definition,
    connect() {
      throw new Error('a configuration is read without connecting to anybody');
    },
  };
}

/** Keys only. */
export const testrail = vendor({
  vendor: 'TESTRAIL',
  kind: 'testrail',
  title: 'TestRail',
  settings: z.strictObject({ url: z.string(), user: z.string(), apiKey: z.string() }),
  secrets: ['apiKey'],
});

/** A list, an enum and a default. */
export const updraft = vendor({
  vendor: 'UPDRAFT',
  kind: 'updraft',
  title: 'Updraft',
  settings: z.strictObject({
    url: z.string(),
    token: z.string(),
    tokenPrefix: z.string().min(2).default('Token'),
    appIs: z.enum(['project', 'app']).default('project'),
    organizations: z.array(z.union([z.int(), z.string().regex(/^[1-9]\d*$/)])).min(1),
    groups: z.record(z.string(), z.record(z.string(), z.string().min(1, 'must have a name'))).optional(),
  }),
  secrets: ['token'],
});

/** Two ways to log in, behind a refinement and a transformation. */
export const asa = vendor({
  vendor: 'OKTA_ASA',
  kind: 'okta-asa',
  concurrency: 64,
  title: 'Okta ASA',
  settings: z
    .strictObject({
      url: z.string(),
      team: z.string(),
      keyId: z.string().optional(),
      keySecret: z.string().optional(),
      token: z.string().optional(),
    })
    .refine((settings) => settings.token !== undefined || settings.keySecret !== undefined, {
      error: 'needs keyId and keySecret, or token; add them',
    })
    .refine((settings) => !settings.team.startsWith('echo'), {
      path: ['team'],
      error: (issue) => `the words ${(issue.input as { team: string }).team} are not a team`,
    })
    .transform((settings) => settings),
  secrets: ['keySecret', 'token'],
});

export const vendors = [updraft, testrail, asa];

/** A configuration that is right, as an object: a test spoils one thing. */
export function good(): Record<string, any> {
  return {
    sources: {
      updraft: { vendor: 'updraft', url: 'https://app.getupdraft.com', token: CANARY, organizations: [12] },
      testrail: { vendor: 'testrail', url: 'https://acme.testrail.io/', user: 'ada', apiKey: CANARY },
      asa: { vendor: 'okta-asa', url: 'https://app.scaleft.com', team: 'acme', keyId: 'key-1', keySecret: CANARY },
    },
  };
}

export function fileOf(text: string | Uint8Array, name = 'rollcall.yaml'): string {
  const file = join(mkdtempSync(join(tmpdir(), 'rollcall-config-')), name);
  writeFileSync(file, text);
  return file;
}

export function load(text: string | Uint8Array, environment: NodeJS.ProcessEnv = env): Config {
  return loadConfig({ file: fileOf(text), env: environment, vendors });
}

export function object(plain: unknown, environment: NodeJS.ProcessEnv = env): Config {
  return configOf(plain, { env: environment, vendors });
}

/** The one sentence with which something stops; the file is called `rollcall.yaml` in it. */
export function sentence(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const text = error.message;
    if (text.includes(CANARY) || /[\r\n]/.test(text) || error.stack !== text || error.cause !== undefined) {
      throw new Error('the sentence tells a secret, is no single line, or has a stack', { cause: error });
    }
    return text.replaceAll(/\/\S*\/rollcall\.yaml/g, 'rollcall.yaml');
  }
  throw new Error('nothing stopped');
}

/** The sentence when one key of one source is written like this, in a file where that key is on line 6. */
export function spoiled(kind: 'updraft' | 'testrail' | 'okta-asa', line: string): string {
  const others = {
    updraft: { url: 'https://u.example', token: `"${CANARY}"`, organizations: '[12]' },
    testrail: { url: 'https://t.example', user: 'ada', apiKey: `"${CANARY}"` },
    'okta-asa': { url: 'https://a.example', team: 'acme', token: `"${CANARY}"` },
  }[kind];
  const key = line.slice(0, line.indexOf(':')).trim();
  const rest = Object.entries(others).filter(([other]) => other !== key);
  const lines = ['# 1', '# 2', 'sources:', '  s:', `    vendor: ${kind}`, `    ${line}`];
  return sentence(() => load([...lines, ...rest.map(([name, value]) => `    ${name}: ${value}`), ''].join('\n')));
}

/** What a vendor's schema made of a source's keys. */
export function settingsOf(source: { readonly settings: unknown } | undefined): Readonly<Record<string, unknown>> {
  return source?.settings as Readonly<Record<string, unknown>>;
}
