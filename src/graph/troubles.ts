import type { GraphQLFormattedError, GraphQLResolveInfo } from 'graphql';
import type { VendorError } from '../http/errors.js';
import { extensionsOf } from './bad-input.js';

type Step = GraphQLResolveInfo['path'];

/**
 * What went wrong at sources while one operation was answered: one entry for each failed source and outermost list of the
 * answer, since hundreds of groups may fail to learn about their members from one sick source.
 */
export class Troubles {
  readonly #lists = new Set<Step>();
  readonly #entries = new Map<string, GraphQLFormattedError>();

  /** Tells that this field is a list: what fails below it is told of it. */
  within(info: GraphQLResolveInfo): void {
    this.#lists.add(info.path);
  }

  add(info: GraphQLResolveInfo, error: VendorError): void {
    const path = stepsOf(this.#outermost(info.path));
    const key = `${JSON.stringify(path)} ${error.source}`;
    // What a vendor cannot do is said only where nothing worse is: a sick source must not hide behind it.
    const before = this.#entries.get(key)?.extensions?.['code'];
    if (before !== undefined && (before !== 'UNSUPPORTED_BY_VENDOR' || error.code === before)) return;
    this.#entries.set(key, { message: error.message, path, extensions: { ...extensionsOf(error) } });
  }

  /** What went wrong for another operation, which this one is answered by. */
  adopt(other: Troubles): void {
    for (const [key, entry] of other.#entries) this.#entries.set(key, entry);
  }

  get entries(): readonly GraphQLFormattedError[] {
    return [...this.#entries.values()];
  }

  #outermost(place: Step): Step {
    let outermost = place;
    for (let step = place.prev; step; step = step.prev) if (this.#lists.has(step)) outermost = step;
    return outermost;
  }
}

function stepsOf(path: Step): readonly (string | number)[] {
  const steps: (string | number)[] = [];
  for (let step: Step | undefined = path; step; step = step.prev) steps.unshift(step.key);
  return steps;
}
