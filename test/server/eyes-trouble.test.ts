import { afterEach, expect, it } from 'vitest';
import { Sources } from '../../src/graph/sources.js';
import { LedgerError } from '../../src/ledger/ledger.js';
import { Metrics } from '../../src/server/eyes/metrics.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';
import { samplesIn, sum } from '../support/scrape.js';

let rollcall: Rollcall;
afterEach(() => rollcall?.close());

const broken = () => Promise.reject(new LedgerError('rollcall.db', 'cannot grow'));
const create = (title: string, key = '') =>
  `mutation { createUpdraftPermissionGroup(input: { organization: "gid://updraft/Organization/12", title: "${title}"${key} }) { userErrors { code } } }`;

/** What the log says of the ledger, by the id of the request. */
const told = (message: string) =>
  rollcall.log
    .map((line) => JSON.parse(line) as { msg: string; requestId?: string; err?: { message: string } })
    .filter(({ msg }) => msg === message)
    .map(({ requestId, err }) => [requestId, err?.message]);

it.each(['begin', 'finish'] as const)('why %s failed is told beside the request that it was for', async (step) => {
  rollcall = await openRollcall({ only: ['updraft'] });
  rollcall.ledger[step] = broken;

  await Promise.all(['one', 'two'].map((id) => rollcall.ask(create(id), {}, { 'x-request-id': `write-${id}` })));

  const lines = told('the ledger could not be written').sort();
  expect(lines.map(([id]) => id)).toEqual(['write-one', 'write-two']);
  for (const [, message] of lines) expect(message).toContain('cannot grow');
});

it('so is why a key could not be looked up', async () => {
  rollcall = await openRollcall({ only: ['updraft'] });
  rollcall.ledger.holder = broken;

  await rollcall.ask(create('Leads', ', idempotencyKey: "once-0001"'), {}, { 'x-request-id': 'keyed' });

  expect(told('the ledger could not be written').map(([id]) => id)).toEqual(['keyed']);
});

it('and why it could not be read', async () => {
  rollcall = await openRollcall({ only: ['updraft'] });
  rollcall.ledger.newest = broken;
  const entry = '{ ledgerEntry(key: "once-0001", mutation: "createUpdraftPermissionGroup") { state } }';

  const { errors } = await rollcall.ask(entry, {}, { 'x-request-id': 'read' });

  expect(errors?.map(({ extensions }) => extensions['code'])).toEqual(['LEDGER_UNAVAILABLE']);
  expect(told('the ledger could not be read').map(([id]) => id)).toEqual(['read']);
});

it('how many wait at the door is told as it is at the moment of asking', async () => {
  const sources = Sources.open([]);
  let waiting = 3;
  const metrics = new Metrics(sources, () => ({ inFlight: 8, waiting, shed: 0 }));
  const seen = async () => sum(samplesIn(await metrics.text()), 'rollcall_operations_waiting');

  expect(await seen()).toBe(3);
  waiting = 0;
  expect(await seen()).toBe(0);
  sources.close();
});
