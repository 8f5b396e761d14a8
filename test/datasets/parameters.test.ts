import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { calls, mark } from '../support/journal.js';
import { hear, rowsOf } from './client.js';
import { openServed, type Served } from './served.js';

let served: Served;
let dataset: string;

beforeAll(async () => {
  served = await openServed({
    only: ['velt', 'testrail', 'tiledesk', 'asa'],
    population: { groups: 2, membersPerGroup: 2, projects: 1 },
  });
  dataset = `${served.url}/datasets/memberships`;
});
afterAll(() => served.close());

const sourcesIn = (rows: readonly Readonly<Record<string, any>>[]) => [...new Set(rows.map(({ source }) => source))];

describe('parameters source, vendor (both repeatable), partial, guard, bom', () => {
  it('without any gives the rows of every source', async () => {
    expect(sourcesIn(await rowsOf(`${dataset}.json`))).toEqual(['velt', 'testrail', 'tiledesk', 'asa']);
  });

  it('source gives the rows of this source, and asks no other', async () => {
    const before = mark(served.sandbox.server('tiledesk'));

    expect(sourcesIn(await rowsOf(`${dataset}.json?source=testrail`))).toEqual(['testrail']);
    expect(calls(served.sandbox.server('tiledesk'), before)).toEqual([]);
  });

  it('source may be repeated; the order stays as configured', async () => {
    expect(sourcesIn(await rowsOf(`${dataset}.json?source=asa&source=testrail`))).toEqual(['testrail', 'asa']);
  });

  it('vendor is the enum of the graph, and may be repeated', async () => {
    expect(sourcesIn(await rowsOf(`${dataset}.json?vendor=OKTA_ASA&vendor=VELT`))).toEqual(['velt', 'asa']);
  });

  it('source and vendor together must both hold', async () => {
    const { text, trailers } = await hear(`${dataset}.json?source=asa&vendor=VELT`);

    expect(JSON.parse(text)).toEqual([]);
    expect(trailers).toMatchObject({ 'x-complete': 'true', 'x-row-count': '0' });
  });

  it('a vendor that is known and not configured gives an empty dataset that is complete', async () => {
    const { status, text, headers } = await hear(`${dataset}.csv?vendor=UPDRAFT`);

    expect(status).toBe(200);
    expect(text.split('\r\n')).toHaveLength(2);
    expect(headers['x-complete']).toBe('true');
  });

  it.each(['partial=false', 'guard=on', 'bom=off'])('what is meant anyway may be said: %s', async (query) => {
    const plain = await hear(`${dataset}.csv?source=testrail`);

    const said = await hear(`${dataset}.csv?source=testrail&${query}`);

    expect(said.status).toBe(200);
    expect(said.text.slice(0, 150)).toBe(plain.text.slice(0, 150));
  });
});

describe('an unknown parameter or value is 400, as {"code","message","sources"}', () => {
  it.each([
    ['colour=red', 'There is no parameter "colour"'],
    ['Source=testrail', 'There is no parameter "Source"'],
    ['__proto__=x', 'There is no parameter "__proto__"'],
    ['source=nobody', 'The parameter source cannot be "nobody"; it is velt, testrail, tiledesk or asa.'],
    ['source=', 'The parameter source cannot be ""'],
    ['source', 'The parameter source cannot be ""'],
    ['source=testrail&source=nobody', 'cannot be "nobody"'],
    ['vendor=testrail', 'it is UPDRAFT, VELT, TESTRAIL, TILEDESK or OKTA_ASA.'],
    ['partial=1', 'The parameter partial cannot be "1"; it is true or false.'],
    ['partial=TRUE', 'cannot be "TRUE"'],
    ['guard=false', 'it is on or off'],
    ['bom=true', 'it is off or on'],
    ['bom=on&bom=on', 'is given 2 times'],
    [`source=${'x'.repeat(500)}`, 'x…"'],
  ])('%s', async (query, message) => {
    const before = mark(served.sandbox.server('testrail'));

    const { status, headers, text } = await hear(`${dataset}.csv?${query}`);

    expect(status).toBe(400);
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    const body = JSON.parse(text);
    expect(Object.keys(body)).toEqual(['code', 'message', 'sources']);
    expect(body).toEqual({ code: 'BAD_USER_INPUT', message: expect.stringContaining(message), sources: [] });
    expect(calls(served.sandbox.server('testrail'), before)).toEqual([]);
  });

  it('HEAD gives the same status and headers', async () => {
    const get = await hear(`${dataset}.csv?colour=red`);
    const head = await hear(`${dataset}.csv?colour=red`, { method: 'HEAD' });

    expect(head.status).toBe(400);
    expect(head.text).toBe('');
    expect({ ...head.headers, date: '' }).toEqual({ ...get.headers, date: '' });
  });

  it('a dataset or format that there is not is 404 in the same shape', async () => {
    for (const address of [`${served.url}/datasets/groups.csv`, `${dataset}.xlsx`, dataset]) {
      const { status, text } = await hear(address);
      expect(status).toBe(404);
      expect(JSON.parse(text)).toEqual({
        code: 'NOT_FOUND',
        message: expect.stringContaining('memberships.csv'),
        sources: [],
      });
    }
  });
});
