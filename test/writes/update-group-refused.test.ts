import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusedBeforeAnyCall, type Case } from './bad-writes.js';
import { ids, openHouse, type House } from './house.js';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const [testrail, tiledesk, asa] = [ids.testrailGroup(1), ids.tiledeskGroup(1), ids.asaGroup('Bastion crew 1')];
const named = (what: string, name: string | null): Case => [what, 'updateGroup', { group: testrail, name }, ['name']];

describe('a change of a group is refused before any call when', () => {
  refusedBeforeAnyCall(() => house, 'BAD_USER_INPUT', [
    ['there is nothing to change', 'updateGroup', { group: testrail }, null],
    ['roles are null and nothing else is given', 'updateGroup', { group: asa, roles: null }, null],
    ['attributes are null and nothing else is given', 'updateGroup', { group: tiledesk, attributes: null }, null],
    named('its name is null', null),
    [
      'its name is null beside what can be changed',
      'updateGroup',
      { group: tiledesk, name: null, attributes: {} },
      ['name'],
    ],
    named('its name is empty', ''),
    named('its name is blank', ' \u00a0'),
    named('its name has 256 characters', 'x'.repeat(256)),
    named('its name has a control character', 'a\u0000b'),
    named('its name has half a character', '\ud83d'),
    ['a role is UNKNOWN', 'updateGroup', { group: asa, roles: ['ACCESS_USER', 'UNKNOWN'] }, ['roles', '1']],
    ['its id is malformed', 'updateGroup', { group: 'TestRailGroup/1', name: 'n' }, ['group']],
    ['its id and its name are wrong: each is told', 'updateGroup', { group: '', name: '' }, ['group'], ['name']],
  ]);
});

it.each([
  ['a name of 255 characters beside blanks', { group: testrail, name: ` ${'\ud83d\ude00'.repeat(255)} ` }],
  ['no roles at all', { group: asa, roles: [] }],
  ['no attributes at all', { group: tiledesk, attributes: {} }],
])('a change to %s is sent', async (_what, input) => {
  const answer = await house.write('updateGroup', { ...input, dryRun: true });

  expect(answer.userErrors).toEqual([]);
  expect(answer.calls).toHaveLength(1);
});
