import { performance } from 'node:perf_hooks';
import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';
import DataLoader from 'dataloader';
import { expect, test } from 'vitest';
import { BatchWindow } from '../../src/reads/window.js';

/** A loader that notes its batches. */
function loaderIn(batches: string[][], window?: BatchWindow) {
  const load = async (keys: readonly string[]) => (batches.push([...keys]), keys);
  return new DataLoader<string, string>(load, window && { batchScheduleFn: window.schedule });
}

/** Three reads that end one after the other; each brings a key. */
async function threeReads(window: BatchWindow, loader: DataLoader<string, string>): Promise<void> {
  const read = async (key: string, ms: number) => {
    const done = window.track();
    await pause(ms);
    const found = loader.load(key);
    done();
    await found;
  };
  await Promise.all([read('a', 2), read('b', 10), read('c', 25)]);
}

test('keys that come in different turns make one batch, sent when the last read has ended', async () => {
  const window = new BatchWindow();
  const batches: string[][] = [];

  await threeReads(window, loaderIn(batches, window));

  expect(batches).toEqual([['a', 'b', 'c']]);
});

test('control: by itself, the loader makes a batch of each', async () => {
  const batches: string[][] = [];

  await threeReads(new BatchWindow(), loaderIn(batches));

  expect(batches).toEqual([['a'], ['b'], ['c']]);
});

test('where no read is under way, a batch is sent in the next turn', async () => {
  const window = new BatchWindow(1000);
  const batches: string[][] = [];
  const loader = loaderIn(batches, window);
  const began = performance.now();

  await Promise.all([loader.load('a'), Promise.resolve().then(() => loader.load('b'))]);

  expect(batches).toEqual([['a', 'b']]);
  expect(performance.now() - began).toBeLessThan(100);
});

test('no key waits longer than the longest wait, whatever is under way', { retry: 2 }, async () => {
  const window = new BatchWindow(40);
  const batches: string[][] = [];
  const loader = loaderIn(batches, window);
  window.track();
  const began = performance.now();
  const first = loader.load('a');
  await pause(20);
  const second = loader.load('b');

  await first;

  expect(performance.now() - began).toBeGreaterThan(35);
  expect(performance.now() - began).toBeLessThan(80);
  await second;
  const third = performance.now();
  await loader.load('c');
  expect(performance.now() - third).toBeGreaterThan(35);
  expect(batches).toEqual([['a', 'b'], ['c']]);
});

test('the end of one read sends nothing while another is under way', async () => {
  const window = new BatchWindow(1000);
  const batches: string[][] = [];
  const [one, other] = [window.track(), window.track()];
  const loaded = loaderIn(batches, window).load('a');

  one();
  await turn();
  await turn();
  expect(batches).toEqual([]);
  other();
  await loaded;

  expect(batches).toEqual([['a']]);
});

test('a read that begins where another ends keeps the batch open', async () => {
  const window = new BatchWindow(1000);
  const batches: string[][] = [];
  const loader = loaderIn(batches, window);
  const one = window.track();
  const first = loader.load('a');
  one();
  const other = window.track();
  await turn();
  await turn();
  const second = loader.load('b');

  other();
  await Promise.all([first, second]);

  expect(batches).toEqual([['a', 'b']]);
});

test('loaders of different nouns are sent together', async () => {
  const window = new BatchWindow();
  const batches: string[][] = [];
  const [users, groups] = [loaderIn(batches, window), loaderIn(batches, window)];

  await Promise.all([users.load('u1'), groups.load('g1'), users.load('u2')]);

  expect(batches).toEqual([['u1', 'u2'], ['g1']]);
});
