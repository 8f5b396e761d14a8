import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { people } from '../../src/sandbox/people.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';
import { scrape, type Sample } from '../support/scrape.js';
import { root, tableUnder, textOf } from './documents.js';

const read = (name: string) => readFileSync(join(root, 'docs/deploy', name), 'utf8');

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: Record<string, string>;
  readonly annotations: Record<string, string>;
}

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly gridPos: { readonly h: number; readonly w: number; readonly x: number; readonly y: number };
  readonly targets?: readonly { readonly expr: string; readonly legendFormat: string }[];
}

const { groups } = parse(read('alerts.yaml')) as { groups: readonly { rules: readonly Rule[] }[] };
const rules = groups.flatMap((group) => group.rules);
const dashboard = JSON.parse(read('grafana.json')) as {
  panels: readonly Panel[];
  templating: { list: readonly { name: string; definition?: string }[] };
};
const targets = dashboard.panels.flatMap(({ targets: list = [] }) => list);
const expressions = [...rules, ...targets].map(({ expr }) => expr);

/** Names and labels that a whole scrape has. `instance` and `job` are Prometheus's own. */
let known: ReadonlyMap<string, ReadonlySet<string>>;
let rollcall: Rollcall;

beforeAll(async () => {
  const population = { people: people(3), groups: 1, membersPerGroup: 1, projects: 1, awkward: false };
  rollcall = await openRollcall({ population });
  await rollcall.ask('{ groups { totalCount } }');
  known = labelsByName(await scrape(rollcall.url));
});
afterAll(() => rollcall.close());

function labelsByName(samples: readonly Sample[]): ReadonlyMap<string, ReadonlySet<string>> {
  const byName = new Map<string, Set<string>>();
  for (const { name, labels } of samples) {
    const own = byName.get(name) ?? new Set(['instance', 'job']);
    byName.set(name, new Set([...own, ...Object.keys(labels)]));
  }
  return byName;
}

interface Use {
  readonly name: string;
  readonly labels: readonly string[];
}

/** The metrics that an expression names, each with the labels that it is chosen by. */
function usesIn(expression: string): readonly Use[] {
  return [...expression.matchAll(/\b((?:rollcall|nodejs|process)_\w+)(?:\{([^}]*)\})?/g)].map(
    ([, name, chosen = '']) => ({
      name: name!,
      labels: [...chosen.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g)].map(([, label]) => label!),
    }),
  );
}

/** The labels that an expression puts its figures together by. */
function groupingsIn(expression: string): readonly string[] {
  return [...expression.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, list]) => list!.split(',').map((one) => one.trim()));
}

function wrongIn(expression: string): readonly string[] {
  const uses = usesIn(expression);
  const strange = uses.flatMap(({ name, labels }) => {
    const own = known.get(name);
    return own ? labels.filter((label) => !own.has(label)).map((label) => `${name}{${label}}`) : [name];
  });
  const lost = groupingsIn(expression).filter((label) => !uses.some(({ name }) => known.get(name)?.has(label)));
  return uses.length === 0 ? ['no metric'] : [...strange, ...lost.map((label) => `by (${label})`)];
}

describe('docs/deploy', () => {
  it('the rules and the dashboard use names and labels that a scrape has', () => {
    expect(expressions.length).toBeGreaterThan(40);
    expect(expressions.flatMap(wrongIn)).toEqual([]);
    const definitions = dashboard.templating.list.flatMap(({ definition }) => definition ?? []);
    expect(definitions.map((one) => usesIn(one)[0]!.name).filter((name) => !known.has(name))).toEqual([]);
  });

  it.each([
    ['rollcall_operation_total', 'rollcall_operation_total'],
    ['sum(rate(rollcall_operations_total{outcom="ok"}[5m]))', 'rollcall_operations_total{outcom}'],
    ['sum by (vendor) (rollcall_source_up)', 'by (vendor)'],
    ['up == 0', 'no metric'],
  ])('what no scrape has is found: %s', (expression, wrong) => {
    expect(wrongIn(expression)).toEqual([wrong]);
  });

  it('brackets and quotes of every expression are closed', () => {
    const open = expressions.filter((text) => {
      const counts = [/\(/g, /\)/g, /\{/g, /\}/g, /\[/g, /\]/g, /"/g].map((sign) => text.match(sign)?.length ?? 0);
      const [a, b, c, d, e, f, quotes] = counts as [number, number, number, number, number, number, number];
      return a !== b || c !== d || e !== f || quotes % 2 !== 0;
    });

    expect(open).toEqual([]);
  });

  it('every metric of ours is on the dashboard', () => {
    const shown = new Set(targets.flatMap(({ expr }) => usesIn(expr).map(({ name }) => name)));
    const families = [...known.keys()]
      .filter((name) => name.startsWith('rollcall_'))
      .map((name) => name.replace(/_(count|sum|bucket)$/, '_bucket'));

    expect([...new Set(families)].filter((name) => !shown.has(name))).toEqual([]);
  });

  it('no two panels lie on each other, each has its own id and says what it shows', () => {
    const { panels } = dashboard;
    const overlap = panels.flatMap(({ gridPos: a, title }, at) =>
      panels
        .slice(at + 1)
        .filter(({ gridPos: b }) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h)
        .map((other) => `${title} / ${other.title}`),
    );

    expect(overlap).toEqual([]);
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    expect(panels.filter(({ type, description }) => type !== 'row' && !description)).toEqual([]);
    expect(panels.every(({ gridPos: { x, w } }) => x + w <= 24)).toBe(true);
  });

  it('every alert says how bad it is, what it is, and in docs/operating.md what to do', () => {
    for (const { labels, annotations } of rules) {
      expect(['warning', 'critical']).toContain(labels['severity']);
      expect(annotations).toEqual({ summary: expect.any(String), description: expect.any(String) });
    }
    const [, ...told] = tableUnder('docs/operating.md', '## What to do when');
    expect(told.map(([alert]) => alert)).toEqual(rules.map(({ alert }) => `\`${alert}\``));
  });

  it('docs/operating.md names every metric, with its labels', () => {
    const [, ...rows] = tableUnder('docs/operating.md', '## Metrics');
    const told = new Map(
      rows.flatMap(([names = '', labels = '']) =>
        [...names.matchAll(/`(rollcall_\w+)`/g)].map(([, name]) => [name!, labels.match(/\w+/g) ?? []]),
      ),
    );
    const real = new Map(
      [...known]
        .filter(([name]) => name.startsWith('rollcall_'))
        .map(([name, labels]) => [
          name.replace(/_(count|sum|bucket)$/, ''),
          [...labels].filter((label) => !['instance', 'job', 'le'].includes(label)),
        ]),
    );

    expect(Object.fromEntries([...told].sort())).toEqual(Object.fromEntries([...real].sort()));
  });

  it('its pages show a file that is there, and the page of operation is linked', () => {
    const page = read('README.md');

    for (const [, file] of page.matchAll(/\]\(([\w.]+)\)/g)) expect(read(file!).length).toBeGreaterThan(100);
    expect(textOf('docs/operating.md')).toContain('(deploy/README.md)');
  });
});
