/** With `cacheSeconds: 0`, through the front door: who has to wait there is told what others read meanwhile, and nobody else is. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Admission } from '../../src/server/admission/admission.js';
import { openRollcall, type Answer, type Rollcall } from '../support/rollcall.js';
import { until } from '../support/until.js';

const query =
  '{ groups(first: 1000, filter: { sources: ["testrail"] }) { nodes { id name members { nodes { id email } } } } }';
const trace = { 'x-rollcall-trace': '1' };

let rollcall: Rollcall;
const atTheDoor: (() => void)[] = [];
beforeEach(async () => {
  rollcall = await openRollcall({ cacheSeconds: 0, only: ['testrail'] });
});
afterEach(async () => {
  vi.restoreAllMocks();
  for (const letIn of atTheDoor.splice(0)) letIn();
  await rollcall.close();
});

/** Somebody who is kept waiting at the door until he is let in. */
async function held(headers: Record<string, string> = {}): Promise<() => Promise<Answer>> {
  const { admit } = Admission.prototype;
  const door = vi.spyOn(Admission.prototype, 'admit').mockImplementation(function (this: Admission, newcomer) {
    return admit.call(this, { ...newcomer, start: () => void atTheDoor.push(newcomer.start) });
  });
  const answer = rollcall.ask(query, {}, { ...trace, ...headers });
  await until(() => atTheDoor.length > 0);
  door.mockRestore();
  // What is begun from now on is begun in another millisecond.
  await new Promise((pass) => setTimeout(pass, 3));
  return () => (atTheDoor.pop()!(), answer);
}

const ask = () => rollcall.ask(query, {}, trace);
const heard = () => rollcall.sandbox.server('testrail').journal.length;
const costOf = ({ extensions }: Answer) => {
  const [{ calls, cacheHits, shared }] = extensions.upstream;
  return { calls, cacheHits, shared };
};
const namesOf = ({ data }: Answer): string[] => data.groups.nodes.map(({ name }: { name: string }) => name);
/** Somebody renames the first group, at the vendor's own pages. */
function renameThere(name: string): void {
  const { groups } = rollcall.sandbox.server('testrail').box.state as { groups: { name: string }[] };
  groups[0]!.name = name;
}

describe('who waits at the door while another reads', () => {
  it('is answered without a call', async () => {
    const letIn = await held();
    const first = await ask();
    const before = heard();

    const waited = await letIn();

    expect(waited.data).toEqual(first.data);
    expect(namesOf(waited).length).toBeGreaterThan(1);
    expect(costOf(first).calls).toBeGreaterThan(0);
    expect(costOf(waited)).toMatchObject({ calls: 0, cacheHits: 0 });
    expect(costOf(waited).shared).toBeGreaterThan(0);
    expect(heard()).toBe(before);
  });

  it.each(['no-cache', 'no-store', 'max-age=0'])(
    'and wants none of it (%s) has everything read for him',
    async (word) => {
      const letIn = await held({ 'cache-control': word });
      const first = await ask();

      const waited = await letIn();

      expect(waited.data).toEqual(first.data);
      expect(costOf(waited)).toEqual({ calls: costOf(first).calls, cacheHits: 0, shared: 0 });
    },
  );

  it('sees what was written through here meanwhile', async () => {
    const letIn = await held();
    const { data } = await ask();
    const [{ id }] = data.groups.nodes;
    const renamed = await rollcall.ask(
      `mutation { updateGroup(input: { group: "${id}", name: "Renamed here" }) { userErrors { code } } }`,
    );
    expect(renamed.data.updateGroup.userErrors).toEqual([]);

    const waited = await letIn();

    expect(namesOf(waited)).toContain('Renamed here');
  });
});

describe('who comes when another has read', () => {
  it('reads anew, and sees what was changed at the vendor, whoever waits at the door', async () => {
    const letIn = await held();
    const first = await ask();
    renameThere('Renamed there');

    const later = await ask();

    expect([namesOf(first).includes('Renamed there'), namesOf(later).includes('Renamed there')]).toEqual([false, true]);
    expect(costOf(later)).toEqual({ calls: costOf(first).calls, cacheHits: 0, shared: 0 });
    expect(costOf(await letIn()).calls).toBe(0);
  });

  it('and has to wait at the door while nobody reads, reads anew, too', async () => {
    const first = await ask();
    renameThere('Renamed there');
    const letIn = await held();

    const waited = await letIn();

    expect(namesOf(waited)).toContain('Renamed there');
    expect(costOf(waited).calls).toBe(costOf(first).calls);
  });
});
