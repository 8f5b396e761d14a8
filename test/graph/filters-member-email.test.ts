import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openAnaEverywhere, type AnaEverywhere } from '../support/ana-everywhere.js';
import { clearFaults } from '../support/faults.js';

let company: AnaEverywhere;

beforeAll(async () => {
  company = await openAnaEverywhere();
});
afterAll(() => company.rollcall.close());
afterEach(() => clearFaults(company.rollcall.sandbox));

describe('memberEmail finds the users first, then as member', () => {
  it('over all sources, testers remembered too', async () => {
    const { testrail, tiledesk, asa } = company.groupsOfAna;

    const { groups, errors, names } = await company.groups({ memberEmail: ` ${company.ana.toUpperCase()} ` });

    expect(errors).toBeUndefined();
    expect(groups.sources.map(({ source, origin }: any) => [source, origin])).toEqual([
      ['updraft', 'LEDGER'],
      ['velt', 'LEDGER'],
      ['testrail', 'VENDOR'],
      ['tiledesk', 'VENDOR'],
      ['asa', 'VENDOR'],
    ]);
    const expected = ['Ring', 'Leads', 'Ops', ...testrail, ...company.desks.flatMap(tiledesk), ...asa];
    expect(names.toSorted()).toEqual(expected.toSorted());
  });

  it('at TestRail by e-mail in lower case, which is one call', async () => {
    const { names, heard } = await company.groups({ memberEmail: 'Ana.Lin@Example.com', sources: ['testrail'] });

    expect(names).toEqual(company.groupsOfAna.testrail);
    expect(heard).toEqual({
      testrail: [
        'GET /index.php?/api/v2/get_groups',
        'GET /index.php?/api/v2/get_user_by_email&email=ana.lin%40example.com',
      ],
    });
  });

  it('at TestRail in its list where that finds nobody', async () => {
    const { users, groups } = company.testrail;
    const odd = users.find(({ email }) => /^[A-Z]/.test(email))!;
    const expected = groups.filter(({ user_ids }) => user_ids.includes(odd.id)).map(({ name }) => name);

    const { names, errors, heard } = await company.groups({
      memberEmail: odd.email.toUpperCase(),
      sources: ['testrail'],
    });

    expect(errors).toBeUndefined();
    expect(names).toEqual(expected);
    expect(names.length).toBeGreaterThan(0);
    expect(heard['testrail']).toEqual([
      'GET /index.php?/api/v2/get_groups',
      `GET /index.php?/api/v2/get_user_by_email&email=${odd.email.toLowerCase().replace('@', '%40')}`,
      'GET /index.php?/api/v2/get_users',
    ]);
  });

  it('of nobody is empty and complete, and asks for no groups', async () => {
    const { groups, errors, heard } = await company.groups({ memberEmail: 'nobody@example.com' });

    expect(errors).toBeUndefined();
    expect(groups).toMatchObject({ totalCount: 0, complete: true });
    const calls = Object.values(heard).flat();
    expect(calls.filter((call) => call.includes('groups'))).toEqual([]);
  });

  it('that could not be looked up is UNAVAILABLE, not empty', async () => {
    company.rollcall.sandbox.server('testrail').fault({ mode: 'status', status: 500, match: /get_user/ });

    const { groups, errors } = await company.groups({ memberEmail: company.ana, sources: ['testrail'] });

    expect(groups).toMatchObject({ totalCount: null, complete: false, nodes: [], sources: [{ state: 'UNAVAILABLE' }] });
    expect(errors).toMatchObject([
      { path: ['groups'], extensions: { code: 'VENDOR_UNAVAILABLE', source: 'testrail' } },
    ]);
  });

  it('and project, of which one could not be read, are not half an answer', async () => {
    company.rollcall.sandbox.server('tiledesk').fault({ mode: 'status', status: 500, match: /project_users/ });

    const project = `gid://tiledesk/Project/${company.desks[0]}`;
    const { groups } = await company.groups({ memberEmail: company.ana, project });

    expect(groups).toMatchObject({ totalCount: null, complete: false, nodes: [], sources: [{ state: 'UNAVAILABLE' }] });
  });

  it('and member are joined by AND', async () => {
    const member = 'gid://testrail/User/1';
    const both = company.testrail.groups.filter(({ user_ids }) => user_ids.includes(1) && user_ids.includes(2));

    const same = await company.groups({ memberEmail: company.ana, member });
    const other = await company.groups({ memberEmail: 'benjy.compson@example.com', member });

    expect(same.names).toEqual(company.groupsOfAna.testrail);
    expect(other.names).toEqual(both.map(({ name }) => name));
    expect(other.names.length).toBeLessThan(same.names.length);
  });
});
