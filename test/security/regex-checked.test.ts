import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { check } from 'recheck';
import { describe, expect, it } from 'vitest';
import { Redaction } from '../../src/server/eyes/redaction.js';
import { regexesIn, type Written } from '../support/regexes.js';

const root = posix.join(import.meta.dirname, '../..');
const written = ['src', 'schema', 'resolvers'].flatMap((folder) =>
  readdirSync(posix.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .flatMap((name) => {
      const file = posix.join(folder, name);
      return regexesIn(file, readFileSync(posix.join(root, file), 'utf8'));
    }),
);

/** Files whose regular expressions only the running program knows; each is caught in the act below. */
const builtAtRunTime = ['src/server/eyes/redaction.ts'];

async function judgement({ source, flags }: Pick<Written, 'source' | 'flags'>): Promise<string> {
  // Reported is what it found: a hot spot, an attack. Nothing of it is wanted where all is well.
  const { status } = await check(source!, flags, { timeout: 30_000 });
  return status;
}

/** The regular expressions that are built from texts while something runs. */
function builtBy(run: () => void): Pick<Written, 'source' | 'flags'>[] {
  const built: Pick<Written, 'source' | 'flags'>[] = [];
  const Usual = globalThis.RegExp;
  globalThis.RegExp = new Proxy(Usual, {
    construct(target, [pattern, flags]: [string | RegExp, string?]) {
      const regex = new target(pattern, flags);
      if (typeof pattern === 'string') built.push({ source: regex.source, flags: regex.flags });
      return regex;
    },
  });
  try {
    run();
  } finally {
    globalThis.RegExp = Usual;
  }
  return built;
}

describe('no regular expression of ours can be made to take long:', () => {
  it('all that are written down are judged, and safe', async () => {
    const known = written.filter(({ source }) => source !== null);
    const judged = new Map<string, string>();
    for (const one of known) {
      const key = `/${one.source}/${one.flags}`;
      if (!judged.has(key)) judged.set(key, await judgement(one));
    }
    const wrong = known
      .map((one) => ({ ...one, status: judged.get(`/${one.source}/${one.flags}`) }))
      .filter(({ status }) => status !== 'safe')
      .map(({ file, line, source, status }) => `${file}:${line} /${source}/ is ${status}`);

    expect(known.length).toBeGreaterThan(50);
    expect(wrong).toEqual([]);
  }, 240_000);

  it('those that are not written down are few, and known', () => {
    const unknown = written.filter(({ source }) => source === null).map(({ file }) => file);

    expect(unknown).toEqual(builtAtRunTime);
  });

  it('the one that is made of secrets is safe, whatever the secrets are', async () => {
    const secrets = [
      '(a+)+$',
      '^(\\w+\\s?)+$',
      '.*.*=.*',
      '[[[a-z]+',
      'secret\\',
      'a|a|a|a',
      'plain-secret',
      '((((',
      '{9}+',
    ];
    const built = builtBy(() => new Redaction().hide(() => secrets).clean('nothing of them'));

    expect(built).toHaveLength(1);
    expect(built[0]!.source).toContain('plain\\-secret');
    expect(await judgement(built[0]!)).toBe('safe');
  }, 60_000);
});

describe('would be seen:', () => {
  it.each(['^(\\w+\\s?)+$', '(a+)+$', '^([a-z]|[a-m])*!$'])('%s', async (source) => {
    expect(await judgement({ source, flags: '' })).toBe('vulnerable');
  });

  it.each([
    ['a literal', 'const a = /^(a+)+$/gi;', '^(a+)+$', 'gi'],
    ['one behind a division', 'const a = b / c; const d = /^(a+)+$/;', '^(a+)+$', ''],
    ['one in a decorator', '@Field({ pattern: /^(a+)+$/u }) class A {}', '^(a+)+$', 'u'],
    ['one in a template', 'const a = `${b.replace(/^(a+)+$/g, "")}`;', '^(a+)+$', 'g'],
    ['one that is made of a text', `const a = new RegExp('^(a+)+$', 'm');`, '^(a+)+$', 'm'],
    ['one that is made without new', 'const a = globalThis.RegExp(`^(a+)+$`);', '^(a+)+$', ''],
    ['one that a method makes of a text', `const a = b.search('^(a+)+$');`, '^(a+)+$', ''],
    ['one that is put together', 'const a = new RegExp(`^${b}+$`);', null, ''],
    ['one of a variable', 'const a = new RegExp(b, c);', null, ''],
  ])('%s', (_, text, source, flags) => {
    expect(regexesIn('any.ts', text)).toEqual([{ file: 'any.ts', line: 1, source, flags }]);
  });

  it('a comment and a text are none', () => {
    expect(regexesIn('any.tsx', `// /^(a+)+$/\nconst a = <p title="/^(a+)+$/">{'/b/'}</p>;`)).toEqual([]);
  });
});
