import { afterEach, describe, expect, it } from 'vitest';
import type { FaultRule } from '../../src/sandbox/fault-rules.js';
import { ids, isWrite, openHouse, type House, type HouseOptions } from './house.js';
import { codeAt, everyWrite } from './lost-answers.js';

let house: House;
afterEach(() => house.close());
const open = async (options?: HouseOptions) => (house = await openHouse(options));

const onWrites = (status: number, headers: Record<string, string> = {}): FaultRule => ({
  mode: 'status',
  status,
  headers,
  body: { error: 'the words of the vendor' },
  match: isWrite,
});

const table = [
  [400, 'VENDOR_REJECTED'],
  [401, 'VENDOR_AUTH'],
  [403, 'VENDOR_AUTH'],
  [404, 'NOT_FOUND'],
  [405, 'VENDOR_REJECTED'],
  [409, 'VENDOR_CONFLICT'],
  [413, 'VENDOR_REJECTED'],
  [415, 'VENDOR_REJECTED'],
  [422, 'VENDOR_REJECTED'],
] as const;

describe.each(everyWrite)('%s at %s', (mutation, source, input) => {
  it.each(table)('that the vendor refuses with %i was not done, and is its code', async (status, code) => {
    await open();
    house.server(source).fault(onWrites(status));
    const meant = codeAt(mutation, source, status) ?? code;

    const answer = await house.write(mutation, input);

    const sendings = source === 'asa' && status === 401 ? 2 : 1;
    expect(house.writes(source)).toHaveLength(sendings);
    expect(answer).toMatchObject({ userErrors: [{ code: meant, source }], confirmedBy: null });
    expect(answer.calls.at(-1)).toMatchObject({ status, durationMs: expect.any(Number) });
    expect(answer.userErrors[0]?.message).toContain(`(status ${status})`);
    expect(JSON.stringify(answer)).not.toContain('the words of the vendor');
  });

  it('answered 429 was not applied, and tells how long to wait', async () => {
    await open();
    house.server(source).fault(onWrites(429, { 'retry-after': '17' }));

    const answer = await house.write(mutation, input);

    expect(house.writes(source)).toHaveLength(1);
    expect(answer).toMatchObject({
      userErrors: [{ code: 'VENDOR_RATE_LIMITED', retryAfterSeconds: 17, source }],
      confirmedBy: null,
    });
  });

  it('was not sent when the connection is refused: status is null', async () => {
    await open({ settings: { [source]: { url: 'http://127.0.0.1:1' } } });

    const answer = await house.write(mutation, input);

    expect(house.writes(source)).toEqual([]);
    expect(answer).toMatchObject({ userErrors: [{ code: 'VENDOR_UNAVAILABLE', source }], confirmedBy: null });
    expect(answer.calls).toMatchObject([{ source, status: null, durationMs: null }]);
  });
});

describe('a request refused with 401', () => {
  it('was not carried out: after one renewal of the token it is sent again', async () => {
    await open();
    await house.write('createAsaGroup', { organization: ids.asa, name: 'first' });
    const { state } = house.server('asa').box;
    state.tokens.clear();

    const answer = await house.write('createAsaGroup', { organization: ids.asa, name: 'second' });

    expect(answer).toMatchObject({ userErrors: [], confirmedBy: 'VENDOR_RESPONSE', calls: [{ status: 201 }] });
    expect(house.writes('asa').map(({ status }) => status)).toEqual([201, 401, 201]);
    expect(state.minted).toBe(2);
  });

  it('is sent again once and no more', async () => {
    await open();
    house.server('asa').fault(onWrites(401));

    const answer = await house.write('createAsaGroup', { organization: ids.asa, name: 'first' });

    expect(house.writes('asa')).toHaveLength(2);
    expect(answer).toMatchObject({ userErrors: [{ code: 'VENDOR_AUTH' }], calls: [{ status: 401 }] });
  });

  it('is never sent again where the credential cannot be renewed', async () => {
    await open({ settings: { testrail: { apiKey: 'old' } } });

    const answer = await house.write('addTestRailGroup', { organization: ids.testrail, name: 'Smoke' });

    expect(house.writes('testrail')).toHaveLength(1);
    expect(answer.userErrors).toMatchObject([{ code: 'VENDOR_AUTH' }]);
  });

  it('by the token call itself is no write', async () => {
    await open({ settings: { asa: { keySecret: 'wrong' } } });

    const answer = await house.write('createAsaGroup', { organization: ids.asa, name: 'first' });

    expect(house.writes('asa')).toEqual([]);
    expect(answer.userErrors).toMatchObject([{ code: 'VENDOR_AUTH' }]);
    expect(answer.calls).toMatchObject([{ status: null, durationMs: null }]);
  });
});

describe('what the vendor knows better', () => {
  it('a name that exists at ASA is VENDOR_CONFLICT', async () => {
    await open();

    const answer = await house.write('createAsaGroup', { organization: ids.asa, name: 'Bastion crew 1' });

    expect(answer).toMatchObject({ userErrors: [{ code: 'VENDOR_CONFLICT', target: null }], group: null });
  });

  it('a quota that is used up sends nothing, and tells how long to wait', async () => {
    await open({ requestsPerMinute: 1, readTimeoutMs: 10 });
    const input = { organization: ids.testrail, name: 'Smoke' };

    await house.write('addTestRailGroup', input);
    const answer = await house.write('addTestRailGroup', input);

    expect(house.writes('testrail')).toHaveLength(1);
    expect(answer.userErrors).toMatchObject([{ code: 'VENDOR_RATE_LIMITED', retryAfterSeconds: expect.any(Number) }]);
    expect(answer.calls).toMatchObject([{ status: null }]);
  });
});
