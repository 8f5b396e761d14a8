import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { people } from '../../src/sandbox/people.js';
import { Redaction } from '../../src/server/eyes/redaction.js';
import { openLog } from '../../src/server/log.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';

const secret = 'k3y/with+odd=chars!';

function openLines() {
  const lines: string[] = [];
  const redaction = new Redaction().hide(() => [secret]);
  const log = openLog(redaction, { level: 'debug', to: { write: (line) => void lines.push(line) } });
  return { log, lines };
}

describe('a secret never gets into the log,', () => {
  it.each([
    ['as it is', secret],
    ['encoded for an address', encodeURIComponent(secret)],
    ['encoded in lower case', encodeURIComponent(secret).toLowerCase()],
    ['in base64', Buffer.from(secret).toString('base64')],
    ['in base64 for addresses', Buffer.from(secret).toString('base64url')],
    ['in base64 behind a user of any length', Buffer.from(`u:${secret}`).toString('base64')],
    ['in base64 behind a longer one', Buffer.from(`us:${secret}:x`).toString('base64')],
    ['in base64 behind one that is longer still', Buffer.from(`use:${secret}`).toString('base64')],
  ])('%s', (_how, form) => {
    const { log, lines } = openLines();

    log.error({ err: new Error(`failed with ${form}`), words: `before ${form} after`, deep: [{ er: form }] }, form);

    expect(lines.join('')).not.toContain(form.slice(3, -3));
    expect(JSON.parse(lines[0]!).words).toMatch(/^before .*\[redacted\].* after$/);
  });

  it('wherever it begins within something in base64', () => {
    const redaction = new Redaction().hide(() => [secret]);
    const anything = fc.string({ maxLength: 40 });

    fc.assert(
      fc.property(anything, anything, (before, after) => {
        const clean = redaction.clean(Buffer.from(before + secret + after).toString('base64'));
        expect(Buffer.from(clean.replaceAll('[redacted]', ''), 'base64').toString()).not.toContain(secret.slice(2, -2));
        expect(clean).toContain('[redacted]');
      }),
    );
  });

  it('also one that is known only since a token was renewed', () => {
    const known = ['first-key'];
    const redaction = new Redaction().hide(() => known);
    expect(redaction.clean('first-key second-key')).toBe('[redacted] second-key');

    known[0] = 'second-key';

    expect(redaction.clean('first-key second-key')).toBe('first-key [redacted]');
  });

  it('what stands in a header as a credential, even of nobody of ours', () => {
    expect(new Redaction().clean('authorization: Bearer abcdefgh.ijk, Basic dXNlcjpwYXNz')).toBe(
      'authorization: [redacted], [redacted]',
    );
  });
});

describe('an e-mail address', () => {
  it.each([
    ['of ana.lin@example.com, twice', 'of [redacted], twice'],
    ['<ana+x@mail.example.co.uk>', '<[redacted]>'],
    ['get_user_by_email&email=ana%40example.com', 'get_user_by_email&email=[redacted]'],
    ['"Ana"@example.com', '"Ana"@example.com'],
    ['/node_modules/@apollo/server', '/node_modules/@apollo/server'],
  ])('%s', (text, clean) => {
    expect(new Redaction().clean(text)).toBe(clean);
  });

  it('is looked for in time that grows with the text', () => {
    const began = performance.now();
    new Redaction().clean('a'.repeat(1_000_000));
    new Redaction().clean(`${'eyJ'.repeat(100_000)}.`);

    expect(performance.now() - began).toBeLessThan(3_000);
  });
});

it('a line stays one line, whatever is in it, and nothing in it reaches a terminal', () => {
  const { log, lines } = openLines();

  log.warn({ words: 'one\ntwo\r\u001b[31m\u009b2J\u007f\u2028three' }, 'odd\nwords');

  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^[\x20-\x7e]+\n$/);
  expect(JSON.parse(lines[0]!).words).toBe('one\ntwo\r\u001b[31m\u009b2J\u007f\u2028three');
});

it('of an error stay its type, message, code, stack and cause, and nothing that it carries', () => {
  const { log, lines } = openLines();
  const carrying = Object.assign(new TypeError('outer', { cause: new RangeError('inner') }), {
    code: 'E_ODD',
    query: 'select row-canary',
    nodes: ['document-canary'],
  });

  log.error({ err: carrying }, 'failed');

  const { err } = JSON.parse(lines[0]!);
  expect(err).toMatchObject({ type: 'TypeError', message: 'outer', code: 'E_ODD', cause: { message: 'inner' } });
  expect(err.stack).toContain('eyes-redaction');
  expect(lines[0]).not.toContain('canary');
});

describe('through the front door', () => {
  let rollcall: Rollcall;
  const canary = { token: 'canary-updraft-7f3a', apiKey: 'canary-testrail-51e0', password: 'canary-tiledesk-d84b' };
  const sources = {
    updraft: { token: canary.token },
    testrail: { apiKey: canary.apiKey },
    tiledesk: { password: canary.password },
  };

  beforeAll(async () => {
    const population = { people: people(3), groups: 1, membersPerGroup: 1, projects: 1, awkward: false };
    rollcall = await openRollcall({ population, sources });
  });
  afterAll(() => rollcall.close());

  it('a vendor that repeats credentials and people in its words is kept without them', async () => {
    const basic = Buffer.from(`somebody:${canary.apiKey}`).toString('base64');
    const error = `no ${canary.token}, ${canary.password} or ${basic} for ana.lin@example.com here`;
    for (const name of ['updraft', 'testrail', 'tiledesk'])
      rollcall.sandbox.server(name).fault({ mode: 'status', status: 400, body: { error, detail: error, msg: error } });

    await rollcall.ask('{ users { totalCount } projects { totalCount } }');

    const log = rollcall.log.join('');
    expect(log).toMatch(/no \[redacted\], \[redacted\] or /);
    expect(log).not.toMatch(/canary|ana\.lin@|Y2FuYX/);
  });
});
