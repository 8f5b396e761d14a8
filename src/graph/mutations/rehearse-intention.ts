import type { Answer } from '../../writes/answer.js';
import { planned, type CallRecord } from '../../writes/plan.js';
import { changeSteps } from '../../writes/group-change.js';
import { rehearse } from '../../writes/rehearse.js';
import type { Source } from '../sources.js';
import type { Asked, ChangeIntended, Intention } from './mutation.js';
import { ofEditResult } from './carry-out-intention.js';
import { ofFailure } from './user-errors.js';

/** What would be sent now, and what would come of it. Nothing is written, neither at the vendor nor in the ledger. */
export async function rehearsed(asked: Asked, intention: Intention): Promise<Answer> {
  const { request } = asked;
  const { source } = intention;
  const session = request.session(source);
  switch (intention.is) {
    case 'steps':
      return answer(source, {
        ...intention.show(null),
        calls: intention.plan.map(({ call }) => planned(call, session)),
      });
    case 'edit': {
      const at = { source, session, group: intention.group.ref };
      const result = await rehearse(at, intention.edit, request.writes.ledger);
      return { ...ofEditResult(intention, result), confirmedBy: null };
    }
    case 'change':
      return rehearsedChange(asked, intention);
  }
}

async function rehearsedChange({ request }: Asked, intention: ChangeIntended): Promise<Answer> {
  const { source, group, change } = intention;
  const session = request.session(source);
  const steps = await changeSteps({ source, session, group: group.ref }, change, []);
  if ('code' in steps) return answer(source, { userErrors: [ofFailure(steps, intention)] });
  const calls: CallRecord[] = steps.plan.map(({ call }) => planned(call, session));
  return answer(source, { calls });
}

function answer({ name }: Source, told: Partial<Answer>): Answer {
  return {
    source: name,
    about: null,
    userErrors: [],
    calls: [],
    confirmedBy: null,
    hint: null,
    at: new Date().toISOString(),
    ...told,
  };
}
