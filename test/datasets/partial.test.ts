import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hear } from './client.js';
import { crews, membersOf } from './crews.js';
import { csvRows } from './rfc4180.js';
import { openServed, type Served } from './served.js';

let served: Served;

beforeAll(async () => {
  served = await openServed({
    only: ['velt', 'testrail', 'tiledesk', 'asa'],
    population: { groups: 3, membersPerGroup: 4, projects: 2, awkward: false },
    sources: { testrail: { timeoutMs: 300 } },
  });
});
afterEach(() => Object.keys(served.sandbox.sources).forEach((name) => served.sandbox.server(name).clearFaults()));
afterAll(() => served.close());

async function partial(query = '') {
  const { status, headers, trailers, text, error } = await hear(
    `${served.url}/datasets/memberships.json?partial=true${query}`,
  );
  expect(error).toBeNull();
  return { status, headers, trailers, rows: JSON.parse(text) as Readonly<Record<string, any>>[] };
}

const empty = {
  organization_id: null,
  organization_name: null,
  project_id: null,
  project_name: null,
  group_id: null,
  group_vendor_id: null,
  group_name: null,
  group_type: null,
  member_id: null,
  member_vendor_id: null,
  member_type: null,
  member_name: null,
  member_email: null,
  member_status: null,
  origin: null,
  fetched_at: null,
};

describe('partial=true never refuses', () => {
  it('without a fault it is what it is without the parameter', async () => {
    const { rows, trailers } = await partial();

    expect(rows.every(({ complete }) => complete === true)).toBe(true);
    expect(trailers).toEqual({
      'x-complete': 'true',
      'x-incomplete-sources': '',
      'x-ledger-sources': 'velt',
      'x-row-count': String(rows.length),
    });
  });

  it('a person whose details could not be read has empty name and e-mail and complete false', async () => {
    served.sandbox.server('testrail').fault({ mode: 'status', status: 500, match: /get_user/ });
    const { rows, trailers } = await partial();
    const own = rows.filter(({ source }) => source === 'testrail');

    expect(own).toHaveLength(12);
    for (const row of own) {
      expect(row).toMatchObject({ member_name: null, member_email: null, member_status: 'UNKNOWN', complete: false });
      expect(row).toMatchObject({
        group_name: expect.stringContaining('QA circle'),
        member_vendor_id: expect.any(String),
        origin: 'VENDOR',
      });
    }
    expect(rows.filter(({ complete }) => !complete)).toEqual(own);
    expect(trailers).toMatchObject({ 'x-complete': 'false', 'x-incomplete-sources': 'testrail' });
  });

  it('a group whose members could not be read is one row with empty member columns and complete false', async () => {
    const [, second] = crews(3);
    served.sandbox.server('asa').fault({ mode: 'html', match: membersOf(second!) });
    const { rows, trailers } = await partial('&source=asa');

    expect(rows.map(({ group_name }) => group_name)).toEqual([
      ...Array(4).fill(crews(3)[0]),
      second,
      ...Array(4).fill(crews(3)[2]),
    ]);
    expect(rows.filter(({ complete }) => !complete)).toEqual([
      {
        ...empty,
        source: 'asa',
        vendor: 'OKTA_ASA',
        organization_id: 'gid://asa/Organization/acme',
        organization_name: 'acme',
        group_id: expect.stringContaining('gid://asa/AsaGroup/acme/'),
        group_vendor_id: expect.any(String),
        group_name: second,
        group_type: 'AsaGroup',
        complete: false,
      },
    ]);
    expect(trailers).toMatchObject({ 'x-complete': 'false', 'x-incomplete-sources': 'asa', 'x-row-count': '9' });
  });

  it('a source whose groups could not be listed is one row with only source, vendor and complete false, in its place', async () => {
    served.sandbox.server('testrail').fault({ mode: 'hang' });
    const { status, rows } = await partial();
    const places = rows.map(({ source }) => source);

    expect(status).toBe(200);
    expect(rows.filter(({ source }) => source === 'testrail')).toEqual([
      { ...empty, source: 'testrail', vendor: 'TESTRAIL', complete: false },
    ]);
    expect([...new Set(places)]).toEqual(['velt', 'testrail', 'tiledesk', 'asa']);
  });

  it('where only some of its groups could be listed, their rows are there, and then that row', async () => {
    served.sandbox.server('tiledesk').fault({ mode: 'status', status: 500, match: /groups/, times: 1 });
    const { rows } = await partial('&source=tiledesk');

    expect(rows).toHaveLength(3 * 4 + 1);
    expect(rows.slice(0, -1).every(({ complete }) => complete === true)).toBe(true);
    expect(rows.at(-1)).toEqual({ ...empty, source: 'tiledesk', vendor: 'TILEDESK', complete: false });
  });

  it('where the name of an organization or project could not be read, the rows say so', async () => {
    served.sandbox.server('velt').fault({ mode: 'status', status: 500, match: /organizations\/get/ });
    const { rows, trailers } = await partial('&source=velt');

    expect(rows).toHaveLength(8);
    expect(rows[0]).toMatchObject({
      organization_id: 'gid://velt/Organization/org-a',
      organization_name: null,
      complete: false,
    });
    expect(rows[0]!['member_email']).toContain('@');
    expect(trailers['x-incomplete-sources']).toBe('velt');
  });

  it('with every vendor out of order it still answers, a row or more for each', async () => {
    for (const name of Object.keys(served.sandbox.sources)) served.sandbox.server(name).fault({ mode: 'reset' });
    const { status, rows, headers, trailers } = await partial();

    expect(status).toBe(200);
    expect(rows.every(({ complete }) => complete === false)).toBe(true);
    expect([...new Set(rows.map(({ source }) => source))]).toEqual(['velt', 'testrail', 'tiledesk', 'asa']);
    for (const told of [headers, trailers]) {
      expect(told).toMatchObject({
        'x-complete': 'false',
        'x-incomplete-sources': 'velt,testrail,tiledesk,asa',
        'x-row-count': '5',
      });
    }
  });

  it('as CSV what is missing is empty', async () => {
    served.sandbox.server('asa').fault({ mode: 'status', status: 500 });
    const { text } = await hear(`${served.url}/datasets/memberships.csv?partial=true&source=asa`);

    expect(text.split('\r\n')[1]).toBe(`asa,OKTA_ASA${','.repeat(17)}false`);
    expect(csvRows(text)).toHaveLength(1);
  });

  it('an unknown parameter is refused all the same', async () => {
    expect((await hear(`${served.url}/datasets/memberships.csv?partial=true&nope=1`)).status).toBe(400);
  });
});
