/**
 * `npm run bench` compares Rollcall with its peers; `npm run bench -- NAME` runs another bench of this folder. A bench is a file with
 * what it does at its top.
 */
const benches: Readonly<Record<string, () => Promise<unknown>>> = {
  comparison: () => import('./comparison.js'),
  coalescing: () => import('./coalescing.js'),
  overload: () => import('./overload.js'),
  soak: () => import('./soak.js'),
  faults: () => import('./faults.js'),
  transports: () => import('./transports.js'),
  pulls: () => import('./pulls.js'),
  workers: () => import('./workers.js'),
  profile: () => import('./profile.js'),
};

const [first = ''] = process.argv.slice(2);
const isNamed = first !== '' && !first.startsWith('-');
const asked = isNamed ? first : 'comparison';
const bench = benches[asked];
if (bench) {
  // What follows its name is the bench's own.
  if (isNamed) process.argv.splice(2, 1);
  await bench();
} else {
  process.stderr.write(`There is no bench ${asked}; there are ${Object.keys(benches).join(', ')}.\n`);
  process.exitCode = 1;
}
