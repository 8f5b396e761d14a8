import type { Sandbox } from '../../src/sandbox/sandbox.js';
import { calls, mark } from './journal.js';

/** `METHOD target` of requests by the source that they came to; sorted, since calls made side by side come in any order. */
export type Heard = Readonly<Record<string, readonly string[]>>;

/**
 * Listens to every server of a sandbox. What it gives tells what they have heard since, less the calls for tokens;
 * sources that heard nothing are left out.
 */
export function listen({ sources, server }: Sandbox): () => Heard {
  const marks = Object.keys(sources).map((name) => [name, mark(server(name))] as const);
  return () => {
    const heard = marks.map(([name, before]) => [name, calls(server(name), before).filter(isNoToken).sort()] as const);
    return Object.fromEntries(heard.filter(([, requests]) => requests.length > 0));
  };
}

const isNoToken = (request: string) => !request.endsWith('/service_token');
