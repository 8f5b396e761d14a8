import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FaultRule } from '../../src/sandbox/fault-rules.js';
import { calls, mark } from '../support/journal.js';
import { hear } from './client.js';
import { bigCrews, memberLists, openBigCrews, openCrews, strikeGroup } from './crews.js';
import { openServed, type Served } from './served.js';

const address = (served: Served, format = 'csv') => `${served.url}/datasets/memberships.${format}`;

async function refusalOf(url: string) {
  const { status, headers, text } = await hear(url);
  return { status, headers, body: JSON.parse(text) as { code: string; message: string; sources: string[] } };
}

describe('a failure until then is 503 with Retry-After and the failing sources’ names', () => {
  let served: Served;
  beforeAll(async () => {
    served = await openServed({
      only: ['velt', 'testrail', 'tiledesk', 'asa'],
      population: { groups: 4, membersPerGroup: 3, projects: 3, awkward: false },
      sources: { testrail: { timeoutMs: 300 }, asa: { timeoutMs: 300 } },
    });
  });
  afterAll(() => served.close());

  async function refusedWhile(faults: Readonly<Record<string, FaultRule>>) {
    for (const [source, fault] of Object.entries(faults)) served.sandbox.server(source).fault(fault);
    const refused = await refusalOf(address(served));
    for (const source of Object.keys(faults)) served.sandbox.server(source).clearFaults();
    return refused;
  }

  it('in the shape {"code","message","sources"}, with no word of the vendor', async () => {
    const { status, headers, body } = await refusedWhile({
      testrail: { mode: 'status', status: 503, body: 'gory detail' },
    });

    expect(status).toBe(503);
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(headers['content-disposition']).toBeUndefined();
    expect(headers['retry-after']).toMatch(/^[1-9]\d*$/);
    expect(Object.keys(body)).toEqual(['code', 'message', 'sources']);
    expect(body).toMatchObject({ code: 'VENDOR_UNAVAILABLE', sources: ['testrail'] });
    expect(body.message).toContain('TestRail (source testrail)');
    expect(body.message).not.toContain('gory');
  });

  it('Retry-After is what the vendor asks for', async () => {
    const { headers, body } = await refusedWhile({
      tiledesk: { mode: 'status', status: 429, headers: { 'Retry-After': '77' } },
    });

    expect(headers['retry-after']).toBe('77');
    expect(body).toMatchObject({ code: 'VENDOR_RATE_LIMITED', sources: ['tiledesk'] });
  });

  it('names all sources that failed, as configured', async () => {
    const { body } = await refusedWhile({
      asa: { mode: 'reset' },
      velt: { mode: 'html' },
      tiledesk: { mode: 'garbage' },
    });

    expect(body).toMatchObject({ code: 'VENDOR_BAD_RESPONSE', sources: ['velt', 'tiledesk', 'asa'] });
  });

  it.each<[string, string, FaultRule]>([
    ['the list of groups', 'testrail', { mode: 'status', status: 500, match: /get_groups/ }],
    ['the list of people', 'testrail', { mode: 'half', match: /get_users/ }],
    ['the list of projects', 'tiledesk', { mode: 'html', match: /GET \/v3\/projects/ }],
    ['the groups of one project', 'tiledesk', { mode: 'wrongshape', match: /groups/, times: 1 }],
    ['the team of one project', 'tiledesk', { mode: 'half', match: /project_users/, times: 1 }],
    ['the names of organizations', 'velt', { mode: 'status', status: 500, match: /organizations\/get/ }],
    ['the members of one group', 'velt', { mode: 'truncated-json', match: /users\/get/, times: 1 }],
    ['the token', 'asa', { mode: 'status', status: 401, match: /service_token/ }],
  ])('where %s of a source cannot be read', async (_what, source, fault) => {
    if (source === 'asa') (served.sandbox.server<any>('asa').box.state.tokens as Map<string, number>).clear();
    const { status, body } = await refusedWhile({ [source]: fault });

    expect([status, body.sources]).toEqual([503, [source]]);
  });

  it('HEAD is refused as GET is', async () => {
    served.sandbox.server('asa').fault({ mode: 'status', status: 500, match: /groups/ });
    const get = await hear(address(served));
    const head = await hear(address(served), { method: 'HEAD' });
    served.sandbox.server('asa').clearFaults();

    expect([get.status, head.status]).toEqual([503, 503]);
    expect({ ...head.headers, date: '' }).toEqual({ ...get.headers, date: '' });
    expect(head.text).toBe('');
  });

  it('a source that is not asked cannot refuse it; and without faults it is given', async () => {
    served.sandbox.server('testrail').fault({ mode: 'status', status: 500 });
    const others = await hear(`${address(served)}?vendor=TILEDESK&vendor=VELT`);
    served.sandbox.server('testrail').clearFaults();

    expect([others.status, others.trailers['x-complete']]).toEqual([200, 'true']);
    expect((await hear(address(served))).status).toBe(200);
  });

  it('a list of groups that ends at its page k of n is refused, for each k', async () => {
    const long = await openServed({
      only: ['testrail'],
      population: { groups: 700, membersPerGroup: 1, awkward: false },
    });
    const whole = await hear(address(long));
    expect(whole.headers['x-row-count']).toBe('700');

    for (const page of [/get_groups$/, /offset=250/, /offset=500/]) {
      for (const mode of ['html', 'half', 'reset'] as const) {
        long.sandbox
          .server('testrail')
          .fault({ mode, match: (request) => /get_groups/.test(request.target) && page.test(request.target) });
        expect(await refusalOf(address(long))).toMatchObject({ status: 503, body: { sources: ['testrail'] } });
        long.sandbox.server('testrail').clearFaults();
      }
    }
    await long.close();
  });
});

describe('whole or refused, wherever and however the members of a group fail', () => {
  const groups = 5;
  let served: Served;
  beforeAll(async () => {
    served = await openCrews(groups, 10, { sources: { asa: { timeoutMs: 250 } } });
  });
  afterAll(() => served.close());

  const faults: readonly [string, string, FaultRule][] = [
    ['slower than the deadline', 'VENDOR_TIMEOUT', { mode: 'slow', ms: 600 }],
    ['never', 'VENDOR_TIMEOUT', { mode: 'hang' }],
    ['byte by byte', 'VENDOR_TIMEOUT', { mode: 'drip' }],
    ['with half of it', 'VENDOR_BAD_RESPONSE', { mode: 'half' }],
    ['with half of the JSON', 'VENDOR_BAD_RESPONSE', { mode: 'truncated-json' }],
    ['with a reset', 'VENDOR_UNAVAILABLE', { mode: 'reset' }],
    ['with nothing', 'VENDOR_UNAVAILABLE', { mode: 'fin' }],
    ['with HTML', 'VENDOR_BAD_RESPONSE', { mode: 'html' }],
    ['with another shape', 'VENDOR_BAD_RESPONSE', { mode: 'wrongshape' }],
    ['elsewhere', 'VENDOR_BAD_RESPONSE', { mode: 'redirect', location: 'http://127.0.0.1:9/' }],
    ['500', 'VENDOR_UNAVAILABLE', { mode: 'status', status: 500 }],
    ['429', 'VENDOR_RATE_LIMITED', { mode: 'status', status: 429 }],
    ['403', 'VENDOR_AUTH', { mode: 'status', status: 403 }],
    ['404', 'NOT_FOUND', { mode: 'status', status: 404 }],
  ];

  it.each(faults)('answered %s: %s, for each k', async (_how, code, fault) => {
    for (let k = 1; k <= groups; k += 1) {
      strikeGroup(served, k, groups, fault);
      const { status, body } = await refusalOf(address(served));
      served.sandbox.server('asa').clearFaults();

      expect([status, body]).toMatchObject([503, { code, sources: ['asa'] }]);
    }
  });

  it('answered late, but in time, it is whole', async () => {
    strikeGroup(served, 3, groups, { mode: 'slow', ms: 120 });
    const { status, trailers } = await hear(address(served));
    served.sandbox.server('asa').clearFaults();

    expect(status).toBe(200);
    expect(trailers).toMatchObject({ 'x-complete': 'true', 'x-row-count': '50' });
  });
});

describe('all group lists are read before the first byte and the first 8 MiB are held back', () => {
  it('where the first source alone is long and the last one’s groups cannot be listed, not a byte is sent', async () => {
    const served = await openBigCrews({ only: ['asa', 'tiledesk'] });
    served.sandbox.server('tiledesk').fault({ mode: 'status', status: 502 });
    const before = mark(served.sandbox.server('asa'));

    const refused = await refusalOf(address(served));

    expect(refused).toMatchObject({ status: 503, body: { sources: ['tiledesk'] } });
    // Nothing is read for an answer that is refused already.
    expect(calls(served.sandbox.server('asa'), before).filter((call) => /users/.test(call))).toEqual([]);
    await served.close();
  });

  it('a group that fails at 6 MiB refuses it; the last one is too late for that', async () => {
    const served = await openBigCrews();
    const bytesAGroup = Buffer.byteLength((await hear(address(served))).text) / bigCrews;

    strikeGroup(served, Math.floor((6 * 1024 * 1024) / bytesAGroup), bigCrews, { mode: 'status', status: 500 });
    expect((await hear(address(served))).status).toBe(503);
    served.sandbox.server('asa').clearFaults();

    strikeGroup(served, bigCrews, bigCrews, { mode: 'status', status: 500 });
    const late = await hear(address(served));
    expect(late.status).toBe(200);
    expect(late.error).not.toBeNull();
    expect(memberLists(served)).toBeGreaterThan(bigCrews);
    await served.close();
  });
});
