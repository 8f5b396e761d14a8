import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { people } from '../../src/sandbox/people.js';
import { attributesOf, openCollector, type Collector } from '../support/collector.js';
import { clearFaults } from '../support/faults.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';
import { until } from '../support/until.js';

const population = { people: people(6), groups: 2, membersPerGroup: 2, projects: 1, awkward: false };
const canary = 'canary-7f3a9c51';

describe('traces go to a collector as OTLP:', () => {
  let collector: Collector;
  let rollcall: Rollcall;

  beforeAll(async () => {
    collector = await openCollector();
    const telemetry = { otlp: collector.url, headers: { 'X-Collector-Key': canary }, serviceName: 'groups' };
    rollcall = await openRollcall({ population, telemetry });
  });
  afterAll(async () => {
    await rollcall.close();
    await collector.close();
  });
  afterEach(() => clearFaults(rollcall.sandbox));

  const traced = async (requestId: string) => {
    const root = () => collector.spans.find((span) => attributesOf(span)['rollcall.request_id'] === requestId);
    await until(() => root() !== undefined, 15_000);
    const { traceId, spanId } = root()!;
    const below = collector.spans.filter((span) => span.traceId === traceId && span.parentSpanId === spanId);
    return { root: root()!, below };
  };

  it('a query is a span, and each of its calls one below it', async () => {
    const asked = 'query Everybody { groups(filter: { sources: ["testrail", "asa"] }) { totalCount } }';
    const { headers, extensions } = await rollcall.ask(asked, {}, { 'x-rollcall-trace': '1' });

    const { root, below } = await traced(headers.get('x-request-id')!);
    expect(root).toMatchObject({ name: 'query', kind: 2, status: { code: 0 } });
    expect(root.parentSpanId).toBeUndefined();
    expect(attributesOf(root)).toMatchObject({
      'graphql.operation.name': 'Everybody',
      'rollcall.outcome': 'ok',
      'http.response.status_code': 200,
      'rollcall.cost': extensions.cost,
    });
    const calls = extensions.upstream.reduce((sum: number, one: { calls: number }) => sum + one.calls, 0);
    expect(below).toHaveLength(calls);
    const testrail = below.map(attributesOf).find((one) => one['rollcall.source'] === 'testrail')!;
    expect(testrail).toMatchObject({
      'http.request.method': 'GET',
      'url.path': '/index.php?/api/v2/get_groups',
      'rollcall.does': 'read',
      'http.response.status_code': 200,
    });
    for (const { kind, startTimeUnixNano, endTimeUnixNano } of below) {
      expect(kind).toBe(3);
      expect(BigInt(endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(startTimeUnixNano));
      expect(Math.abs(Number(BigInt(startTimeUnixNano) / 1_000_000n) - Date.now())).toBeLessThan(60_000);
    }
    expect(collector.deliveries[0]).toMatchObject({ path: '/v1/traces', headers: { 'x-collector-key': canary } });
    expect(collector.deliveries[0]!.text).toContain('"key":"service.name","value":{"stringValue":"groups"}');
  });

  it('a mutation with its write, and a call that failed with its code', async () => {
    const create = `mutation { addTestRailGroup(input: { organization: "gid://testrail/Organization/testrail", name: "Traced" }) {
      userErrors { code } } }`;
    rollcall.sandbox.server('testrail').fault({ mode: 'status', status: 403 });
    const { headers } = await rollcall.ask(create);

    const { root, below } = await traced(headers.get('x-request-id')!);
    expect([root.name, attributesOf(root)['rollcall.outcome']]).toEqual(['mutation', 'partial']);
    const write = below.find((span) => attributesOf(span)['rollcall.does'] === 'write')!;
    expect([write.status.code, attributesOf(write)['error.type']]).toEqual([2, 'VENDOR_AUTH']);
  });

  it('a traceparent is continued, and goes to no vendor', async () => {
    const [traceId, parent] = ['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331'];
    const sent = { traceparent: `00-${traceId}-${parent}-01`, tracestate: 'vendor=canary' };
    const { headers } = await rollcall.ask('{ users { totalCount } }', {}, sent);

    const { root, below } = await traced(headers.get('x-request-id')!);
    expect([root.traceId, root.parentSpanId]).toEqual([traceId, parent]);
    expect(below.length).toBeGreaterThan(0);
    const heard = Object.keys(rollcall.sandbox.sources).flatMap((name) => rollcall.sandbox.server(name).journal);
    expect(JSON.stringify(heard.map((one) => one.headers))).not.toMatch(/traceparent|tracestate|x-request-id/);
  });

  it.each(['00-zz-b7ad6b7169203331-01', `00-${'0'.repeat(32)}-${'0'.repeat(16)}-01`, 'ff', ''])(
    'one that says nothing begins anew: %j',
    async (traceparent) => {
      const { headers } = await rollcall.ask('{ sources { name } }', {}, { traceparent });

      const { root } = await traced(headers.get('x-request-id')!);
      expect(root.traceId).toMatch(/^(?!0{32})[0-9a-f]{32}$/);
      expect(root.parentSpanId).toBeUndefined();
    },
  );

  it('without secrets, variables, documents, or the e-mail address in a path', async () => {
    const variables = { email: 'canary.person@example.com' };
    const query = 'query ($email: String) { canaryAlias: groups(filter: { memberEmail: $email }) { totalCount } }';
    const { headers } = await rollcall.ask(query, variables);

    const { below } = await traced(headers.get('x-request-id')!);
    const paths = below.map((span) => attributesOf(span)['url.path']);
    expect(paths).toContain('/index.php?/api/v2/get_user_by_email');
    const told = collector.deliveries.map(({ text }) => text).join('');
    expect(told).not.toMatch(/canary|@example/);
    const secrets = Object.values(rollcall.sandbox.sources).flatMap((source) =>
      ['token', 'apiKey', 'authToken', 'password', 'keySecret'].flatMap((key) => (source[key] as string) ?? []),
    );
    expect(secrets.length).toBeGreaterThanOrEqual(6);
    expect(secrets.filter((secret) => told.includes(secret))).toEqual([]);
  });
});

describe('a collector that does not take them', () => {
  let rollcall: Rollcall | undefined;
  let collector: Collector | undefined;
  beforeEach(() => (rollcall = collector = undefined));
  afterEach(async () => {
    await rollcall?.close();
    await collector?.close();
  });

  it('and is away slows nobody, is told of once, and does not hold up the end', async () => {
    rollcall = await openRollcall({ population, telemetry: { otlp: 'http://127.0.0.1:9' }, only: ['testrail'] });
    const told = () => rollcall!.log.filter((line) => line.includes('traces cannot be delivered'));
    await rollcall.ask('{ users { totalCount } }');
    await until(() => told().length > 0, 10_000);

    await rollcall.ask('{ users { totalCount } }');
    await new Promise((resolve) => setTimeout(resolve, 2_500));

    expect(told()).toHaveLength(1);
    expect(JSON.parse(told()[0]!).level).toBe(40);
  });

  it('and never answers holds up the end by 2 s at most', async () => {
    collector = await openCollector('never');
    rollcall = await openRollcall({ population, telemetry: { otlp: collector.url }, only: ['testrail'] });
    await rollcall.ask('{ users { totalCount } }');
    await until(() => rollcall!.log.length > 0);

    const began = performance.now();
    await rollcall.close();
    rollcall = undefined;

    expect(performance.now() - began).toBeLessThan(4_500);
    expect(collector.spans.length).toBeGreaterThan(0);
  });
});

it('with ratio 0 nothing is sent but what a client traces itself', async () => {
  const collector = await openCollector();
  const rollcall = await openRollcall({ population, telemetry: { otlp: collector.url, ratio: 0 }, only: ['testrail'] });
  await rollcall.ask('{ sources { name } }', {}, { 'x-request-id': 'untraced' });
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  await rollcall.ask('{ sources { name } }', {}, { 'x-request-id': 'traced', traceparent });
  await rollcall.close();

  expect(collector.spans.map((span) => attributesOf(span)['rollcall.request_id'])).toEqual(['traced']);
  await collector.close();
});
