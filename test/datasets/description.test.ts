import { GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { membershipColumns } from '../../src/server/datasets/columns.js';
import { describeDatasets } from '../../src/server/datasets/description.js';
import { descriptionPage } from '../../src/server/datasets/page.js';
import { hear } from './client.js';
import { parseCsv } from './rfc4180.js';
import { openServed, schema, type Served } from './served.js';

let served: Served;
beforeAll(async () => {
  served = await openServed({ only: ['velt', 'testrail'], population: { groups: 1, membersPerGroup: 1 } });
});
afterAll(() => served.close());

const described = async (headers: Record<string, string> = {}) =>
  JSON.parse((await hear(`${served.url}/datasets`, { headers })).text).datasets;

describe('GET /datasets describes each dataset', () => {
  it('columns: name, type, nullable and the graph’s own words', async () => {
    const [{ columns }] = await described();
    const { data } = await served.ask(
      '{ __type(name: "Membership") { description fields { description type { kind } } } }',
    );

    expect(columns.slice(0, -1).map(({ description }: any) => description)).toEqual(
      data.__type.fields.map(({ description }: any) => description),
    );
    expect(columns.slice(0, -1).map(({ nullable }: any) => nullable)).toEqual(
      data.__type.fields.map(({ type }: any) => type.kind !== 'NON_NULL'),
    );
    expect(columns[1]).toEqual({
      name: 'vendor',
      type: 'text',
      values: ['UPDRAFT', 'VELT', 'TESTRAIL', 'TILEDESK', 'OKTA_ASA'],
      nullable: false,
      description: expect.any(String),
    });
    expect(columns.at(-2)).toMatchObject({ name: 'fetched_at', type: 'timestamp', values: null });
    expect(columns.at(-1)).toMatchObject({ name: 'complete', type: 'boolean', nullable: false });
  });

  it('they are the columns of the file', async () => {
    const [{ columns, formats }] = await described();
    const [header] = parseCsv((await hear(served.url + formats[0].address)).text);

    expect(columns.map(({ name }: any) => name)).toEqual(header);
  });

  it('formats with addresses that work and types that are true', async () => {
    const [{ name, formats }] = await described();

    expect(name).toBe('memberships');
    expect(formats.map((format: any) => format.name)).toEqual(['csv', 'json', 'ndjson']);
    for (const { address, contentType } of formats) {
      const { status, headers } = await hear(served.url + address);
      expect([status, headers['content-type']]).toEqual([200, contentType]);
    }
  });

  it('parameters with values that are accepted, every one', async () => {
    const [{ parameters, formats }] = await described();

    expect(parameters.map(({ name }: any) => name)).toEqual(['source', 'vendor', 'partial', 'guard', 'bom']);
    expect(parameters[0]).toMatchObject({ values: ['velt', 'testrail'], repeatable: true, default: null });
    for (const { name, values } of parameters) {
      for (const value of values)
        expect((await hear(`${served.url}${formats[0].address}?${name}=${value}`)).status).toBe(200);
    }
  });

  it('how completeness is told', async () => {
    const [{ completeness, trailers }] = await described();

    expect(completeness.join(' ')).toMatch(/503.*Retry-After.*partial=true/s);
    expect(trailers.map(({ name }: any) => name)).toEqual([
      'X-Complete',
      'X-Incomplete-Sources',
      'X-Ledger-Sources',
      'X-Row-Count',
    ]);
  });

  it('asks no vendor', async () => {
    const before = served.sandbox.server('testrail').journal.length;
    await described();

    expect(served.sandbox.server('testrail').journal.length).toBe(before);
  });
});

describe('as a page for browsers, as JSON for tools', () => {
  const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8';

  it.each([
    [browser, 'text/html'],
    ['text/html', 'text/html'],
    ['*/*', 'application/json'],
    ['application/json', 'application/json'],
    ['application/json, text/html', 'application/json'],
    ['text/html;q=0.5, application/json', 'application/json'],
    ['text/html;q=0', 'application/json'],
    ['', 'application/json'],
  ])('%j gets %s', async (accept, type) => {
    const { status, headers } = await hear(`${served.url}/datasets`, { headers: { accept } });

    expect(status).toBe(200);
    expect(headers['content-type']).toBe(`${type}; charset=utf-8`);
    expect(headers.vary).toContain('accept');
  });

  it('HEAD gives the same headers', async () => {
    const get = await hear(`${served.url}/datasets`);
    const head = await hear(`${served.url}/datasets`, { method: 'HEAD' });

    expect([head.status, head.text]).toEqual([200, '']);
    expect({ ...head.headers, date: '' }).toEqual({ ...get.headers, date: '' });
  });

  it('the page has no script and nothing from elsewhere, and links every format', async () => {
    const { text } = await hear(`${served.url}/datasets`, { headers: { accept: browser } });

    expect(text).not.toMatch(/<script|https?:\/\/|url\(|@import/i);
    for (const format of ['csv', 'json', 'ndjson']) expect(text).toContain(`href="/datasets/memberships.${format}"`);
    expect(text).toContain('<code>member_email</code>');
  });

  it('whatever stands in a description is text', () => {
    const evil = new GraphQLSchema({
      types: [
        new GraphQLObjectType({
          name: 'Membership',
          description: '<img src=x> & `<b>`',
          fields: { source: { type: GraphQLString, description: '"><script>alert(1)</script>' } },
        }),
      ],
    });

    const page = descriptionPage(describeDatasets(evil, membershipColumns(evil), []));

    expect(page).not.toMatch(/<script|<img/);
    expect(page).toContain('&lt;img src=x&gt; &amp; <code>&lt;b&gt;</code>');
  });

  it('a field that the graph gains is a column at once', () => {
    expect(membershipColumns(schema).map(({ field }) => field)).toEqual([
      ...Object.keys((schema.getType('Membership') as GraphQLObjectType).getFields()),
      null,
    ]);
  });
});
