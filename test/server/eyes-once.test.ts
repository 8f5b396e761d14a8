import { expect, it } from 'vitest';
import { Operation } from '../../src/server/eyes/operation.js';

it('an operation ends once, when nothing holds it any more, also where a call begins when its client has left', () => {
  const ended: Operation[] = [];
  const operation = new Operation('r-1', false, null, (one) => void ended.push(one));
  const [answer, handler] = [operation.hold(), operation.hold()];

  answer();
  expect(ended).toEqual([]);
  handler();
  expect(ended).toEqual([operation]);
  operation.hold()();

  expect(ended).toEqual([operation]);
});
