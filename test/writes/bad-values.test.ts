import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  manyMembers,
  membersOf,
  named,
  namedAtAsa,
  refusedBeforeAnyCall,
  tester,
  veltGroups,
  type Case,
} from './bad-writes.js';
import { ids, openHouse, type House } from './house.js';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

describe('a name is refused before any call when it', () => {
  refusedBeforeAnyCall(() => house, 'BAD_USER_INPUT', [
    ['is empty', ...named('', ['name'])],
    ['is blank', ...named(' \u00a0 ', ['name'])],
    ['has 256 characters', ...named('x'.repeat(256), ['name'])],
    ['has a control character', ...named('a\u0007b', ['name'])],
    ['ends with a line break', ...named('a\n', ['name'])],
    ['has half a character', ...named('a\ud83d', ['name'])],
    [
      'is the title of a distribution group',
      'createUpdraftDistributionGroup',
      { project: ids.updraftProject, title: '' },
      ['title'],
    ],
    [
      'is the title of a permission group',
      'createUpdraftPermissionGroup',
      { organization: ids.updraftOrganization, title: '\t' },
      ['title'],
    ],
    ['is of a Tiledesk group', 'createTiledeskGroup', { project: ids.tiledeskProject, name: ' ' }, ['name']],
    ...['/', '\\', '%', '?', '#'].map((sign): Case => [`has ${sign} at ASA`, ...namedAtAsa(`a${sign}b`)]),
    ['is . at ASA', ...namedAtAsa('.')],
    ['is .. at ASA', ...namedAtAsa('..')],
    ['begins with a blank at ASA', ...namedAtAsa(' a')],
    ['ends with a blank at ASA', ...namedAtAsa('a ')],
  ]);
});

describe('an e-mail address is refused before any call when it', () => {
  refusedBeforeAnyCall(() => house, 'BAD_USER_INPUT', [
    ['is empty', ...tester('')],
    ['has no @', ...tester('tess')],
    ['has two @', ...tester('a@b@c')],
    ['has nothing before the @', ...tester('@example.com')],
    ['has a blank', ...tester('te ss@example.com')],
    ['has an outer blank', ...tester(' tess@example.com')],
    ['has a control character', ...tester('tess\u0000@example.com')],
    ['has 255 characters', ...tester(`${'a'.repeat(243)}@example.com`)],
  ]);
});

describe('a role is refused before any call when', () => {
  const roles = ['ACCESS_USER', 'UNKNOWN', 'UNKNOWN'];
  refusedBeforeAnyCall(() => house, 'BAD_USER_INPUT', [
    ['it is UNKNOWN', 'createAsaGroup', { organization: ids.asa, name: 'n', roles }, ['roles', '1'], ['roles', '2']],
  ]);
});

describe('what is at a limit is sent:', () => {
  const atLimit: readonly Case[] = [
    ['a name of 255 characters beside blanks', ...named(` ${'😀'.repeat(255)} `)],
    ['an e-mail address of 254 characters', ...tester(`${'a'.repeat(242)}@example.com`)],
    [
      '250 members, repetitions counted once',
      ...membersOf(ids.veltGroup(), [...manyMembers(250), ...manyMembers(250)]),
    ],
    ['a groupId of 256 characters', ...veltGroups([{ groupId: '\u00fc'.repeat(256) }])],
  ];

  it.each(atLimit.map(([what, mutation, input]) => ({ what, mutation, input })))(
    '$what',
    async ({ mutation, input }) => {
      const answer = await house.write(mutation, { ...input, dryRun: true });

      expect(answer.userErrors).toEqual([]);
      expect(answer.calls).toHaveLength(1);
    },
  );
});
