import { buildGraphSchema, printedSchema } from '../../resolvers/index.js';

/** Prints the published schema, and nothing else. */
export async function printSchema(): Promise<number> {
  process.stdout.write(printedSchema(buildGraphSchema()));
  return 0;
}
