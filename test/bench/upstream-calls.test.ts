/** The short form of `npm run bench`: how many calls the three questions cost, never how long they take. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rollcall } from '../../bench/compare/contestants.js';
import { Client } from '../../bench/compare/load.js';
import { questionsOf, type Question } from '../../bench/compare/questions.js';
import { startCompany, type Company } from '../../bench/company/start.js';

let company: Company;
let questions: ReadonlyMap<string, Question>;
beforeAll(async () => {
  company = await startCompany();
  questions = new Map(questionsOf(company.groups).map((question) => [question.name, question]));
}, 60_000);
afterAll(() => company.close());

/** How many calls each of so many operations costs, one after the other, in a server that was just started. */
async function callsOf(name: string, { contestant = rollcall('nothing'), vendors = company, nths = [0, 1, 2] }) {
  const running = await contestant.start(vendors);
  const client = new Client(running);
  try {
    const calls: number[] = [];
    for (const nth of nths) {
      const before = await company.requests();
      await client.check(questions.get(name)!, nth);
      calls.push((await company.requests()) - before);
    }
    return calls;
  } finally {
    await client.close();
    await running.close();
  }
}

const fewest = [
  ['Q1', 128],
  ['Q2', 3],
  ['Q3', 53],
] as const;

describe('calls to vendors for one operation', () => {
  it.each(fewest)(
    '%s is answered rightly with %d, whatever was asked before',
    async (name, calls) => {
      expect(await callsOf(name, {})).toEqual([calls, calls, calls]);
    },
    60_000,
  );

  it.each(fewest)(
    '%s costs none when all has been read',
    async (name, calls) => {
      const contestant = rollcall('a cache');

      const [first, ...rest] = await callsOf(name, { contestant, nths: [0, 0, 0] });

      expect(first).toBeLessThanOrEqual(calls);
      expect(rest).toEqual([0, 0]);
    },
    60_000,
  );

  it('are counted: one list more than is needed shows', async () => {
    const { projects: _, ...tiledesk } = company.sources['tiledesk']!;
    const sources = { ...company.sources, tiledesk };

    expect(await callsOf('Q1', { vendors: { ...company, sources } })).toEqual([129, 129, 129]);
  }, 60_000);
});
