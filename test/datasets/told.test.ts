import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hear } from './client.js';
import { openBigCrews, bigCrews, memberLists, strikeGroup } from './crews.js';
import { openServed, type Served } from './served.js';

const names = ['x-complete', 'x-incomplete-sources', 'x-ledger-sources', 'x-row-count'];
const told = (fields: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(names.filter((name) => name in fields).map((name) => [name, fields[name]]));

describe('X-Complete, X-Incomplete-Sources, X-Ledger-Sources, X-Row-Count of a short dataset', () => {
  let served: Served;
  let url: string;
  beforeAll(async () => {
    served = await openServed({ population: { groups: 3, membersPerGroup: 2, projects: 2 } });
    url = `${served.url}/datasets/memberships`;
  });
  afterAll(() => served.close());

  it('are headers, known before the first byte, and trailers', async () => {
    const { headers, trailers, text } = await hear(`${url}.ndjson`);
    const known = {
      'x-complete': 'true',
      'x-incomplete-sources': '',
      'x-ledger-sources': 'updraft,velt',
      'x-row-count': String(text.trimEnd().split('\n').length),
    };

    expect(told(headers)).toEqual(known);
    expect(told(trailers)).toEqual(known);
  });

  it('are announced, and the answer comes in chunks', async () => {
    const { headers } = await hear(`${url}.csv`);

    expect(headers.trailer).toBe('X-Complete, X-Incomplete-Sources, X-Ledger-Sources, X-Row-Count');
    expect(headers['transfer-encoding']).toBe('chunked');
    expect(headers['content-length']).toBeUndefined();
  });

  it('X-Ledger-Sources are only sources that were asked, in configured order', async () => {
    expect((await hear(`${url}.csv?source=velt&source=testrail`)).headers['x-ledger-sources']).toBe('velt');
    expect((await hear(`${url}.csv?source=testrail`)).headers['x-ledger-sources']).toBe('');
  });

  it('X-Row-Count is what the vendor counts', async () => {
    const { state } = served.sandbox.server<any>('testrail').box;
    const rows = state.groups.flatMap(({ user_ids }: any) => [...new Set(user_ids)]).length;

    expect((await hear(`${url}.csv?source=testrail`)).trailers['x-row-count']).toBe(String(rows));
  });

  it('HEAD gives GET’s status and headers, does the same reading, and has no body', async () => {
    const withoutTime = ({ date: _date, ...headers }: Readonly<Record<string, unknown>>) => headers;
    for (const format of ['csv', 'json', 'ndjson']) {
      const get = await hear(`${url}.${format}`);
      const head = await hear(`${url}.${format}`, { method: 'HEAD' });

      expect(head.status).toBe(200);
      expect(head.error).toBeNull();
      expect(head.text).toBe('');
      expect(withoutTime(head.headers)).toEqual(withoutTime(get.headers));
    }
  });

  it('compression leaves datasets alone, and what other plugins set stays', async () => {
    const { headers, text } = await hear(`${url}.csv`, { headers: { 'accept-encoding': 'gzip, br' } });

    expect(headers['content-encoding']).toBeUndefined();
    expect(text.startsWith('source,vendor')).toBe(true);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.any(String),
    });
  });
});

describe('of a long one', () => {
  let served: Served;
  let url: string;
  beforeAll(async () => {
    served = await openBigCrews();
    url = `${served.url}/datasets/memberships.csv`;
  });
  afterAll(() => served.close());

  it('only what can no longer change is a header; the trailers tell all', async () => {
    const { headers, trailers } = await hear(url);

    expect(told(headers)).toEqual({ 'x-ledger-sources': '' });
    expect(told(trailers)).toEqual({
      'x-complete': 'true',
      'x-incomplete-sources': '',
      'x-ledger-sources': '',
      'x-row-count': '35000',
    });
  });

  it('partial=true: what fails early is told by a header that it is incomplete, what fails late by the trailers alone', async () => {
    strikeGroup(served, 2, bigCrews, { mode: 'status', status: 500 });
    const early = await hear(`${url}?partial=true`);
    served.sandbox.server('asa').clearFaults();
    strikeGroup(served, bigCrews, bigCrews, { mode: 'status', status: 500 });
    const late = await hear(`${url}?partial=true`);
    served.sandbox.server('asa').clearFaults();

    expect(told(early.headers)).toEqual({ 'x-complete': 'false', 'x-ledger-sources': '' });
    expect(told(late.headers)).toEqual({ 'x-ledger-sources': '' });
    for (const { trailers, error } of [early, late]) {
      expect(error).toBeNull();
      expect(told(trailers)).toMatchObject({
        'x-complete': 'false',
        'x-incomplete-sources': 'asa',
        'x-row-count': '34501',
      });
    }
  });

  it('HEAD gives GET’s headers, and reads no further than these need', async () => {
    const get = await hear(url);
    const before = memberLists(served);
    const head = await hear(url, { method: 'HEAD' });

    expect({ ...head.headers, date: '' }).toEqual({ ...get.headers, date: '' });
    expect(memberLists(served) - before).toBeLessThan(bigCrews);
  });

  it('a connection that a HEAD came over is good for the next request', async () => {
    for (const method of ['HEAD', 'GET', 'HEAD']) {
      const response = await fetch(`${served.url}/datasets/memberships.ndjson?vendor=VELT`, { method });
      expect([response.status, await response.text()]).toEqual([200, '']);
    }
  });
});

it('what nobody foresaw is 500 in the same shape, without a word of it, and is written down', async () => {
  const served = await openServed({ only: ['velt'] });
  await served.ledger.close();

  const { status, headers, text } = await hear(`${served.url}/datasets/memberships.csv`);

  expect([status, headers['cache-control']]).toEqual([500, 'no-store']);
  expect(text).toBe('{"code":"INTERNAL_SERVER_ERROR","message":"Internal server error","sources":[]}');
  expect(served.log).toEqual(['a dataset failed']);
  await served.close();
});
