import { afterAll, beforeAll, expect, it } from 'vitest';
import { openRollcall, type Rollcall } from '../support/rollcall.js';

let rollcall: Rollcall;

beforeAll(async () => {
  rollcall = await openRollcall();
});
afterAll(() => rollcall.close());

const expected = {
  'content-security-policy': [
    "default-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self' data:",
    "img-src 'self' data:",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join(';'),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-frame-options': 'SAMEORIGIN',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
};

const answers: readonly [string, number, string, { readonly method?: string; readonly body?: string }][] = [
  ['the page', 200, '/', {}],
  ['a query', 200, '/graphql', { method: 'POST', body: '{"query":"{sources{name}}"}' }],
  ['what is no JSON', 400, '/graphql', { method: 'POST', body: '{' }],
  ['a method that there is not', 405, '/graphql', { method: 'PUT' }],
  ['a path that there is not', 404, '/nothing', {}],
  ['a file', 200, '/schema.graphql', {}],
];

it.each(answers)('the answer to %s carries every header that keeps a browser safe', async (_, status, path, init) => {
  const headers = init.body ? { 'content-type': 'application/json' } : undefined;
  const response = await fetch(rollcall.url + path, { ...init, headers });

  expect(response.status).toBe(status);
  expect(Object.fromEntries(response.headers)).toMatchObject(expected);
});
