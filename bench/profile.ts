/**
 * Where the processor's time goes: Rollcall under `--cpu-prof` answers each of the three questions for some seconds by one caller,
 * its reads kept for nobody, or with `--cached` for all. Prints whose the time is, and the hottest functions.
 */
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compiled, rollcall } from './compare/contestants.js';
import { Client } from './compare/load.js';
import { leaveTheCore } from './compare/processes.js';
import { questionsOf, type Question } from './compare/questions.js';
import { aligned } from './compare/table.js';
import { startCompany, type Company } from './company/start.js';

const seconds = 5;
const warmSeconds = 2;
const hottest = 14;
const root = fileURLToPath(new URL('..', import.meta.url));
const maps = new Map<string, SourceMap>();
const sharing = process.argv.includes('--cached') ? 'a cache' : 'nothing';

interface Profile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: Frame; readonly children?: readonly number[] }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}
interface Frame {
  readonly functionName: string;
  readonly url: string;
  readonly lineNumber: number;
  readonly columnNumber: number;
}

leaveTheCore();
const company = await startCompany();
try {
  for (const question of questionsOf(company.groups)) tell(question, ...(await profiled(company, question)));
} finally {
  await company.close();
}

/** The profile, and the millisecond from which on it is of interest: until then it starts and warms up. */
async function profiled(vendors: Company, question: Question): Promise<[Profile, number]> {
  const folder = mkdtempSync(join(tmpdir(), 'profile-'));
  const running = await rollcall(sharing, ['--cpu-prof', '--cpu-prof-dir', folder], compiled).start(vendors);
  const client = new Client(running);
  await client.check(question, 0);
  await client.run(question, { callers: 1, seconds: warmSeconds, differing: true });
  const from = performance.now() - running.begun;
  await client.run(question, { callers: 1, seconds, differing: true });
  await client.close();
  await running.close();
  const [file] = readdirSync(folder);
  const profile = JSON.parse(readFileSync(join(folder, file!), 'utf8')) as Profile;
  rmSync(folder, { recursive: true });
  return [profile, from];
}

function tell({ name, what }: Question, { nodes, samples, timeDeltas }: Profile, from: number): void {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)));
  const oursAbove = (id: number | undefined): Frame | null => {
    for (let at = id; at !== undefined; at = parents.get(at)) if (isOurs(frames.get(at)!)) return frames.get(at)!;
    return null;
  };
  const [byPlace, byOwner, byCause] = [new Map<string, number>(), new Map<string, number>(), new Map<string, number>()];
  let [all, at] = [0, 0];
  for (const [nth, id] of samples.entries()) {
    const [frame, time] = [frames.get(id)!, timeDeltas[nth]!];
    at += time / 1_000;
    if (at < from || frame.functionName === '(idle)' || frame.functionName === '(program)') continue;
    all += time;
    add(byPlace, placeOf(frame), time);
    add(byOwner, ownerOf(frame), time);
    const cause = oursAbove(id);
    add(byCause, cause ? placeOf(cause) : `(${ownerOf(frame)}, for nobody of ours)`, time);
  }
  print(`\n${name}  ${what}; shares ${sharing}`);
  const shares: readonly (readonly [string, Map<string, number>])[] = [
    ['whose time', byOwner],
    ['function, itself', byPlace],
    ['function of ours, with what it calls outside', byCause],
  ];
  for (const [head, times] of shares) {
    const most = [...times].sort(([, one], [, other]) => other - one).slice(0, hottest);
    print(
      aligned([[head, 'part'], ...most.map(([key, time]) => [key, `${((100 * time) / all).toFixed(1)} %`])]).join('\n'),
    );
  }
}

function isOurs({ url }: Frame): boolean {
  return url.includes('/dist/') && !url.includes('node_modules');
}

function add(times: Map<string, number>, key: string, time: number): void {
  times.set(key, (times.get(key) ?? 0) + time);
}

/** A room of ours, a package, or what Node itself does. */
function ownerOf({ url, functionName }: Frame): string {
  if (functionName === '(garbage collector)') return 'garbage collection';
  const [, scoped] = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url) ?? [];
  if (scoped) return scoped;
  const [, ours] = /\/dist\/((?:src\/[^/]+|[^/]+))\//.exec(url) ?? [];
  return (
    ours ??
    (url === '' ? 'V8 and compiled queries' : `node:${/^node:(?:internal\/)?([^/]+)/.exec(url)?.[1] ?? 'other'}`)
  );
}

/** What the function is called, and where it stands in the source. */
function placeOf({ functionName, url, lineNumber, columnNumber }: Frame): string {
  const name = functionName || '(anonymous)';
  if (!url.startsWith('file:') || url.includes('node_modules'))
    return `${name} ${url.replace(/^.*node_modules\//, '')}${url ? `:${lineNumber + 1}` : ''}`;
  const file = fileURLToPath(url);
  let map = maps.get(file);
  if (!map) maps.set(file, (map = new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8')))));
  const entry = map.findEntry(lineNumber, columnNumber);
  const source = 'originalSource' in entry ? new URL(entry.originalSource, url).pathname : file;
  const line = 'originalLine' in entry ? entry.originalLine : lineNumber;
  return `${name} ${relative(root, source)}:${line + 1}`;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
