import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestRailState } from '../../src/vendors/testrail/sandbox.js';
import { Chance } from '../support/chance.js';
import { basic, keyRing } from '../support/keys.js';
import { credentialOf, markedTestRail } from '../support/marked-testrail.js';
import { openRollcall, type Answer, type Rollcall } from '../support/rollcall.js';

/** X4: two callers, each with a source of his own at one vendor, whose ids are equal. */
const sides = { east: 'EASTERN', west: 'WESTERN' } as const;

type Side = keyof typeof sides;

const names = ['east', 'west'] as const;
const other = { east: 'west', west: 'east' } as const;
const ring = keyRing({
  east: { role: 'write', sources: ['east'] },
  west: { role: 'write', sources: ['west'] },
});

let rollcall: Rollcall;

beforeAll(async () => {
  rollcall = await openRollcall({
    boxes: names.map((name) => markedTestRail(name, sides[name])),
    auth: ring.auth,
    population: { groups: 8, membersPerGroup: 4, projects: 2, awkward: false },
    // What is kept and shared is kept apart, too.
    cacheSeconds: 30,
  });
});
afterAll(() => rollcall.close());

const trace = { 'x-rollcall-trace': '1' };

/** What is asked, as one side would; its ids name the source that is given. */
const requests: readonly ((source: Side, turn: number) => { query: string; variables?: object })[] = [
  () => ({ query: '{ groups { totalCount complete nodes { id name memberCount } sources { source state } } }' }),
  () => ({ query: '{ memberships(first: 20) { nodes { groupName memberName memberEmail } sources { source } } }' }),
  () => ({ query: '{ users(first: 5) { totalCount nodes { id name email } } sources { name status { state } } }' }),
  (source) => ({ query: `{ node(id: "gid://${source}/TestRailGroup/1") { id ... on TestRailGroup { name } } }` }),
  (source) => ({ query: `{ group(id: "gid://${source}/TestRailGroup/2") { name members { nodes { name email } } } }` }),
  (source) => ({ query: `{ groups(filter: { sources: ["${source}"] }) { totalCount nodes { name } } }` }),
  (source) => ({ query: `{ user(id: "gid://${source}/User/3") { name groups { nodes { name } } } }` }),
  (source, turn) => create(source, `key-${turn % 5}`, `made in turn ${turn % 5}`),
  (source, turn) => add(source, `add-${turn % 7}`, (turn % 7) + 1),
  () => ({ query: '{ ledgerEntry(key: "key-1") { source calls { url } } }' }),
];

function create(source: Side, idempotencyKey: string, name: string) {
  return {
    query: `mutation ($input: AddTestRailGroupInput!) { addTestRailGroup(input: $input) {
      group { id name } userErrors { code message } calls { url body } } }`,
    variables: { input: { organization: `gid://${source}/Organization/${source}`, name, idempotencyKey } },
  };
}

function add(source: Side, idempotencyKey: string, group: number) {
  return {
    query: `mutation ($input: GroupMembersInput!) { addGroupMembers(input: $input) {
      group { name } added { id ... on User { name } } unchanged { id } userErrors { code message } calls { url } } }`,
    variables: {
      input: { group: `gid://${source}/TestRailGroup/${group}`, members: [`gid://${source}/User/9`], idempotencyKey },
    },
  };
}

async function askAs(side: Side, { query, variables }: { query: string; variables?: object }): Promise<Answer> {
  return rollcall.ask(query, variables, { ...ring.headersOf(side), ...trace });
}

describe('of 200 requests of two callers, all under way at once,', () => {
  const answers: {
    readonly side: Side;
    readonly asksOther: boolean;
    readonly answer: Answer;
    readonly body: string;
  }[] = [];

  beforeAll(async () => {
    const chance = new Chance(5);
    await Promise.all(
      Array.from({ length: 200 }, async (_, turn) => {
        const side = chance.pick(names);
        const asksOther = chance.isSo(15);
        const asked = chance.pick(requests)(asksOther ? other[side] : side, turn);
        await new Promise((resolve) => setTimeout(resolve, chance.whole(0, 300)));
        const answer = await askAs(side, asked);
        answers.push({ side, asksOther, answer, body: JSON.stringify(answer) });
      }),
    );
  }, 180_000);

  it('every one of the vendor went to its own source with that source’s credential', () => {
    for (const side of names) {
      const { journal, failures } = rollcall.sandbox.server(side);

      expect(failures).toEqual([]);
      expect(journal.length).toBeGreaterThan(20);
      expect(new Set(journal.map(({ headers }) => headers['authorization']))).toEqual(
        new Set([credentialOf(sides[side])]),
      );
    }
  });

  it('no answer holds a name, an address or a count of the other', () => {
    for (const { side, asksOther, body } of answers) {
      const { origin } = rollcall.sandbox.server(other[side]);

      expect(body).not.toContain(sides[other[side]]);
      expect(body).not.toContain(origin);
      // Who names the other's source hears the name that he wrote, and nothing else.
      if (!asksOther) expect(body).not.toContain(`gid://${other[side]}/`);
      expect(body).not.toContain('INTERNAL_SERVER_ERROR');
    }
    expect(answers.filter(({ body, side }) => body.includes(sides[side])).length).toBeGreaterThan(60);
  });

  it('each cost its own caller what it cost the vendor, and nobody else', () => {
    for (const side of names) {
      const told = answers
        .filter((one) => one.side === side)
        .flatMap(({ answer }) => answer.extensions?.upstream ?? []);

      expect(new Set(told.map(({ source }: { source: string }) => source))).toEqual(new Set([side]));
      const calls = told.reduce((sum: number, one: { calls: number }) => sum + one.calls, 0);
      expect(calls).toBe(rollcall.sandbox.server(side).journal.length);
    }
  });

  it('what both sent under equal keys was done once for each', () => {
    for (const side of names) {
      const { groups } = rollcall.sandbox.server<TestRailState>(side).box.state;
      const made = groups.map(({ name }) => name).filter((name) => name.startsWith('made in turn'));

      expect(made.length).toBeGreaterThan(1);
      expect(new Set(made).size).toBe(made.length);
    }
  });
});

describe('one caller', () => {
  it('never replays what another did under the same key', async () => {
    const [east, west] = [
      await askAs('east', create('east', 'same', 'One')),
      await askAs('west', create('west', 'same', 'Two')),
    ];
    const again = await askAs('west', create('west', 'same', 'Two'));

    const told = ({ data, extensions }: Answer) => [
      data.addTestRailGroup.group?.name,
      extensions.idempotencyKeys[0].replayed,
    ];
    expect([told(east), told(west), told(again)]).toEqual([
      ['One', false],
      ['Two', false],
      ['Two', true],
    ]);
  });

  it('finds his own entry of the ledger under a key that another used too', async () => {
    await askAs('east', create('east', 'both', 'Of the east'));
    await askAs('west', create('west', 'only-west', 'Of the west'));
    const entry = (side: Side, key: string) =>
      askAs(side, { query: `{ ledgerEntry(key: "${key}") { source calls { body } } }` });

    expect((await entry('east', 'both')).data.ledgerEntry).toMatchObject({ source: 'east' });
    expect((await entry('west', 'both')).data.ledgerEntry).toBe(null);
    expect((await entry('east', 'only-west')).data.ledgerEntry).toBe(null);
  });

  it('gets the datasets of his own source', async () => {
    for (const side of names) {
      const get = async (path: string) =>
        (await fetch(rollcall.url + path, { headers: basic(ring.keys[side]) })).text();
      const [csv, ndjson, described] = await Promise.all(
        ['/datasets/memberships.csv', '/datasets/memberships.ndjson', '/datasets'].map(get),
      );

      expect(csv!.split('\r\n').length).toBeGreaterThan(20);
      for (const text of [csv!, ndjson!]) {
        expect(text).toContain(sides[side]);
        expect(text).not.toContain(sides[other[side]]);
      }
      expect(described).toContain(`"${side}"`);
      expect(described).not.toContain(other[side]);
    }
  });
});
