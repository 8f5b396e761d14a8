import { visit, type FieldNode, type FragmentDefinitionNode, type SelectionSetNode } from 'graphql';
import { mostIds } from '../../../graph/nodes.js';
import { Slot } from '../../../memory/slot.js';
import { isPromise, type Carried, type Run, type Values } from './run.js';
import type { Complete } from './values.js';

/** Something as it was written before. */
export class Told {
  constructor(readonly text: string) {}
}

/** What one operation may tell again of things that it asks for by their ids, and what others may tell of what it has written. */
export interface ById {
  /** What was written under a key, if it may be told. */
  find(key: string): Told | undefined;
  /** Something was written, perhaps not without errors. */
  note(key: string, value: unknown, text: string): void;
}

/** Variables that are longer as JSON make keys that are not worth to be kept. */
const longestVariables = 500;
let counted = 0;

/** A field that is given what its argument names: an id, or a list of them. */
export class AskedById {
  readonly #number = (counted += 1);
  /** What decides about what is written of a thing, beside the fields themselves. */
  readonly #variables: readonly string[];
  readonly #prefixes = new Slot<Run, string | null>();

  constructor(
    nodes: readonly FieldNode[],
    { fragments }: Carried,
    private readonly argument: string,
  ) {
    this.#variables = variablesBelow(nodes, fragments);
  }

  /** What the field is given: `ask` is asked only for what cannot be told again. */
  values(run: Run, args: Values, ask: (args: Values) => unknown): unknown {
    const prefix = this.#prefixOf(run);
    const given = args[this.argument];
    if (prefix === null || !run.byId) return ask(args);
    if (typeof given === 'string') return run.byId.find(prefix + given) ?? ask(args);
    const ids = given as readonly string[];
    if (ids.length > mostIds) return ask(args);
    const told = ids.map((id) => run.byId!.find(prefix + id));
    const rest = ids.filter((_id, at) => !told[at]);
    if (rest.length === 0) return told;
    const values = ask(rest.length === ids.length ? args : { ...args, [this.argument]: rest });
    return isPromise(values) ? values.then((come) => filledUp(told, come)) : filledUp(told, values);
  }

  /** Writes what was told before as it was, and notes what was not. */
  completing(complete: Complete): Complete {
    return (run, value, place) => {
      if (value instanceof Told) {
        run.grow(value.text.length);
        return value.text;
      }
      const text = complete(run, value, place);
      const { byId } = run;
      const prefix = byId && this.#prefixOf(run);
      if (!byId || prefix === null) return text;
      const key = `${prefix}${(value as { readonly id?: string }).id}`;
      if (typeof text !== 'string') return text.then((written) => noted(byId, key, value, written));
      return noted(byId, key, value, text);
    };
  }

  /** What the keys of its things begin with for one operation; null where they are not kept. */
  #prefixOf(run: Run): string | null {
    let prefix = this.#prefixes.get(run);
    if (prefix === undefined) {
      const { variables } = run;
      const told = this.#variables.map((name) => (Object.hasOwn(variables, name) ? [variables[name]] : []));
      const json = JSON.stringify(told);
      prefix = json.length > longestVariables ? null : `${this.#number} ${json} `;
      this.#prefixes.set(run, prefix);
    }
    return prefix;
  }
}

function noted(byId: ById, key: string, value: unknown, text: string): string {
  byId.note(key, value, text);
  return text;
}

/** What was told before, with the values of the others in their places. */
function filledUp(told: readonly (Told | undefined)[], values: unknown): readonly unknown[] {
  const rest = (values as Iterable<unknown>)[Symbol.iterator]();
  return told.map((one) => one ?? rest.next().value);
}

/** The variables of all that is chosen of the field's values. */
function variablesBelow(
  nodes: readonly FieldNode[],
  fragments: Readonly<Record<string, FragmentDefinitionNode>>,
): readonly string[] {
  const names = new Set<string>();
  const seen = new Set<string>();
  const look = (set: SelectionSetNode): unknown =>
    visit(set, {
      Variable: ({ name }) => void names.add(name.value),
      FragmentSpread({ name: { value } }) {
        if (!seen.has(value)) look((seen.add(value), fragments[value]!.selectionSet));
      },
    });
  for (const { selectionSet } of nodes) if (selectionSet) look(selectionSet);
  return [...names];
}
