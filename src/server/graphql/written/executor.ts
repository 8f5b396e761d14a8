import {
  execute,
  getVariableValues,
  locatedError,
  visit,
  type DocumentNode,
  type ExecutionResult,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { Recent } from '../../../memory/recent.js';
import type { ById } from './by-id.js';
import { Selected } from './fields.js';
import { chosen } from './plan.js';
import { Run, type Carried } from './run.js';
import { Written } from './written.js';

/** An operation that is valid and may be carried out. `operation` undefined: the document has none of that name. */
export interface Execution {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode | undefined;
  readonly operationName: string | undefined;
  /** As they were sent. */
  readonly variables: Readonly<Record<string, unknown>> | undefined;
  readonly context: unknown;
  /** Whether its time has ended, or nobody waits for it any more. */
  readonly isOver?: () => boolean;
  readonly byId?: ById | null;
}

/** Of one operation, so many ways in which its directives fall are known at a time. */
const mostVersions = 8;

const never = () => false;

/** What is known of a query, as long as its document is kept. */
interface Known {
  readonly carried: Carried;
  /** The variables that decide what is left out. */
  readonly switches: readonly string[];
  /** What is chosen at its root, by the positions of its switches; null: it asks for the schema itself. */
  readonly versions: Recent<string, Selected | null>;
}

/**
 * Carries operations out: queries by writing their answers as they come, mutations and what asks for the schema by graphql-js, which
 * is the measure of both.
 */
export class Executor {
  /** Operations that were carried out so far, by how. */
  readonly count = { written: 0, interpreted: 0 };
  readonly #known = new WeakMap<OperationDefinitionNode, Known>();

  constructor(
    readonly schema: GraphQLSchema,
    /** Errors that are told of variables, before the one that says that there are more. */
    private readonly variableErrors: number,
  ) {}

  async execute(execution: Execution): Promise<ExecutionResult> {
    const { document, operation, variables = {}, context, isOver = never, byId = null } = execution;
    if (operation?.operation !== 'query') return this.#interpret(execution);
    const known = this.#knownOf(document, operation);
    const options = { maxErrors: this.variableErrors };
    const { coerced, errors } = getVariableValues(this.schema, operation.variableDefinitions ?? [], variables, options);
    if (errors) return { errors };
    const selected = this.#selected(known, coerced);
    if (!selected) return this.#interpret(execution);
    this.count.written += 1;
    return write(selected, new Run(known.carried, context, coerced, isOver, byId));
  }

  async #interpret({ document, operationName, variables, context }: Execution): Promise<ExecutionResult> {
    this.count.interpreted += 1;
    return execute({
      schema: this.schema,
      document,
      operationName,
      variableValues: variables,
      contextValue: context,
      options: { maxCoercionErrors: this.variableErrors },
    });
  }

  #knownOf(document: DocumentNode, operation: OperationDefinitionNode): Known {
    let known = this.#known.get(operation);
    if (!known) {
      const carried = { schema: this.schema, operation, fragments: fragmentsOf(document) };
      known = { carried, switches: switchesIn(document), versions: new Recent(mostVersions) };
      this.#known.set(operation, known);
    }
    return known;
  }

  #selected({ carried, switches, versions }: Known, variables: Readonly<Record<string, unknown>>): Selected | null {
    const positions = switches.map((name) => variables[name]);
    // A switch that is neither on nor off is an error of the field that it stands at, or one of another operation.
    if (!positions.every((position) => typeof position === 'boolean')) return null;
    const place = positions.map(Number).join('');
    return versions.get(place, () => {
      const type = this.schema.getQueryType()!;
      const plan = { carried, switches: Object.fromEntries(switches.map((name) => [name, variables[name]])) };
      const fields = chosen(plan, type, [carried.operation.selectionSet]);
      const asksForSchema = [...fields.values()].some(([node]) => /^__(?!typename$)/.test(node!.name.value));
      return asksForSchema ? null : new Selected(type, fields, plan);
    });
  }
}

/** Answers like graphql-js. */
async function write(selected: Selected, run: Run): Promise<ExecutionResult> {
  let data: Written | null = null;
  try {
    data = new Written(await selected.write(run, undefined, undefined));
  } catch (error) {
    run.note(locatedError(error, undefined), undefined);
  }
  const result = { data: data as unknown as Record<string, unknown> | null };
  return run.errors.length > 0 ? { errors: run.errors, ...result } : result;
}

function fragmentsOf({ definitions }: DocumentNode): Record<string, FragmentDefinitionNode> {
  const fragments = Object.create(null) as Record<string, FragmentDefinitionNode>;
  for (const one of definitions) if (one.kind === 'FragmentDefinition') fragments[one.name.value] = one;
  return fragments;
}

/** The variables of all directives of a document. */
function switchesIn(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  visit(document, {
    Directive({ arguments: given }) {
      for (const { value } of given ?? []) if (value.kind === 'Variable') names.add(value.name.value);
    },
  });
  return [...names];
}
