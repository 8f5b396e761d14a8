import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { calls } from '../support/journal.js';
import { addressOf } from '../support/command-line.js';
import {
  addTestRailGroup,
  closeAfterEach,
  command,
  configured,
  kill,
  serving,
  start,
  stop,
  values,
  type House,
} from './house.js';

closeAfterEach();

/** Turns over the highest bit of a byte of every such text in a file, which makes it none. */
function damage(file: string, text: string): void {
  const bytes = readFileSync(file);
  let found = 0;
  for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1)) {
    bytes[at + 3]! ^= 0x80;
    found++;
  }
  expect(found).toBeGreaterThan(0);
  writeFileSync(file, bytes);
}

const added = ({ sandbox }: House) =>
  calls(sandbox.server('testrail')).filter((call) => call.includes('add_group')).length;

it(
  'A damaged entry is an error of its own key, named in the log, and all others are served',
  { timeout: 120_000 },
  async () => {
    const house = await configured();
    const first = await serving(house);
    await addTestRailGroup(first.url, 'Moth-eaten', 'k-hurt');
    const answered = await addTestRailGroup(first.url, 'Sound', 'k-sound');
    await stop(first.server);
    damage(house.ledger, 'Moth-eaten');

    const { server, url } = await serving(house);
    const hurt = await addTestRailGroup(url, 'Moth-eaten', 'k-hurt');
    const again = await addTestRailGroup(url, 'Sound', 'k-sound');
    const next = await addTestRailGroup(url, 'Next', 'k-next');
    const list = await command(house, 'ledger', 'list');
    const shown = await command(house, 'ledger', 'show', 'k-hurt');
    const sound = await values(house, 'ledger', 'show', 'k-sound');
    const { code, stderr } = await stop(server);

    const sentence = `The ledger ${house.ledger} is damaged in row 1 of its table entries: put its last backup in its place.`;
    expect(hurt).toMatchObject({ confirmedBy: null, userErrors: [{ code: 'LEDGER_UNAVAILABLE' }], group: null });
    expect(again).toEqual(answered);
    expect(next.userErrors).toEqual([]);
    expect(added(house)).toBe(3);
    expect(code).toBe(0);
    expect(stderr.split('\n').filter((line) => line.includes('is damaged in row 1'))).toHaveLength(1);
    expect(list).toMatchObject({ code: 1, stderr: `${sentence}\n` });
    expect(list.stdout).toContain('k-sound');
    expect(list.stdout).toContain('k-next');
    expect(shown).toEqual({ code: 1, stdout: '', stderr: `${sentence}\n` });
    expect(sound).toMatchObject([{ key: 'k-sound', state: 'DONE' }]);
  },
);

it(
  'A ledger that a kill and a bad disk have cut short is not served until somebody accepts the loss',
  { timeout: 120_000 },
  async () => {
    const house = await configured();
    const { server, url } = await serving(house);
    await addTestRailGroup(url, 'One', 'k-1');
    await addTestRailGroup(url, 'Two', 'k-2');
    await kill(server);
    const bytes = readFileSync(`${house.ledger}-wal`);
    bytes[bytes.length >> 1]! ^= 1;
    writeFileSync(`${house.ledger}-wal`, bytes);

    const refused = await start(['--config', house.file]).ended;
    const checked = await command(house, 'check-config');
    rmSync(`${house.ledger}.mark`);
    await addressOf(start(['--config', house.file]));

    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(/^The ledger \S+ lacks the last \d+ of its \d+ commits, [^\n]+\.\n$/);
    expect(checked.stdout).toContain('ledger: does not work; ');
    expect(checked.stdout).toContain(`delete ${house.ledger}.mark`);
  },
);
