import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configOf } from '../../src/config.js';
import { BadInput } from '../../src/graph/bad-input.js';
import { formatId, parseId } from '../../src/graph/global-id.js';
import { Sources } from '../../src/graph/sources.js';
import { vendors } from '../../src/vendors/all.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';

/** Velt's ids are the client's own: the widest pattern of all. Halves of characters cannot be encoded, so are in none. */
const part = fc
  .string({
    unit: fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...'aZ09-._~/%?#:@ +\'!()*"|ü€🐘') },
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    ),
    minLength: 1,
    maxLength: 40,
  })
  .filter((text) => !/[\p{Cc}\p{Cs}]/u.test(text));

const source = { vendor: 'velt', url: 'https://api.velt.dev', apiKey: 'key', authToken: 'token' };
const sources = Sources.open(configOf({ sources: { velt: source } }, { env: {}, vendors }).sources);

const isShort = (id: string) => Buffer.byteLength(id) <= 1_024;

/** The path that an id means; null for one that is refused. */
function pathOf(id: string): readonly string[] | null {
  try {
    return parseId(id, sources).ref.path;
  } catch (error) {
    if (error instanceof BadInput) return null;
    throw error;
  }
}

/** Other ways to write the same: letters encoded, digits in lower case, reserved characters as they are. */
function otherSpellings(id: string): string[] {
  const [head, path] = [id.slice(0, 'gid://velt/User/'.length), id.slice('gid://velt/User/'.length)];
  return [
    head + path.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase()),
    head + path.replace(/(%..)|[A-Za-z0-9._~-]/g, (char, escape) => escape ?? `%${hex(char)}`),
    head + path.replace(/%2F/g, '/'),
    head + path.replace(/%20/g, '+'),
    head + path.split('/').map(decodeURIComponent).join('/'),
    head + path.replaceAll('%', '%25'),
    head + path.split('/').map(encodeURI).join('/'),
    `${id}/`,
    ` ${id}`,
    `${id}\n`,
    id.replace('gid', 'GID'),
    id.normalize('NFD'),
  ];
}

const hex = (char: string) => char.charCodeAt(0).toString(16).toUpperCase();

describe('an id', () => {
  it('of any parts is read back as the same parts', () => {
    fc.assert(
      fc.property(part, part, (organization, user) => {
        const id = formatId('velt', 'User', [organization, user]);
        fc.pre(isShort(id));

        expect(pathOf(id)).toEqual([organization, user]);
      }),
    );
  });

  it('has one spelling only: no other way to write the same parts is taken', () => {
    fc.assert(
      fc.property(part, part, (organization, user) => {
        const id = formatId('velt', 'User', [organization, user]);
        fc.pre(isShort(id));

        const taken = otherSpellings(id).filter((spelling) => {
          const path = pathOf(spelling);
          return spelling !== id && path?.[0] === organization && path[1] === user;
        });

        expect(taken).toEqual([]);
      }),
    );
  });

  it('that is taken is the same text after decoding and encoding again, whatever was sent', () => {
    const piece = fc.constantFrom(
      'gid',
      '://',
      '/',
      'velt',
      'User',
      '%',
      '%2',
      '%2F',
      '%41',
      'a',
      'ü',
      ' ',
      '',
      '..',
      '%C3%BC',
    );
    const wild = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));

    fc.assert(
      fc.property(wild, wild, (head, tail) => {
        for (const text of [head + tail, `gid://velt/User/${tail}`, `gid://velt/User/${head}/${tail}`]) {
          const path = pathOf(text);
          if (path) expect(formatId('velt', 'User', path)).toBe(text);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('what a list tells', () => {
  let rollcall: Rollcall;

  beforeAll(async () => {
    rollcall = await openRollcall({ only: ['velt'], population: { people: [], groups: 0, awkward: false } });
  });
  afterAll(() => rollcall.close());

  it('is found again by its id, whatever the vendor calls it', async () => {
    const { state } = rollcall.sandbox.server<{ organizations: { id: string; users: object[] }[] }>('velt').box;
    const isListable = ([organization, users]: [string, string[]]) =>
      users.every((user) => isShort(formatId('velt', 'User', [organization, user])));
    const company = fc.tuple(part, fc.uniqueArray(part, { minLength: 1, maxLength: 40 })).filter(isListable);

    await fc.assert(
      fc.asyncProperty(company, async ([organization, users]) => {
        Object.assign(state.organizations[0]!, { id: organization, users: users.map((userId) => ({ userId })) });

        const listed = await rollcall.ask('{ users(filter: { sources: ["velt"] }) { nodes { id vendorId } } }');
        const ids = (listed.data.users.nodes as { id: string }[]).map(({ id }) => id);
        const found = await rollcall.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on User { vendorId } } }', {
          ids,
        });

        expect(new Set(listed.data.users.nodes.map((user: { vendorId: string }) => user.vendorId))).toEqual(
          new Set(users),
        );
        expect(found.data.nodes).toEqual(listed.data.users.nodes);
        expect(found.errors).toBeUndefined();
      }),
      { numRuns: 25 },
    );
  });
});
