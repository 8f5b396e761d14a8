import { expect, it } from 'vitest';
import { openService } from '../support/service.js';
import { until } from '../support/until.js';

it(
  'a failure that nobody waits for is logged, and ends no process that serves others',
  { timeout: 30_000 },
  async () => {
    const service = await openService({ only: ['testrail'] });
    const fail = "setTimeout(()=>Promise.reject(new Error('left alone')),1500)";
    const life = await service.start(['env', `NODE_OPTIONS=--import=data:text/javascript,${encodeURIComponent(fail)}`]);

    await until(() => life.stderr().includes('something failed that nobody waited for'), 10_000);
    const { status } = await fetch(`${life.url}/healthz`);
    await service.close();

    expect(status).toBe(200);
  },
);
