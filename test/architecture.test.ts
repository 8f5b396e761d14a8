import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { expect, it } from 'vitest';

/** `src/config` is both src/config.ts and what lies in src/config/. Its own files a room may always import. */
interface Room {
  readonly room: string;
  readonly imports: readonly string[];
  readonly types?: readonly string[];
  readonly packages?: readonly string[];
}

const root = posix.join(import.meta.dirname, '..');
const vendors = readdirSync(posix.join(root, 'src/vendors'), { withFileTypes: true }).filter((entry) =>
  entry.isDirectory(),
);
const vendor = 'src/vendors/vendor';
const contracts = [vendor, 'src/vendors/rows', 'src/vendors/page', 'src/vendors/example', 'src/vendors/boxed'];

/** Who may import what of ours: arrows go one way, down this table and never up. */
const rooms: readonly Room[] = [
  {
    room: 'src/main',
    imports: [
      'src/config',
      'src/sandbox',
      'src/server',
      'resolvers',
      'src/graph',
      'src/reads',
      'src/writes',
      'src/ledger',
      'src/cache',
      'src/vendors/all',
      vendor,
      'src/http',
    ],
    types: ['schema'],
  },
  { room: 'src/config', imports: [vendor] },
  { room: 'src/sandbox', imports: ['src/vendors/boxed'], types: ['schema'] },
  {
    room: 'src/server',
    imports: ['resolvers', 'src/graph', 'src/reads', 'src/writes', 'src/ledger', vendor, 'src/http', 'src/memory'],
    types: ['schema'],
  },
  { room: 'resolvers', imports: ['schema', 'src/graph'] },
  { room: 'src/graph', imports: ['schema', 'src/reads', 'src/writes', 'src/ledger', vendor, 'src/http', 'src/memory'] },
  { room: 'src/reads', imports: ['src/ledger', vendor, 'src/http', 'src/memory'], types: ['schema'] },
  { room: 'src/writes', imports: ['src/ledger', vendor, 'src/http'], types: ['schema'] },
  { room: 'src/cache', imports: ['src/reads'] },
  { room: 'src/ledger', imports: [vendor, 'src/memory'], types: ['schema'] },
  { room: 'src/vendors/all', imports: ['src/vendors'] },
  ...vendors.map(({ name }) => ({
    room: `src/vendors/${name}`,
    imports: [...contracts, 'src/http'],
    types: ['schema'],
  })),
  ...contracts.map((room) => ({ room, imports: [...contracts, 'src/http'], types: ['schema'] })),
  { room: 'src/http', imports: ['src/memory'], types: ['schema'] },
  { room: 'src/memory', imports: [] },
  { room: 'schema', imports: [], packages: ['type-graphql', 'graphql-scalars', 'graphql', 'reflect-metadata'] },
  { room: 'src/page', imports: [] },
];

const fetchers = ['cross-fetch', 'undici', 'node-fetch'];
const maxLines = 250;
/** For tests alone: what is shipped knows no examples. */
const examples = /^src\/vendors\/[^/]+\/examples\.ts$/;
/** A vendor has six files: its documented exchanges, and its behaviour with its data in a box, each stay in one. */
const mayBeLong = /^src\/vendors\/[^/]+\/(examples|sandbox)\.ts$/;

const isIn = (places: readonly string[], path: string) =>
  places.some((place) => path === place || path === `${place}.ts` || path.startsWith(`${place}/`));

/** What is wrong with one import, or null. */
function objection(file: string, from: string, typesOnly: boolean): string | null {
  const own = rooms.find(({ room }) => isIn([room], file));
  if (!own) return `${file} is in no room of the table`;
  if (!from.startsWith('.')) {
    const wrong = isIn(fetchers, from) ? own.room !== 'src/http' : own.packages && !isIn(own.packages, from);
    return wrong ? `${file} imports ${from}, and ${own.room} may not` : null;
  }
  const target = posix.join(posix.dirname(file), from).replace(/\.js$/, '.ts');
  const allowed = [own.room, ...own.imports, ...(typesOnly ? (own.types ?? []) : [])];
  if (isIn(allowed, target) && !examples.test(target)) return null;
  const inTypes = isIn(own.types ?? [], target) ? ', but as a type' : '';
  return `${file} imports ${target}, and ${own.room} may not${inTypes}`;
}

function* importsOf(source: string): Generator<{ from: string; typesOnly: boolean }> {
  for (const [, type, names, from] of source.matchAll(
    /^(?:import|export)\s+(type\s)?([\w$\s{},*]*?)\s*from\s+'([^']+)'/gm,
  )) {
    const inline = /^\{(\s*type\s[^,}]+,?)+\s*\}$/.test(names!);
    yield { from: from!, typesOnly: type !== undefined || inline };
  }
  for (const [, from] of source.matchAll(/(?:^import\s+|\b(?:import|require)\(\s*)'([^']+)'/gm))
    yield { from: from!, typesOnly: false };
}

function objections(file: string, source: string): string[] {
  const wrong = [...importsOf(source)].map(({ from, typesOnly }) => objection(file, from, typesOnly));
  return wrong.filter((sentence) => sentence !== null);
}

const files = ['src', 'schema', 'resolvers'].flatMap((folder) =>
  readdirSync(posix.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => ({ file: posix.join(folder, name), source: readFileSync(posix.join(root, folder, name), 'utf8') })),
);

it('reads every import of every room', () => {
  const unread = files.filter(
    ({ source }) => [...importsOf(source)].length < [...source.matchAll(/ from '.+';$/gm)].length,
  );

  expect(unread.map(({ file }) => file)).toEqual([]);
  for (const { room } of rooms)
    expect(files.map(({ file }) => file)).toContainEqual(expect.stringMatching(`^${room}[./]`));
});

it('imports only what the table allows', () => {
  expect(files.flatMap(({ file, source }) => objections(file, source))).toEqual([]);
});

it('has every file in a room of the table', () => {
  expect(files.map(({ file }) => file).filter((file) => !rooms.some(({ room }) => isIn([room], file)))).toEqual([]);
});

it(`keeps every file within ${maxLines} lines`, () => {
  const long = files.filter(
    ({ file, source }) => source.trimEnd().split('\n').length > maxLines && !mayBeLong.test(file),
  );

  expect(long.map(({ file }) => file)).toEqual([]);
});

it.each([
  ['resolvers/group.ts', `import { VendorError } from '../src/http/errors.js';`],
  ['resolvers/user.ts', `export { type User, toUser } from '../src/vendors/velt/mapping.js';`],
  ['schema/group.ts', `import type { Known } from '../src/reads/known.js';`],
  ['schema/group.ts', `import { z } from 'zod';`],
  ['src/reads/plan.ts', `import type { Plan } from '../writes/plan.js';`],
  ['src/writes/plan.ts', `export * from '../reads/plan.js';`],
  ['src/http/errors.ts', `import { ErrorCode } from '../../schema/enums.js';`],
  ['src/http/errors.ts', `import type { Row } from '../vendors/vendor.js';`],
  ['src/graph/graph.ts', `const { vendors } = await import('../vendors/all.js');`],
  ['src/vendors/velt/rest.ts', `import { User } from '../testrail/rest.js';`],
  ['src/vendors/velt/index.ts', `import { examples } from './examples.js';`],
  ['src/server/app.ts', `import { openSandbox } from '../sandbox/sandbox.js';`],
  ['src/config/server.ts', `import type { Graph } from '../graph/graph.js';`],
  ['src/page/ask.ts', `import type { Group } from '../../schema/group.js';`],
  ['src/main.ts', `import '../test/support/replay.js';`],
  ['src/ledger/file.ts', `import fetch from 'cross-fetch';`],
  ['src/vendors/registry.ts', `import { velt } from './velt/index.js';`],
  ['src/elsewhere/any.ts', `import { group } from '../graph/group.js';`],
])('catches in %s: %s', (file, source) => {
  expect(objections(file, source)).toEqual([expect.stringContaining(file)]);
});

it('lets types of the schema through, and names both paths where a value comes along', () => {
  const types = `import type { Vendor } from '../../schema/enums.js';\nimport { type Role, type Kind } from '../../schema/enums.js';`;

  expect(objections('src/http/errors.ts', types)).toEqual([]);
  expect(objections('src/http/errors.ts', `import { type Role, Kind } from '../../schema/enums.js';`)).toEqual([
    'src/http/errors.ts imports schema/enums.ts, and src/http may not, but as a type',
  ]);
});
