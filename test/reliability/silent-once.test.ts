/** A source that says nothing costs everybody who asks the same its time once, whether he came first or waited for who did. */
import { expect, it } from 'vitest';
import { openRollcall } from '../support/rollcall.js';

it('identical queries that meet at a silent source are all answered within its time', { retry: 2 }, async () => {
  const rollcall = await openRollcall({ only: ['testrail', 'tiledesk'], sources: { testrail: { timeoutMs: 600 } } });
  rollcall.sandbox.server('testrail').fault({ mode: 'hang' });
  const query = '{ groups(first: 5) { complete sources { source state code } } }';

  const times = await Promise.all(
    Array.from({ length: 8 }, async (_, nth) => {
      await new Promise((pass) => setTimeout(pass, nth * 20));
      const began = performance.now();
      const { data, errors } = await rollcall.ask(query);
      expect(data.groups.sources[0]).toEqual({ source: 'testrail', state: 'UNAVAILABLE', code: 'VENDOR_TIMEOUT' });
      expect(errors?.map(({ extensions }) => extensions['code'])).toEqual(['VENDOR_TIMEOUT']);
      return performance.now() - began;
    }),
  );
  await rollcall.close();

  expect(Math.max(...times)).toBeLessThan(600 + 350);
});
