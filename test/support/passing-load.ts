/** Run with `--trace-gc`-like flags: rounds of things that come and go, held in the way that is named. */
import { Passing } from '../../src/memory/passing.js';
import { Slot } from '../../src/memory/slot.js';

const [held] = process.argv.slice(2);
const rounds = 200;
const ofRound = 50;
const map = new Map<string, object>();
const passing = new Passing<string, object>();
const weak = new WeakMap<object, object>();
const slot = new Slot<object, object>();
let garbage: unknown[] = [];

const rowsOf = () => Array.from({ length: 400 }, (_, at) => ({ at, path: [at] }));

for (let round = 0; round < rounds; round += 1) {
  for (let nth = 0; nth < ofRound; nth += 1) {
    const rows = rowsOf();
    if (held === 'Map') map.set(`${nth}`, rows);
    if (held === 'Passing') passing.set(`${nth}`, rows);
    if (held === 'WeakMap') weak.set(rows, { rows });
    if (held === 'Slot') slot.set(rows, { rows });
    garbage = Array.from({ length: 300 }, (_, at) => Array.from({ length: 100 }, () => at));
    await undefined;
  }
  for (let nth = 0; nth < ofRound; nth += 1) {
    map.delete(`${nth}`);
    passing.delete(`${nth}`);
  }
  await new Promise((turn) => setImmediate(turn));
}
process.exitCode = garbage.length === 0 ? 1 : 0;
