import { problem, type Place, type Reading, placeKey } from './problem.js';

const REFERENCE = /\$\$\{|\$\{([A-Za-z_][A-Za-z0-9_]*)\}|\$\{/g;

/** Puts the environment's values in for `${NAME}`, once: what a value holds is never looked through again. `$${` is a plain `${`. */
export function withVariables(text: string, reading: Reading, place: Place, env: NodeJS.ProcessEnv): string {
  return text.replaceAll(REFERENCE, (found: string, name: string | undefined) => {
    if (found === '$${') return '${';
    if (name === undefined) {
      throw problem(
        reading,
        place,
        'has a "${" that names no variable; write ${NAME}, or $${ for the characters themselves',
      );
    }
    // Only the environment's own entries: `${constructor}` is none.
    const value = Object.hasOwn(env, name) ? env[name] : undefined;
    if (value === undefined) {
      const remedy = `set ${name}, or write $\${${name}} for the characters themselves`;
      throw problem(reading, place, `needs the environment variable ${name}, which is not set; ${remedy}`);
    }
    if (!reading.variables.has(placeKey(place))) reading.variables.set(placeKey(place), name);
    return value;
  });
}
