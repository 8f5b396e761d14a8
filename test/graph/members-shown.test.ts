/** A page of a group's members is made once for many requests; made anew when one of the lists that it is made from is another. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Sources } from '../../src/graph/sources.js';
import type { Touched } from '../../src/reads/shared/touched.js';
import { byGraphqlJs, openTheatre, type Theatre } from '../support/executed.js';

let theatre: Theatre;
let sources: Sources;
beforeAll(async () => {
  theatre = await openTheatre();
  sources = theatre.openKeeping();
});
afterAll(async () => {
  sources.close();
  await theatre.close();
});

async function ask(text: string): Promise<any> {
  const { data } = await theatre.perform(byGraphqlJs, { text }, { sources });
  return JSON.parse(data!);
}

/** Lets go of one list as if it were too old, and keeps the others. */
const letGo = (source: string, isIt: Touched['list']) =>
  sources.get(source)!.shared.touch({ row: () => false, list: isIt });

const stateOf = (source: string) => theatre.sandbox.server(source).box.state as any;

it('when its members were read again, though the group was not', async () => {
  const text =
    '{ groups(first: 99, filter: { sources: ["asa"] }) { nodes { id fetchedAt members { totalCount nodes { id } } } } }';
  const [before] = (await ask(text)).groups.nodes.filter((group: any) => group.members?.totalCount > 1);
  const members: Map<string, string[]> = stateOf('asa').members;
  const of = [...members.keys()].find((id) => before.id.endsWith(id))!;
  members.get(of)!.pop();
  const find = async () => (await ask(text)).groups.nodes.find(({ id }: { id: string }) => id === before.id);
  expect(await find()).toEqual(before);

  await letGo('asa', (list) => 'name' in list && list.name === 'members');

  const after = [await find(), await find()].map(({ members: { totalCount } }) => totalCount);
  expect(after).toEqual([before.members.totalCount - 1, before.members.totalCount - 1]);
});

it('when the people in it were read again, though the group was not', async () => {
  const text = `{ users(first: 99, filter: { sources: ["testrail"] }) { totalCount }
    groups(first: 99, filter: { sources: ["testrail"] }) { nodes { id members { nodes { id ... on User { name } } } } } }`;
  const nameOf = ({ groups }: any) =>
    groups.nodes.find(({ members }: any) => members.nodes.length > 0).members.nodes[0].name;
  await ask(text);
  const before = nameOf(await ask(text));
  const user = stateOf('testrail').users.find(({ name }: { name: string }) => name === before);
  user.name = 'Another Name';
  expect(nameOf(await ask(text))).toBe(before);

  await letGo('testrail', (list) => 'noun' in list && list.noun === 'users');
  await ask('{ users(first: 99, filter: { sources: ["testrail"] }) { totalCount } }');

  expect(nameOf(await ask(text))).toBe('Another Name');
});
