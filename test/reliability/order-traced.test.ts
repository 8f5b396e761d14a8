import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mutate } from '../support/mutations.js';
import { ask } from '../support/rollcall.js';
import { openService } from '../support/service.js';
import { eventsOf, strace, violations, type Event } from '../support/trace.js';
import { until } from '../support/until.js';
import { company, verbs } from '../support/verbs.js';

const canTrace = spawnSync('strace', ['-V']).status === 0;

/** The events of each mutation, from the answer before it to its own. */
async function tracedMutations(): Promise<readonly (readonly Event[])[]> {
  const service = await openService({ population: company() });
  try {
    const file = join(service.folder, 'trace');
    const life = await service.start(strace(file));
    await ask(life.url, '{ __typename }');
    for (const { mutation, input } of verbs) await mutate(life.url, mutation, input());
    await life.end('SIGTERM');
    const trace = () => (existsSync(file) ? readFileSync(file, 'utf8') : '');
    await until(() => /exited with 0 \+\+\+\s*$/.test(trace()));
    return untilEachAnswer(eventsOf(trace(), service.ledger)).slice(1, 1 + verbs.length);
  } finally {
    await service.close();
  }
}

function untilEachAnswer(events: readonly Event[]): readonly (readonly Event[])[] {
  const parts: Event[][] = [[]];
  for (const event of events) {
    parts.at(-1)!.push(event);
    if (event === 'answer') parts.push([]);
  }
  return parts;
}

it(
  'every mutation: intent written and synced, then sent, then its outcome written and synced, then answered',
  { timeout: 60_000 },
  async ({ skip }) => {
    if (!canTrace) skip('strace is missing: apt-get install strace');

    const traced = await tracedMutations();

    const told = traced.map((events, nth) => [
      `${verbs[nth]!.mutation} at ${verbs[nth]!.source}`,
      events.filter((event) => event === 'send').length,
      violations(events),
    ]);
    expect(told).toEqual(verbs.map(({ mutation, source }) => [`${mutation} at ${source}`, 1, []]));
  },
);

describe('the check of the order fails', () => {
  const good: readonly Event[] = ['ask', 'keep', 'keep', 'sync', 'send', 'keep', 'sync', 'answer'];

  it('nothing of a trace in order', () => {
    expect(violations(good)).toEqual([]);
  });

  it.each<[what: string, events: readonly Event[], violation: string]>([
    ['no intent', ['send', 'keep', 'sync', 'answer'], 'sent without an intent'],
    ['an intent after the send', ['send', 'keep', 'sync', 'keep', 'sync', 'answer'], 'sent without an intent'],
    ['an intent that is not synced', good.toSpliced(3, 1), 'sent before what was kept was synced'],
    [
      'a sync before the intent',
      ['sync', 'keep', 'send', 'keep', 'sync', 'answer'],
      'sent before what was kept was synced',
    ],
    ['no outcome', good.toSpliced(5, 2), 'answered without an outcome'],
    ['an outcome that is not synced', good.toSpliced(6, 1), 'answered before what was kept was synced'],
    ['an outcome after the answer', [...good.slice(0, 5), 'answer', 'keep', 'sync'], 'answered without an outcome'],
    ['an answer before the send', ['keep', 'sync', 'answer', 'send', 'keep', 'sync'], 'answered before it was sent'],
  ])('a trace with %s', (_what, events, violation) => {
    expect(violations(events)).toContain(violation);
  });

  it('a sync that failed, and one of another file', () => {
    const line = (call: string) => `7 ${call}`;
    const lines = [
      line('pwrite64(26</x/rollcall.db-wal>, "a", 1, 0) = 1'),
      line('fsync(26</x/rollcall.db-wal>) = -1 EIO (Input/output error)'),
      line('fsync(27</y/other.db>) = 0'),
      line('fsync(26</x/rollcall.db-wal> <unfinished ...>'),
      '8 writev(30<TCP:[127.0.0.1:1->127.0.0.1:2]>, [{iov_base="POST /a HTTP/1.1\\r\\n"',
      line('<... fsync resumed>) = 0'),
    ];

    const events = eventsOf(lines.join('\n'), '/x/rollcall.db');

    expect(events).toEqual(['keep', 'send', 'sync']);
    expect(violations(events)).toEqual(['sent before what was kept was synced']);
  });
});
