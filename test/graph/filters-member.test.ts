import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAnaEverywhere, type AnaEverywhere } from '../support/ana-everywhere.js';

let company: AnaEverywhere;

beforeAll(async () => {
  company = await openAnaEverywhere();
});
afterAll(() => company.rollcall.close());

const desk = '5b55e806c93dde0014000001';
const anaAtDesk = `gid://tiledesk/User/${desk}/5ab0f3fa57066e0014000001`;

describe('groups(filter: { member }) is Member.groups', () => {
  it.each([
    ['gid://testrail/User/1', ['GET /index.php?/api/v2/get_groups']],
    [anaAtDesk, [`GET /v3/${desk}/groups`]],
    ['gid://asa/User/acme/ana.lin', expect.arrayContaining(['GET /v1/teams/acme/users/ana.lin/groups'])],
    ['gid://velt/User/org-a/u-1', []],
    ['gid://updraft/User/1', []],
    ['gid://updraft/Tester/700', []],
  ])('%s', async (member, calls) => {
    const { testrail, tiledesk, asa } = company.groupsOfAna;
    const expected: Record<string, readonly string[]> = {
      'gid://testrail/User/1': testrail,
      [anaAtDesk]: tiledesk(desk),
      'gid://asa/User/acme/ana.lin': asa,
      'gid://velt/User/org-a/u-1': ['Ops'],
      'gid://updraft/User/1': ['Leads'],
      'gid://updraft/Tester/700': ['Ring'],
    };

    const { groups, errors, names, heard } = await company.groups({ member });
    const nested = await company.rollcall.ask(
      'query ($id: ID!) { node(id: $id) { ... on Member { groups(first: 1000) { nodes { id name } } } } }',
      { id: member },
    );

    expect(errors).toBeUndefined();
    expect(names.toSorted()).toEqual(expected[member]!.toSorted());
    expect(names.length).toBeGreaterThan(0);
    expect(nested.data.node.groups.nodes).toEqual(groups.nodes);
    expect(Object.values(heard).flat()).toEqual(calls);
  });

  it.each([
    'gid://testrail/User/999',
    `gid://tiledesk/User/${desk}/5ab0f3fa57066e001400ffff`,
    'gid://tiledesk/User/5b55e806c93dde00140fffff/5ab0f3fa57066e0014000001',
    'gid://asa/User/acme/nobody',
    'gid://velt/User/org-a/nobody',
    'gid://velt/User/nowhere/nobody',
    'gid://updraft/User/999',
    'gid://updraft/Tester/999',
  ])('of somebody who does not exist is empty and complete: %s', async (member) => {
    const { groups, errors } = await company.groups({ member });

    expect(errors).toBeUndefined();
    expect(groups).toMatchObject({ totalCount: 0, complete: true, nodes: [], sources: [{ state: 'OK' }] });
  });

  it.each([
    ['updraft', 'gid://updraft/User/2'],
    ['velt', 'gid://velt/User/org-a/u-9'],
  ])('what is remembered is of origin LEDGER, also where it is nothing: %s', async (source, member) => {
    const answers = [
      await company.groups({ member }),
      await company.groups({ memberEmail: 'nobody@example.com', sources: [source] }),
    ];

    for (const { groups } of answers)
      expect(groups).toMatchObject({ nodes: [], sources: [{ origin: 'LEDGER', state: 'OK' }] });
  });
});
