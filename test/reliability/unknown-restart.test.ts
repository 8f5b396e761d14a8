import { afterEach, describe, expect, it } from 'vitest';
import { codes, mutate } from '../support/mutations.js';
import { openService, type Life, type Service } from '../support/service.js';
import { until } from '../support/until.js';
import { atWrites, writesAt } from '../support/vendor-writes.js';
import { company, verb } from '../support/verbs.js';

let service: Service;
afterEach(() => service.close());

const add = verb('addGroupMembers', 'testrail');
const send = ({ url }: Life, nth = 1) => mutate(url, add.mutation, add.input(nth));
const other = ({ url }: Life) => mutate(url, 'updateGroup', verb('updateGroup', 'testrail').input());
const server = () => service.sandbox.server('testrail');

async function open(bounds: object): Promise<Life> {
  service = await openService({ population: company(), only: ['testrail'], sources: bounds });
  return service.start();
}

describe('a group that is shut stays shut over a restart', { timeout: 30_000 }, () => {
  it.each(['SIGTERM', 'SIGKILL'] as const)('after an unknown outcome and a %s', async (signal) => {
    const first = await open({ timeoutMs: 500, settleSeconds: 60 });
    server().fault(atWrites({ mode: 'reset', times: 1 }));
    const unknown = await send(first);
    await first.end(signal);

    const second = await service.start();
    const busy = await send(second, 2);
    const elsewhere = await other(second);

    expect(codes(unknown)).toEqual(['OUTCOME_UNKNOWN']);
    expect(codes(busy)).toEqual(['GROUP_BUSY']);
    expect(busy.payload.userErrors[0].retryAfterSeconds).toBeLessThanOrEqual(60);
    expect(codes(elsewhere)).toEqual([]);
    expect(writesAt(server())).toHaveLength(2);
  });

  it('after a kill in the middle of a write: the settle time counts from the start that noticed it', async () => {
    const first = await open({ timeoutMs: 500, settleSeconds: 60 });
    server().fault(atWrites({ mode: 'hang', times: 1 }));
    const lost = send(first).catch(() => null);
    await until(() => writesAt(server()).length === 1);
    await first.end('SIGKILL');

    const second = await service.start();
    const busy = await send(second, 2);
    const elsewhere = await other(second);

    expect(await lost).toBeNull();
    expect(codes(busy)).toEqual(['GROUP_BUSY']);
    expect(busy.payload.userErrors[0].retryAfterSeconds).toBeGreaterThanOrEqual(55);
    expect(codes(elsewhere)).toEqual([]);
  });

  it('until it is settled: what the killed process sent may be applied late, and erases no newer edit', async () => {
    const first = await open({ timeoutMs: 3_000, settleSeconds: 4 });
    server().fault(atWrites({ mode: 'late', ms: 3_000, times: 1 }));
    const lost = send(first).catch(() => null);
    await until(() => writesAt(server()).length === 1);
    await first.end('SIGKILL');

    const newer = await send(await service.start(), 2);

    const { groups } = server().box.state as { groups: { id: number; user_ids: number[] }[] };
    const members = groups.find(({ id }) => id === 1)!.user_ids;
    expect(await lost).toBeNull();
    expect(codes(newer)).toEqual([]);
    expect(members).toEqual(expect.arrayContaining([36, 37]));
  });
});
