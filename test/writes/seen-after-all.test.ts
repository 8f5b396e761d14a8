import { afterEach, describe, expect, it } from 'vitest';
import { isWrite, type House } from './house.js';
import { answersSomething, canBeSeen, done, everyWrite, openLosing, seeGroups, type Loss } from './lost-answers.js';

let house: House;
afterEach(() => house.close());

const truncated: Loss = { what: 'answers half of its JSON', fault: { mode: 'truncated-json' }, status: 200 };

describe.each(everyWrite.filter(canBeSeen))('%s at %s that was carried out', (...write) => {
  const [mutation, source, input] = write;

  it.each([...done, ...(answersSomething(write) ? [truncated] : [])])(
    'is sent exactly once, seen by a read and done when the vendor $what',
    async (loss) => {
      house = await openLosing(source, loss);
      await seeGroups(house, source);

      const answer = await house.write(mutation, input);

      expect(house.writes(source)).toHaveLength(1);
      expect(answer).toMatchObject({ userErrors: [], confirmedBy: 'READ_BACK' });
      // The look is no part of what was sent.
      expect(answer.calls.at(-1)).toMatchObject({ status: loss.status });
      expect(answer.calls.filter(({ method, url }) => isWrite({ method, target: url }))).toHaveLength(1);
      expect(
        [answer.group, answer.deletedId, ...(answer.added ?? []), ...(answer.removed ?? [])].filter(Boolean),
      ).toHaveLength(1);
    },
  );
});

describe.each(everyWrite.filter((write) => !canBeSeen(write)))(
  '%s at %s that was carried out',
  (mutation, source, input) => {
    it.each(done)('is unknown all the same when the vendor $what: no read is documented', async (loss) => {
      house = await openLosing(source, loss);

      const answer = await house.write(mutation, input);

      expect(house.writes(source)).toHaveLength(1);
      expect(answer).toMatchObject({ userErrors: [{ code: 'OUTCOME_UNKNOWN' }], confirmedBy: 'UNKNOWN' });
    });
  },
);
