import { BadInput } from '../../graph/bad-input.js';
import type { Source, Sources } from '../../graph/sources.js';

/** One parameter of a dataset's address: the one table by which it is described and checked. */
export interface Parameter {
  readonly name: string;
  readonly values: readonly string[];
  /** What is meant where it is left out; null: no choice is made. */
  readonly default: string | null;
  readonly repeatable: boolean;
  readonly description: string;
}

/** What an address asks for. */
export interface Asked {
  readonly sources: readonly Source[];
  readonly partial: boolean;
  readonly guard: boolean;
  readonly bom: boolean;
}

export function parametersFor(sources: Sources, vendors: readonly string[]): readonly Parameter[] {
  return [
    {
      name: 'source',
      values: sources.all.map(({ name }) => name),
      default: null,
      repeatable: true,
      description: 'Only rows of this source. Left out: of every source.',
    },
    {
      name: 'vendor',
      values: vendors,
      default: null,
      repeatable: true,
      description:
        'Only rows of sources at this vendor, written as in the column `vendor`; together with `source`, both must hold.',
    },
    {
      name: 'partial',
      values: ['true', 'false'],
      default: 'false',
      repeatable: false,
      description:
        'With `true` the dataset is never refused: what could not be read is left empty, and the column `complete` says where.',
    },
    {
      name: 'guard',
      values: ['on', 'off'],
      default: 'on',
      repeatable: false,
      description:
        'CSV only. A text that begins with `=`, `+`, `-`, `@`, TAB or CR gets a leading apostrophe, so that no ' +
        'spreadsheet runs it as a formula; `off` leaves texts as they are, for programs.',
    },
    {
      name: 'bom',
      values: ['off', 'on'],
      default: 'off',
      repeatable: false,
      description:
        'CSV only. With `on` the file begins with a byte order mark, so that Excel shows all letters when it opens the file.',
    },
  ];
}

/** Checks the parameters of an address, before anybody is asked for it. */
export function readAsked(
  query: Readonly<Record<string, unknown>>,
  sources: Sources,
  parameters: readonly Parameter[],
): Asked {
  const given = new Map<string, readonly string[]>();
  for (const [name, value] of Object.entries(query)) {
    const parameter = parameters.find((one) => one.name === name);
    if (!parameter)
      throw new BadInput(`There is no parameter ${shown(name)}; it is ${listed(parameters.map((one) => one.name))}.`);
    given.set(name, checkedValues(parameter, [value].flat().map(String)));
  }
  const isNamed = (parameter: string, value: string) => given.get(parameter)?.includes(value) ?? true;
  const isOn = (parameter: string, value: string) => given.get(parameter)?.[0] === value;
  return {
    sources: sources.all.filter(({ name, vendor }) => isNamed('source', name) && isNamed('vendor', vendor)),
    partial: isOn('partial', 'true'),
    guard: !isOn('guard', 'off'),
    bom: isOn('bom', 'on'),
  };
}

function checkedValues({ name, values, repeatable }: Parameter, given: readonly string[]): readonly string[] {
  if (!repeatable && given.length > 1)
    throw new BadInput(`The parameter ${name} is given ${given.length} times; give it once.`);
  const unknown = given.find((value) => !values.includes(value));
  if (unknown === undefined) return given;
  throw new BadInput(`The parameter ${name} cannot be ${shown(unknown)}; it is ${listed(values)}.`);
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

function shown(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}
