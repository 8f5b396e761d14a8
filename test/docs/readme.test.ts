import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { runInNewContext } from 'node:vm';

import { buildSchema, isInterfaceType, isObjectType, parse, validate, type GraphQLObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { loadConfig } from '../../src/config.js';
import { fillSandbox } from '../../src/main/fill-sandbox.js';
import { vendors } from '../../src/vendors/all.js';
import { openRollcall, type Answer, type Rollcall } from '../support/rollcall.js';

const root = join(import.meta.dirname, '../..');
const documents = ['README.md', ...namesIn('docs').map((name) => `docs/${name}`)].map((file) => ({
  file,
  text: readFileSync(join(root, file), 'utf8'),
}));
const readme = documents[0]!.text;
const blocks = documents.flatMap(({ file, text }) => blocksOf(file, text));
const schema = buildSchema(readFileSync(join(root, 'schema/schema.graphql'), 'utf8'));

interface Block {
  readonly file: string;
  readonly line: number;
  readonly language: string;
  readonly text: string;
}

function namesIn(folder: string): string[] {
  return readdirSync(join(root, folder)).filter((name) => name.endsWith('.md'));
}

function blocksOf(file: string, text: string): Block[] {
  return [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(({ index, 1: language, 2: inside }) => ({
    file,
    line: text.slice(0, index).split('\n').length,
    language: language!,
    text: inside!,
  }));
}

const written = (language: string) =>
  blocks
    .filter((block) => block.language === language)
    .map((block) => ({ ...block, at: `${block.file}:${block.line}` }));

describe('the README', () => {
  it('begins with what this is in two sentences, and with the two commands', () => {
    const [, introduction] = readme.split('\n\n');

    expect(introduction!.match(/[^.]+\./g)).toHaveLength(2);
    expect(blocks[0]).toMatchObject({ language: 'sh', text: 'npm ci && npm start\nnpm ci && npm test\n' });
  });

  it('is a page, and shows a picture of the page as it is opened', () => {
    const picture = join(root, 'docs/images/page.png');
    const header = readFileSync(picture);

    expect(readme.split('\n').length).toBeLessThanOrEqual(250);
    expect(readme).toContain('](docs/images/page.png)');
    expect([header.toString('latin1', 1, 4), header.readUInt32BE(16), header.readUInt32BE(20)]).toEqual([
      'PNG',
      1280,
      800,
    ]);
    expect(statSync(picture).size).toBeLessThan(300_000);
  });

  it('stands alone with its documents: every link to a file, and to a heading in it, leads somewhere', () => {
    const broken = documents.flatMap(({ file, text }) =>
      [...text.matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g)]
        .filter(([, path, heading]) => !leadsSomewhere(file, path!, heading))
        .map(([link]) => `${file}: ${link}`),
    );

    expect(broken).toEqual([]);
  });
});

function leadsSomewhere(from: string, path: string, heading: string | undefined): boolean {
  const target = path === '' ? from : posix.normalize(posix.join(dirname(from), path));
  if (target.startsWith('..') || !existsSync(join(root, target))) return false;
  if (heading === undefined) return true;
  const titles = readFileSync(join(root, target), 'utf8').matchAll(/^#+ (.+)$/gm);
  return [...titles].some(
    ([, title]) =>
      title!
        .toLowerCase()
        .replaceAll(/[^\w -]/g, '')
        .replaceAll(' ', '-') === heading,
  );
}

describe('the queries and mutations in the documents', () => {
  let rollcall: Rollcall;

  beforeAll(async () => {
    rollcall = await openRollcall();
    await fillSandbox(rollcall.app);
  });
  afterAll(() => rollcall?.close());

  it.each(written('graphql'))('$at is valid', ({ text }) => {
    expect(validate(schema, parse(text))).toEqual([]);
  });

  it.each(written('graphql'))('$at runs in the sandbox', async ({ text }) => {
    const { status, data, errors = [] } = await rollcall.ask(text);

    expect(status).toBe(200);
    expect(errors.map(({ extensions }) => extensions.code)).not.toContain('BAD_USER_INPUT');
    expect(Object.values(data).flatMap((field: any) => field?.userErrors ?? [])).toEqual([]);
  });

  // What `docs/answers.md` shows is answered where a source is silent.
  const isAnswer = ({ file, language }: Block, before: Block | undefined) =>
    language === 'json' && before?.language === 'graphql' && file === before.file && file !== 'docs/answers.md';
  const answers = blocks.filter((block, at) => isAnswer(block, blocks[at - 1]));

  it('are followed by answers', () => {
    expect(answers.map(({ file }) => file)).toEqual(['README.md', 'README.md', 'docs/writes.md']);
  });

  it.each(answers)('$file:$line shows nothing but what is answered', async (answer) => {
    const { text: query } = blocks[blocks.indexOf(answer) - 1]!;
    const shown = JSON.parse(answer.text);
    const { data } = await rollcall.ask(query);

    expect({ data }).toEqual(among(shown));
  });

  it('show the command line and the file of an analyst as they are', async () => {
    const { text } = written('console')[0]!;
    const [command, ...lines] = text.trimEnd().split('\n');
    const [, path] = /'http:\/\/127\.0\.0\.1:4000(\/\S+)'/.exec(command!)!;
    const file = await (await fetch(rollcall.url + path)).text();
    const columns = [1, 9, 14, 15, 16];
    const cut = (line: string) => columns.map((column) => line.split(',')[column - 1]).join(',');

    expect(command).toContain(`cut -d, -f1,9,14-16 | head -${lines.length}`);
    expect(file.split('\r\n').slice(0, lines.length).map(cut)).toEqual(lines);
  });

  it('name the columns of the dataset in their order', async () => {
    const [, paragraph] = /^The columns: ([\s\S]+?)\.\s+Times/m.exec(textOf('docs/datasets.md'))!;
    const file = await (await fetch(`${rollcall.url}/datasets/memberships.csv?source=velt`)).text();

    expect(paragraph!.match(/\w+/g)).toEqual(file.split('\r\n')[0]!.split(','));
  });
});

it('shows the answer that one gets while a source is silent', async () => {
  const rollcall = await openRollcall({ sources: { testrail: { timeoutMs: 300 } } });
  try {
    rollcall.sandbox.server('testrail').fault({ mode: 'hang' });
    const { data, errors }: Answer = await rollcall.ask(blocksFrom('docs/answers.md', 'graphql')[0]!);
    const refused = await fetch(`${rollcall.url}/datasets/memberships.csv`);

    expect({ data, errors }).toEqual(among(JSON.parse(blocksFrom('docs/answers.md', 'json')[0]!)));
    expect(refused.status).toBe(503);
    expect(await refused.json()).toEqual(JSON.parse(blocksFrom('docs/datasets.md', 'json')[0]!));
  } finally {
    await rollcall.close();
  }
});

function textOf(file: string): string {
  return documents.find((document) => document.file === file)!.text;
}

function blocksFrom(file: string, language: string): string[] {
  return blocks.filter((block) => block.file === file && block.language === language).map(({ text }) => text);
}

/** What must hold of an answer of which only a part is shown: whatever is shown is in it, in lists anywhere. */
function among(shown: unknown): any {
  if (Array.isArray(shown)) return shown.length === 0 ? [] : expect.arrayContaining(shown.map(among));
  if (typeof shown !== 'object' || shown === null) return shown;
  return expect.objectContaining(Object.fromEntries(Object.entries(shown).map(([key, value]) => [key, among(value)])));
}

describe('the configurations in the documents', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-docs-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const load = (text: string) => {
    const file = join(folder, 'rollcall.yaml');
    writeFileSync(file, text);
    const variables = [...text.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => [name!, 'secret']);
    return loadConfig({ file, env: Object.fromEntries(variables), vendors });
  };

  it.each(written('yaml'))('$at loads', ({ text }) => {
    expect(load(text).sources.length).toBeGreaterThan(0);
  });

  it('show every vendor, and every key beside the other ways to sign in', () => {
    const [whole, otherwise] = blocksFrom('docs/configuration.md', 'yaml') as [string, string];
    const keys = vendors.flatMap(({ settings }) => keysOf(settings));

    expect(load(whole).sources.map(({ definition }) => definition)).toEqual(vendors);
    for (const key of new Set([...keys, 'host', 'port', 'cors', 'mode', 'ledger', 'cache']))
      expect(whole + otherwise).toMatch(new RegExp(`\\b${key}:`));
  });

  it('name the bounds with what holds when they are left out', () => {
    const bounds = load(blocksFrom('README.md', 'yaml')[0]!).sources.find(({ name }) => name === 'testrail')!.bounds;
    const table = new Map(
      [...textOf('docs/configuration.md').matchAll(/^\| `(\w+)` +\| [^|]+ \| ([^|]+?) +\|/gm)].map(([, key, usual]) => [
        key,
        usual!.replaceAll(/,(?=\d)/g, '').split(',')[0],
      ]),
    );

    const { readTimeoutMs, writeTimeoutMs: _, requestsPerMinute, ...rest } = bounds;
    const told = { timeoutMs: readTimeoutMs, requestsPerMinute: requestsPerMinute ?? 'none', ...rest };
    expect(Object.fromEntries(table)).toEqual(
      Object.fromEntries(Object.entries(told).map(([key, value]) => [key, String(value)])),
    );
  });
});

function keysOf(settings: unknown): string[] {
  return Object.keys((settings as { shape: object }).shape);
}

describe('the table of endpoints', () => {
  const [heads, ...rows] = tableUnder('## What is asked of whom');
  const prefixes = rows.find(([name]) => name === '_addresses begin with_')!;
  const columns = vendors.map(({ kind, title }) => ({ kind, title }));

  it('has a column for each vendor', () => {
    expect(heads!.slice(1)).toEqual(columns.map(({ title }) => title));
  });

  it.each(columns)('has what $kind/rest.ts calls, and nothing else', async ({ kind, title }) => {
    const column = heads!.indexOf(title);
    const prefix = prefixes[column]!.replaceAll('`', '');
    const cells = rows.filter((row) => row !== prefixes).map((row) => row[column]!);
    const told = cells.flatMap((cell) =>
      [...cell.matchAll(/`(GET|POST) ([^`]+)`/g)].map(([, method, path]) => `${method} ${prefix}${path}`),
    );

    expect(sorted(told.map(nameless))).toEqual(sorted((await callsOf(kind)).map(nameless)));
  });

  it('has every field of the root that asks anybody, and every mutation', () => {
    const named = new Set(rows.flat().flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name!)));
    const plural = (name: string) => (named.has(`${name}s`) ? `${name}s` : name);
    const elsewhere = ['node', 'nodes', 'source', 'sources', 'memberships'];
    const fields = [
      ...Object.keys(schema.getQueryType()!.getFields()),
      ...Object.keys(schema.getMutationType()!.getFields()),
    ];

    expect(fields.filter((field) => !named.has(plural(field)) && !elsewhere.includes(field))).toEqual([]);
  });
});

function tableUnder(heading: string): string[][] {
  const part = readme.slice(readme.indexOf(`${heading}\n`));
  const [table] = /(?:^\|.*\|\n)+/m.exec(part)!;
  const lines = table.trimEnd().split('\n');
  return lines
    .filter((_, at) => at !== 1)
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    );
}

/** Every call of a vendor's `rest.ts`, with the names of its parameters in the places of their values. */
async function callsOf(kind: string): Promise<string[]> {
  const file = join(root, 'src/vendors', kind, 'rest.ts');
  const rest = (await import(file)) as Record<string, (...values: unknown[]) => { method: string; path: string }>;
  const functions = readFileSync(file, 'utf8').matchAll(/^export function (\w+)\(([\s\S]*?)\): RestCall</gm);
  return [...functions].map(([, name, parameters]) => {
    const values = parameters!
      .split(/,(?![^{]*\})/)
      .filter((parameter) => parameter.trim() !== '')
      .map(placeholder);
    const { method, path } = rest[name!]!(...values);
    return `${method} ${decodeURIComponent(path)}`;
  });
}

function placeholder(parameter: string): unknown {
  const [, name, type] = /^\s*(\w+):\s*([\s\S]+?)\s*$/.exec(parameter)!;
  if (type === 'string') return `{${name}}`;
  return type === 'readonly string[]' ? [] : { organizationUserGroups: [], userIds: [] };
}

const nameless = (call: string) => call.replaceAll(/\{\w+\}/g, '{}');
const sorted = (calls: readonly string[]) => [...new Set(calls)].toSorted();

describe('the samples for clients', () => {
  const [apollo, urql] = blocksFrom('docs/clients.md', 'js') as [string, string];
  const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));

  it('embed exactly the types that have no id', () => {
    const roots = [schema.getQueryType(), schema.getMutationType()];
    const idless = types.filter((type) => isObjectType(type) && !('id' in type.getFields()) && !roots.includes(type));

    expect(sorted(valueIn(urql, 'embedded'))).toEqual(sorted(idless.map(({ name }) => name)));
  });

  it('name what every interface may be', () => {
    const { possibleTypes } = valueIn(apollo, 'client').cache;
    const interfaces = types.filter(isInterfaceType);

    expect(sorted(Object.keys(possibleTypes))).toEqual(sorted(interfaces.map(({ name }) => name)));
    for (const type of interfaces)
      expect(sorted(possibleTypes[type.name])).toEqual(sorted(schema.getPossibleTypes(type).map(({ name }) => name)));
  });

  it('give every field that has pages the policy for them', () => {
    const { typePolicies } = valueIn(apollo, 'client').cache;
    const policyOf = (type: GraphQLObjectType, field: string) =>
      [type.name, ...type.getInterfaces().map(({ name }) => name)]
        .map((name) => typePolicies[name]?.fields[field])
        .find((policy) => policy?.merge);
    const paged = types.filter(isObjectType).flatMap((type) =>
      Object.values(type.getFields())
        .filter(({ args }) => args.some(({ name }) => name === 'after'))
        .map((field) => ({ type, field })),
    );

    expect(paged.length).toBeGreaterThan(20);
    for (const { type, field } of paged) {
      const keyArgs = field.args.some(({ name }) => name === 'filter') ? ['filter'] : false;
      expect([type.name, field.name, policyOf(type, field.name)?.keyArgs]).toEqual([type.name, field.name, keyArgs]);
    }
  });

  it('keep a list null that could not be read, and the earlier pages of one that failed later', () => {
    const { merge } = valueIn(apollo, 'pages')();
    const page = { edges: [] };

    expect(merge(undefined, null, { args: { first: 20 } })).toBe(null);
    expect(merge(page, null, { args: {} })).toBe(null);
    expect(merge(page, null, { args: { after: 'a' } })).toBe(page);
    expect(merge(null, page, { args: {} })).toEqual({ merged: [undefined, page] });
  });
});

/** Runs a sample up to its end, with its libraries' constructors handing back what they are given. */
function valueIn(sample: string, name: string): any {
  const given = (options: unknown) => options;
  const Given = class {
    constructor(options: object) {
      Object.assign(this, options);
    }
  };
  const libraries = {
    ApolloClient: Given,
    HttpLink: Given,
    InMemoryCache: Given,
    Client: Given,
    cacheExchange: given,
    relayStylePagination: (keyArgs: unknown) => ({
      keyArgs,
      merge: (existing: unknown, incoming: unknown) => ({ merged: [existing, incoming] }),
    }),
    fetchExchange: null,
  };
  const script = sample.replaceAll(/^import .*$/gm, '').replaceAll(/^export /gm, '');
  return runInNewContext(`${script}\n;${name}`, libraries);
}

describe('the tables of codes and operations', () => {
  const values = (name: string) =>
    (schema.getType(name) as any).getValues().map((value: { name: string }) => value.name);

  it('have every code of the schema', () => {
    const told = textOf('docs/answers.md')
      .match(/`[A-Z]+(?:_[A-Z]+)+`/g)!
      .map((code) => code.slice(1, -1));
    const plain = [...textOf('docs/answers.md').matchAll(/`(FORBIDDEN|UNAUTHENTICATED)`/g)].map(([, code]) => code!);

    expect(values('ErrorCode').filter((code: string) => ![...told, ...plain].includes(code))).toEqual([]);
  });

  it('have every operation of the schema', () => {
    expect(
      values('Operation').filter((operation: string) => !textOf('docs/vendors.md').includes(`\`${operation}\``)),
    ).toEqual([]);
  });
});

it('says nothing of any machine on which it was written', () => {
  const foreign = documents.filter(({ text }) => /\/work\/|\/root\/|\/home\//.test(text));

  expect(foreign.map(({ file }) => file)).toEqual([]);
});
