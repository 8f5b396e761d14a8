/**
 * Rollcall beside its peers, in one run on one machine: everybody is asked the same three questions over the same vendors, and has to
 * answer them rightly. Servers have a core to themselves where `taskset` is there, the vendors and the load have the others. Takes
 * less than ten minutes, with `--quick` less than one; `--json FILE` and `--picture FILE`
 * write the figures down, `--only NAME` leaves the others out.
 */
import { writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { allSettings, fewSettings, measure, type Measured } from './compare/cells.js';
import { contestants, installPeers } from './compare/contestants.js';
import { goalsOf } from './compare/goals.js';
import { pictureOf } from './compare/picture.js';
import { leaveTheCore, onOwnCore } from './compare/processes.js';
import { questionsOf } from './compare/questions.js';
import { summaryOf } from './compare/summary.js';
import { tableOf } from './compare/table.js';
import { startCompany } from './company/start.js';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
    json: { type: 'string' },
    picture: { type: 'string' },
  },
  allowPositionals: true,
});

const how = values.quick
  ? { seconds: 0.3, warmSeconds: 1, settings: fewSettings }
  : { seconds: 2, warmSeconds: 6, settings: allSettings };
const cores = availableParallelism();
installPeers();
leaveTheCore();
const company = await startCompany();
const measured: Measured[] = [];
try {
  const questions = questionsOf(company.groups);
  const where = onOwnCore.length > 0 ? 'servers on one core, vendors and load on the others' : 'all on the same cores';
  print(`Node ${process.version}, ${cores} cores, load ${loadavg()[0]!.toFixed(1)}; ${where}`);
  for (const { name, what } of questions) print(`${name}  ${what}`);
  for (const contestant of contestants(values.quick)) {
    if (values.only && !values.only.includes(contestant.name)) continue;
    process.stderr.write(`… ${contestant.name}, shares ${contestant.sharing}\n`);
    measured.push(await measure(contestant, company, questions, how));
  }
  print(`\n${tableOf(measured, questions)}\n\n${summaryOf(measured)}\n`);
  for (const line of goalsOf(measured)) print(line);
  if (values.json) writeFileSync(values.json, JSON.stringify(measured, null, 1));
  if (values.picture) writeFileSync(values.picture, pictureOf(measured));
} finally {
  await company.close();
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
