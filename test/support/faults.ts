import type { Sandbox } from '../../src/sandbox/sandbox.js';

/** Lets every vendor be well again. */
export function clearFaults({ sources, server }: Sandbox): void {
  for (const name of Object.keys(sources)) server(name).clearFaults();
}
