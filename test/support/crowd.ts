/** Many callers at once, and what each of them means to do one thing after another. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Chance } from './chance.js';
import type { Edited, Fate } from './member-history.js';

export interface Edit {
  readonly does: 'add' | 'remove';
  readonly members: readonly string[];
  /** How long its caller waits before he sends it. */
  readonly thinkMs: number;
}

/** What one sending of an edit came to. */
export interface Told {
  readonly fates: ReadonlyMap<string, Fate>;
  /** The codes of what went wrong. */
  readonly codes: readonly string[];
}

export type Editor = (edit: Edit) => Promise<Told>;

export interface Happened extends Edited, Told {}

/** How a caller goes on who was refused everything: after so long, so often. */
export interface Patience {
  readonly restMs: number;
  readonly tries: number;
}

const none: Patience = { restMs: 0, tries: 1 };

/** Lets every caller do his edits in their order, all callers at once; every sending is told. */
export async function crowd(
  scripts: readonly (readonly Edit[])[],
  editor: Editor,
  patience = none,
): Promise<readonly Happened[]> {
  const happened: Happened[] = [];
  await Promise.all(
    scripts.map(async (script) => {
      for (const edit of script) {
        await pause(edit.thinkMs);
        happened.push(...(await persistently(edit, editor, patience)));
      }
    }),
  );
  return happened;
}

async function persistently(edit: Edit, editor: Editor, { restMs, tries }: Patience): Promise<readonly Happened[]> {
  const from = performance.now();
  const told = await editor(edit);
  const happened = { does: edit.does, from, to: performance.now(), ...told };
  if (tries <= 1 || [...told.fates.values()].some((fate) => fate !== 'refused')) return [happened];
  await pause(restMs);
  return [happened, ...(await persistently(edit, editor, { restMs, tries: tries - 1 }))];
}

/** Adds of members whom nobody else adds, so many by each of so many callers. */
export function adds(chance: Chance, people: readonly string[], callers: number, each: number): Edit[][] {
  const left = chance.shuffled(people);
  return scripts(callers, each, () => ({ ...edit(chance, 'add'), members: left.splice(0, chance.whole(1, 2)) }));
}

/** Adds and removes of a few members by everybody. */
export function addsAndRemoves(chance: Chance, people: readonly string[], callers: number, each: number): Edit[][] {
  return scripts(callers, each, () => ({
    ...edit(chance, chance.isSo(50) ? 'add' : 'remove'),
    members: chance.shuffled(people).slice(0, chance.whole(1, 3)),
  }));
}

function scripts(callers: number, each: number, make: () => Edit): Edit[][] {
  return Array.from({ length: callers }, () => Array.from({ length: each }, make));
}

function edit(chance: Chance, does: Edit['does']): Omit<Edit, 'members'> {
  return { does, thinkMs: chance.isSo(50) ? 0 : chance.whole(1, 20) };
}
