import type { BoxDefinition, Population } from '../vendors/boxed.js';
import { people } from './people.js';
import { openSandboxServer, type SandboxServer } from './server.js';

/** How a sandbox differs from the usual one. */
export interface SandboxOptions {
  /** What differs from the usual company. */
  readonly population?: Partial<Population>;
  readonly latencyMs?: number;
  /** By source name; a free port for those left out. */
  readonly ports?: Readonly<Record<string, number>>;
  /** How many requests each server's journal keeps; all of them when left out. */
  readonly journalLimit?: number;
}

/** A source as `rollcall.yaml` holds it. */
export interface SandboxSource {
  readonly vendor: string;
  readonly [setting: string]: unknown;
}

/** Vendors in their boxes, each behind its own server. */
export interface Sandbox {
  /** As under `sources` in `rollcall.yaml`. */
  readonly sources: Readonly<Record<string, SandboxSource>>;
  /** The server of a source; throws when there is none of that name. The caller says what the box's state is. */
  server<State = unknown>(sourceName: string): SandboxServer<State>;
  close(): Promise<void>;
}

/** Opens every definition's box, filled with the same company, behind a server of its own. */
export async function openSandbox(
  definitions: readonly BoxDefinition[],
  options: SandboxOptions = {},
): Promise<Sandbox> {
  const population = { ...usualCompany(), ...options.population };
  const servers = new Map<string, SandboxServer>();
  const sources: Record<string, SandboxSource> = {};
  const close = async (): Promise<void> => {
    await Promise.all([...servers.values()].map((server) => server.close()));
  };

  try {
    for (const definition of definitions) {
      if (servers.has(definition.sourceName)) throw new Error(`Two sources are called ${definition.sourceName}`);
      const server = await openSource(definition, population, options);
      servers.set(definition.sourceName, server);
      sources[definition.sourceName] = {
        vendor: definition.kind,
        ...definition.settings(server.origin, server.box.state),
      };
    }
  } catch (error) {
    await close();
    throw error;
  }

  return { sources, close, server: <State>(sourceName: string) => serverOf<State>(servers, sourceName) };
}

function openSource(
  definition: BoxDefinition,
  population: Population,
  { latencyMs, ports, journalLimit }: SandboxOptions,
): Promise<SandboxServer> {
  const port = ports?.[definition.sourceName];
  return openSandboxServer(definition.open(population), { port, latencyMs, journalLimit });
}

function serverOf<State>(servers: ReadonlyMap<string, SandboxServer>, sourceName: string): SandboxServer<State> {
  const server = servers.get(sourceName);
  if (!server) throw new Error(`The sandbox has no source ${sourceName}, only ${[...servers.keys()].join(', ')}`);
  return server as SandboxServer<State>;
}

function usualCompany(): Population {
  return { people: people(320), groups: 24, membersPerGroup: 12, projects: 4, awkward: true };
}
