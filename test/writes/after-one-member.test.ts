import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../src/sandbox/fault-rules.js';
import { ids, openHouse, type House } from './house.js';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const idsOf = (members: readonly { id: string }[] = []) => members.map(({ id }) => id);

describe('after one member', () => {
  const group = ids.permissionGroup();
  const members = [1, 2, 3, 4].map(ids.updraftUser);
  const strike = (fault: Fault) =>
    house.server('updraft').fault({ ...fault, match: ({ body }) => body.includes('"user":2') });

  it('whose outcome is unknown, what is unsent is refused with the same code', async () => {
    strike({ mode: 'lost' });

    const answer = await house.write('addGroupMembers', { group, members });

    expect(house.writes('updraft')).toHaveLength(2);
    expect(answer.userErrors.map(({ code }) => code)).toEqual(Array(3).fill('OUTCOME_UNKNOWN'));
    expect(answer.userErrors.map(({ target }) => target)).toEqual(members.slice(1));
    expect(answer.userErrors.map(({ message }) => message.includes('was not sent this one'))).toEqual([
      false,
      true,
      true,
    ]);
    expect(answer.calls.map(({ status }) => status)).toEqual([201, null, null, null]);
    expect(answer).toMatchObject({ confirmedBy: 'UNKNOWN', added: [{ id: members[0] }] });
  });

  it('for whom the credentials do not suffice, what is unsent is refused with the same code', async () => {
    strike({ mode: 'status', status: 403 });

    const answer = await house.write('addGroupMembers', { group, members });

    expect(house.writes('updraft')).toHaveLength(2);
    expect(answer.userErrors.map(({ code }) => code)).toEqual(Array(3).fill('VENDOR_AUTH'));
    expect(answer).toMatchObject({ confirmedBy: 'VENDOR_RESPONSE', added: [{ id: members[0] }] });
  });

  it.each([400, 404, 409, 429])('who is refused with %i, the others are sent', async (status) => {
    strike({ mode: 'status', status });

    const answer = await house.write('addGroupMembers', { group, members });

    expect(house.writes('updraft')).toHaveLength(4);
    expect(answer.userErrors).toMatchObject([{ field: ['members', '1'], target: members[1] }]);
    expect(idsOf(answer.added)).toEqual([members[0], members[2], members[3]]);
  });

  it('who cannot be sent, the source is not tried again for each of the others', async () => {
    const away = await openHouse({ settings: { updraft: { url: 'http://127.0.0.1:1' } } });

    const answer = await away.write('addGroupMembers', { group, members });
    await away.close();

    expect(answer.userErrors.map(({ code }) => code)).toEqual(Array(4).fill('VENDOR_UNAVAILABLE'));
    expect(answer).toMatchObject({ confirmedBy: null, added: [] });
    expect(answer.calls.map(({ status }) => status)).toEqual([null, null, null, null]);
  });
});
