/** What the transport's tests say of the usual library holds of the other one, too: the same tests, sent another way. */
import { describe } from 'vitest';
import { sendOver } from './transport-under-test.js';

sendOver('cross-fetch');

describe.each(['sockets', 'body', 'deadline', 'redirect', 'retry', 'token', 'session', 'address'])(
  'over cross-fetch, %s',
  async (part) => {
    await import(`./transport-${part}.test.ts`);
  },
);
