import { expect, it } from 'vitest';
import type { Intent } from '../../src/ledger/journal.js';
import { openLedger } from '../../src/ledger/sqlite.js';
import { closeAfterEach, configured, serving, values, type House } from './house.js';

closeAfterEach();

/** Puts entries into the ledger that were finished so many days ago. */
async function finishedDaysAgo({ ledger: file }: House, ...days: readonly number[]): Promise<void> {
  const ledger = await openLedger(file);
  for (const ago of days) {
    const at = new Date(Date.now() - ago * 86_400_000);
    const plan = JSON.stringify({ calls: [], expects: null, ifLost: null });
    const answer = JSON.stringify({ calls: [], userErrors: [], hint: null });
    const whose = { id: `id-${ago}`, caller: 'local', mutation: 'addTestRailGroup', key: `k-${ago}` };
    const intent: Intent = { ...whose, fingerprint: 'f', source: 'testrail', group: null, createdAt: at, plan };
    await ledger.begin([intent]);
    await ledger.finish([{ intent, state: 'DONE', finishedAt: at, unsettledSince: null, answer, facts: [] }]);
  }
  await ledger.close();
}

const keysOf = async (house: House) => (await values(house, 'ledger', 'list')).map(({ key }) => key as string);

it('the start forgets what was finished before the last 30 days', async () => {
  const house = await configured();
  await finishedDaysAgo(house, 31, 29);

  await serving(house);

  await expect.poll(() => keysOf(house), { timeout: 10_000 }).toEqual(['k-29']);
});

it('or before as many as the configuration says', async () => {
  const house = await configured({ retentionDays: 45 });
  await finishedDaysAgo(house, 46, 44, 31);

  await serving(house);

  await expect.poll(() => keysOf(house), { timeout: 10_000 }).toEqual(['k-31', 'k-44']);
});
