import { createParameterDecorator } from 'type-graphql';

/** The page that a field was asked for. type-graphql's `@Args` would make a promise of every field that has it. */
export function Page() {
  return createParameterDecorator(({ args }) => args);
}
