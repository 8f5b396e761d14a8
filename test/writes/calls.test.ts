import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { crews, everyCrew, goodEdits, meanwhile } from './crews.js';
import { ids, isWrite, openHouse, type Answered, type House } from './house.js';
import { everyWrite } from './lost-answers.js';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const lines = ({ calls }: Answered) => calls.map(({ method, url }) => `${method} ${url}`);

describe.each(everyWrite)('the calls of %s at %s', (mutation, source, input) => {
  it('are what the vendor was asked, in that order, with what it answered', async () => {
    const answer = await house.write(mutation, input);

    const { origin, journal } = house.server(source);
    const sent = journal.filter(({ target }) => !target.endsWith('/service_token'));
    expect(lines(answer)).toEqual(
      sent.map(({ method, target }) => `${method} ${origin}${target}`).slice(0, answer.calls.length),
    );
    expect(answer.calls.map(({ status }) => status)).toEqual(
      sent.map(({ status }) => status).slice(0, answer.calls.length),
    );
    expect(answer.calls.map(({ body }) => body)).toEqual(
      sent.map(({ json = null }) => json).slice(0, answer.calls.length),
    );
    // What was asked after the last write only proves it.
    expect(sent.slice(answer.calls.length).filter(isWrite)).toEqual([]);
  });

  it('tell how long each took, in whole milliseconds', async () => {
    house.server(source).setLatency(20);

    const { calls } = await house.write(mutation, input);

    expect(calls.every(({ durationMs }) => Number.isInteger(durationMs) && durationMs! >= 15)).toBe(true);
  });
});

describe('reads among the calls', () => {
  const count = (answer: Answered) =>
    answer.calls.filter(({ method, url }) => !isWrite({ method, target: url })).length;

  it.each(goodEdits)('of %s at %s are those on which the write hangs', async (mutation, source, input) => {
    const answer = await house.write(mutation, input);

    const mustRead =
      mutation === 'setGroupMembers' || source === 'tiledesk' || (source === 'testrail' && mutation !== 'deleteGroup');
    expect(count(answer)).toBe(mustRead ? 1 : 0);
  });

  it('do not tell of one that only proves the write, nor of a token', async () => {
    const answer = await house.write('addGroupMembers', { group: crews.asa.group, members: [crews.asa.others[0]] });

    expect(house.server('asa').journal.map(({ method }) => method)).toEqual(['POST', 'POST', 'GET']);
    expect(answer.calls.map(({ method }) => method)).toEqual(['POST']);
  });

  it.each(everyCrew)(
    'at $source are told where the edit was refused because of them',
    async ({ source, group, members }) => {
      const guarded = await house.write('setGroupMembers', { group, members: [] });
      house.server(source).fault({ mode: 'status', status: 500 });
      const failed = await house.write('setGroupMembers', { group, members });

      expect(guarded.userErrors).toMatchObject([{ code: 'BAD_USER_INPUT' }]);
      expect(guarded.calls).toMatchObject([{ source, status: 200 }]);
      expect(failed.userErrors).toMatchObject([{ code: 'VENDOR_UNAVAILABLE' }]);
      expect(failed.calls).toMatchObject([{ source, status: 500 }]);
    },
  );
});

describe('calls of what is done again', () => {
  it('are all told: each read and each write', async () => {
    const { group, others, members } = crews.testrail;
    house.server('testrail').fault({
      mode: 'status',
      status: 200,
      applied: true,
      times: 1,
      body: { id: 1, name: 'QA circle 1', user_ids: [1, 4] },
      match: isWrite,
    });
    meanwhile(house, 'testrail', isSecondRead(house), () => crews.testrail.become(house, members.slice(0, 2)));

    const answer = await house.write('addGroupMembers', { group, members: [others[0]] });

    expect(answer).toMatchObject({ userErrors: [], added: [{ id: others[0] }] });
    expect(answer.calls.map(({ method, status }) => `${method} ${status}`)).toEqual([
      'GET 200',
      'POST 200',
      'GET 200',
      'POST 200',
    ]);
  });
});

it('no calls are told of what is refused before any', async () => {
  const answers = [
    await house.write('deleteGroup', { group: ids.veltGroup() }),
    await house.write('updateGroup', { group: crews.testrail.group, name: '' }),
    await house.write('removeGroupMembers', { group: crews.asa.group, members: [] }),
  ];

  expect(answers.map(({ calls }) => calls)).toEqual([[], [], []]);
});

function isSecondRead({ server }: House) {
  return ({ method }: { method: string }) => method === 'GET' && server('testrail').journal.some(isWrite);
}
