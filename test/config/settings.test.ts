import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { configOf } from '../../src/config.js';
import type { VendorDefinition } from '../../src/vendors/vendor.js';
import { CANARY, env, good, load, object, sentence, spoiled, updraft, vendors } from './fakes.js';

describe("a vendor's own key", () => {
  test.each([
    ['organizations: 12', 'organizations is 12, but must be a list; change it.'],
    ['organizations: []', 'organizations is a list, but must have at least 1 entry; change it.'],
    ['organizations: [12, true]', 'organizations[1] is true, but must be a number or a text; change it.'],
    ['organizations: [12, x]', 'organizations[1] is "x", but must be what Updraft documents; change it.'],
    ['appIs: team', 'appIs is "team", but must be "project" or "app"; change it.'],
    ['tokenPrefix: T', 'tokenPrefix is "T", but must have at least 2 characters; change it.'],
    ['tokenPrefix: 5', 'tokenPrefix is 5, but must be a text; change it.'],
    ['groups: qa', 'groups is "qa", but must be a map; change it.'],
    ['groups: { org-a: { qa: "" } }', 'groups.org-a.qa is "", but must have a name.'],
  ])('%s is refused in our words', (line, expected) => {
    expect(spoiled('updraft', line)).toBe(`rollcall.yaml, line 6: sources.s.${expected}`);
  });

  test('that is required and left out is named', () => {
    const plain = good();
    delete plain.sources.updraft.organizations;

    expect(sentence(() => object(plain))).toContain(
      'sources.updraft.organizations is missing; add it: it must be a list',
    );
  });

  test("is refused in the vendor's words where it has some", () => {
    const { asa } = good().sources;
    delete asa.keySecret;

    expect(sentence(() => object({ sources: { asa } }))).toBe(
      'configuration: sources.asa needs keyId and keySecret, or token; add them.',
    );
    expect(sentence(() => object({ sources: { asa: { ...good().sources.asa, team: 'echo one' } } }))).toBe(
      'configuration: sources.asa.team is "echo one", which is not right: the words echo one are not a team.',
    );
  });

  test('points at the line inside a block', () => {
    const text = `sources:
  up:
    vendor: updraft
    url: https://u.example
    token: "\${UPDRAFT_TOKEN}"
    organizations:
      - 12
      - - 3
`;

    expect(sentence(() => load(text))).toMatch(/^rollcall.yaml, line 8: sources.up.organizations\[1\] is a list, but /);
  });

  test.each([
    [
      'nested',
      z.strictObject({ url: z.string(), inner: z.strictObject({ name: z.string() }) }),
      { inner: { nmae: 'x' } },
      'inner has the key nmae, which is not known here; did you mean name?',
    ],
    [
      'in a list',
      z.strictObject({ url: z.string(), list: z.array(z.strictObject({ name: z.string() })) }),
      { list: [{ nam: 1 }] },
      'list[0] has the key nam, which is not known here; did you mean name?',
    ],
    [
      'of a record',
      z.strictObject({ url: z.string(), groups: z.record(z.string().regex(/^[a-z]+$/, 'is no group id'), z.string()) }),
      { groups: { 'A B': 'x' } },
      'groups."A B" is no group id.',
    ],
    [
      'of an alternative',
      z.union([
        z.strictObject({ url: z.string(), a: z.string() }),
        z.strictObject({ url: z.string(), b: z.string(), c: z.string() }),
      ]),
      { b: 'x', c: 3 },
      'c is 3, but must be a text; change it.',
    ],
    [
      'of a schema that throws',
      z.strictObject({ url: z.string() }).refine(() => {
        throw new TypeError(CANARY);
      }),
      {},
      'cannot be checked as Sixth; look its settings up again.',
    ],
    [
      'that only the schema knows',
      z.custom<{ url: string }>((value) => !('bad' in (value as object)), 'has a bad key'),
      { bad: 1 },
      'has a bad key.',
    ],
  ])('%s is refused with its place', (_, settings, own, expected) => {
    const sixth: VendorDefinition = { ...updraft, kind: 'sixth', title: 'Sixth', settings, secrets: [] };
    const plain = { sources: { s: { vendor: 'sixth', url: 'https://s.example', ...own } } };

    const said = sentence(() => configOf(plain, { env, vendors: [...vendors, sixth] }));

    expect(said).toMatch(/^configuration: sources\.s[. ]/);
    expect(said.replace(/^configuration: sources\.s[. ]/, '')).toBe(expected);
  });
});
