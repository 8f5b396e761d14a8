import { isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildGraphSchema } from '../../resolvers/index.js';
import { people } from '../../src/sandbox/people.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';

let rollcall: Rollcall;

beforeAll(async () => {
  const population = { people: people(6), groups: 2, membersPerGroup: 2, projects: 1, awkward: false };
  rollcall = await openRollcall({ population });
});
afterAll(() => rollcall.close());

const schema = buildGraphSchema();

describe('what is not built yet is absent, never present and lying:', () => {
  it.each(['/datasets/memberships.parquet'])('GET %s', async (path) => {
    expect((await fetch(`${rollcall.url}${path}`)).status).toBe(404);
  });

  it('fields of what nobody has built: no type speaks of cost or plan', () => {
    const types = Object.values(schema.getTypeMap()).filter(
      (type) => isObjectType(type) && !type.name.startsWith('__'),
    );
    const fields = types.flatMap((type) => (isObjectType(type) ? Object.keys(type.getFields()) : []));

    expect(fields.length).toBeGreaterThan(100);
    expect(fields.filter((name) => /cost|^plan/i.test(name))).toEqual([]);
  });
});
