import { getArgumentValues, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { located } from './located.js';
import type { SettledQuery } from './settled.js';

type Values = Readonly<Record<string, unknown>>;
type Code = (root: unknown, context: unknown, variables: Values) => ExecutionResult | Promise<ExecutionResult>;

/** A settled query as code. */
export class CompiledQuery {
  private constructor(
    readonly settled: SettledQuery,
    readonly code: Code,
  ) {}

  /** Null where the compiler refuses it. To load the compiler takes a tenth of a second, which start-up need not wait for. */
  static async from(schema: GraphQLSchema, settled: SettledQuery): Promise<CompiledQuery | null> {
    const { compileQuery, isCompiledQuery } = await import('graphql-jit');
    const compiled = compileQuery(schema, settled.document, '', { disablingCapturingStackErrors: true });
    return isCompiledQuery(compiled) ? new CompiledQuery(settled, compiled.query as Code) : null;
  }

  /** What the arguments of its fields are for these variables; null where graphql-js is to say what is wrong with one. */
  argumentsFor(variables: Values): Values | null {
    const values: Record<string, unknown> = {};
    for (const { field, node, variables: names } of this.settled.arguments) {
      let given: Values;
      try {
        given = getArgumentValues(field, node, variables);
      } catch {
        return null;
      }
      for (const [argument, name] of names) if (Object.hasOwn(given, argument)) values[name] = given[argument];
    }
    return values;
  }

  /** Answers like graphql-js. */
  async run(context: unknown, values: Values): Promise<ExecutionResult> {
    const { data, errors } = await this.code(undefined, context, values);
    return errors ? { errors: located(this.settled.document, data, errors), data } : { data };
  }
}
