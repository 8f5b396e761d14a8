import {
  execute,
  getVariableValues,
  visit,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { CompiledQuery } from './compiled-query.js';
import { extentOf, type ExtentLimits } from './extent.js';
import { Recent } from './recent.js';
import { settle, type SettledQuery } from './settled.js';

/** An operation that is valid and may be carried out. `operation` undefined: the document has none of that name. */
export interface Execution {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode | undefined;
  readonly operationName: string | undefined;
  /** As they were sent. */
  readonly variables: Readonly<Record<string, unknown>> | undefined;
  readonly context: unknown;
}

export interface ExecutorOptions {
  /** Errors that are told of variables, before the one that says that there are more. */
  readonly variableErrors: number;
  /** The how many-th time that a query of so many fields in code is asked it is compiled. */
  readonly compileAt?: (fields: number) => number;
  readonly extent?: ExtentLimits;
  /** Fields in code, of all compiled queries together. */
  readonly held?: number;
}

const usualExtent: ExtentLimits = { fields: 500, selections: 500 };
/** A field takes up to 3 kB. */
const usuallyHeld = 20_000;

/** To compile a field takes about as long as to answer a few hundred: what is asked once or twice is answered sooner without. */
const usuallyAt = (fields: number) => 2 + fields / 25;

/** What is known of an operation, as long as its document is kept. */
interface Known {
  readonly key: string;
  /** The variables that decide what is left out. */
  readonly switches: readonly string[];
  asked: number;
}

/** An operation for one way in which its directives fall. */
interface Version {
  /** Null: not to be compiled. */
  readonly settled: SettledQuery | null;
  /** Fields in code. */
  readonly extent: number;
  asked: number;
  /** Undefined as long as it has not been asked often enough. */
  compiled?: CompiledQuery | null;
}

/** Carries operations out: queries that come again as code, all others by graphql-js, which is the measure of both. */
export class Executor {
  /** Operations that were carried out so far, by how. */
  readonly count = { compiled: 0, interpreted: 0 };
  readonly #known = new WeakMap<OperationDefinitionNode, Known>();
  readonly #versions: Recent<Version>;
  readonly #compileAt: (fields: number) => number;
  readonly #extent: ExtentLimits;
  readonly #variableErrors: number;
  #keys = 0;

  constructor(
    readonly schema: GraphQLSchema,
    { variableErrors, compileAt = usuallyAt, extent = usualExtent, held = usuallyHeld }: ExecutorOptions,
  ) {
    this.#variableErrors = variableErrors;
    this.#compileAt = compileAt;
    this.#extent = extent;
    this.#versions = new Recent(held);
  }

  /** Versions of queries that are held, those included that are not compiled. */
  get held(): number {
    return this.#versions.size;
  }

  /** Fields in code, and one for each version that is not compiled. */
  get weight(): number {
    return this.#versions.weight;
  }

  async execute(execution: Execution): Promise<ExecutionResult> {
    const { operation, variables = {}, context } = execution;
    if (operation?.operation !== 'query') return this.#interpret(execution);
    const known = this.#knownOf(execution.document, operation);
    known.asked += 1;
    if (known.asked < this.#compileAt(0)) return this.#interpret(execution);

    const options = { maxErrors: this.#variableErrors };
    const { coerced, errors } = getVariableValues(this.schema, operation.variableDefinitions ?? [], variables, options);
    if (errors) return { errors };
    const compiled = await this.#compiledOf(known, execution.document, operation, coerced);
    const values = compiled?.argumentsFor(coerced);
    if (!compiled || !values) return this.#interpret(execution);
    this.count.compiled += 1;
    return compiled.run(context, values);
  }

  async #interpret({ document, operationName, variables, context }: Execution): Promise<ExecutionResult> {
    this.count.interpreted += 1;
    return execute({
      schema: this.schema,
      document,
      operationName,
      variableValues: variables,
      contextValue: context,
      options: { maxCoercionErrors: this.#variableErrors },
    });
  }

  #knownOf(document: DocumentNode, operation: OperationDefinitionNode): Known {
    let known = this.#known.get(operation);
    if (!known) {
      known = { key: `${this.#keys++}`, asked: 0, switches: switchesIn(document) };
      this.#known.set(operation, known);
    }
    return known;
  }

  async #compiledOf(
    { key, switches }: Known,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Readonly<Record<string, unknown>>,
  ): Promise<CompiledQuery | null> {
    const positions = switches.map((name) => variables[name]);
    // A switch that is neither on nor off is an error of the field that it stands at, or one of another operation.
    if (!positions.every((position) => typeof position === 'boolean')) return null;
    const place = `${key} ${positions.map(Number).join('')}`;
    let version = this.#versions.get(place);
    if (!version) {
      version = this.#versionOf(document, operation, variables);
      this.#versions.set(place, version);
    }
    version.asked += 1;
    const { settled, extent, asked } = version;
    if (version.compiled === undefined && settled && asked + 1 >= this.#compileAt(extent)) {
      // Who asks the same meanwhile is answered without.
      version.compiled = null;
      version.compiled = await CompiledQuery.from(this.schema, settled);
      this.#versions.set(place, version, extent);
    }
    return version.compiled ?? null;
  }

  #versionOf(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Readonly<Record<string, unknown>>,
  ): Version {
    const settled = settle(this.schema, document, operation, variables);
    const extent = settled && extentOf(this.schema, settled.document, this.#extent);
    return { settled: extent === null ? null : settled, extent: extent ?? 0, asked: 0 };
  }
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
