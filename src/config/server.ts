import { hostnameOf, isLoopback, originOf } from './address.js';
import { environmentProblem, problem, shown, whatIs } from './problem.js';
import { checkKeys, type Section, textOf, wholeNumber } from './section.js';
import type { ServerConfig } from './types.js';

/**
 * `server`. HOST and PORT of the environment win; empty ones count as not set. Where nobody is asked who he is (`isOpen`),
 * only this machine may reach it.
 */
export function readServer(section: Section, env: NodeJS.ProcessEnv, isOpen: boolean): Omit<ServerConfig, 'workers'> {
  checkKeys(section, ['host', 'port', 'cors', 'hosts', 'graceSeconds', 'workers']);
  const port = wholeNumber(section, 'port', { from: 0, to: 65_535, otherwise: 4000 });
  const host = hostOf(section, isOpen);
  const cors = corsOf(section);
  const hosts = hostsOf(section);
  const graceSeconds = wholeNumber(section, 'graceSeconds', { from: 1, to: 3_600, otherwise: 25 });
  return {
    host: env.HOST ? hostOfEnvironment(env.HOST, isOpen) : host(),
    port: env.PORT ? portOf(env.PORT) : port,
    cors,
    hosts,
    graceSeconds,
  };
}

/** The host of the file, judged only when it is asked for: one that HOST replaces may be anything. */
function hostOf(section: Section, isOpen: boolean): () => string {
  const { reading, place } = section;
  const at = [...place, 'host'];
  const text = textOf(section, 'host', 'write 127.0.0.1') ?? '127.0.0.1';
  if (hostnameOf(text) === null) {
    throw problem(reading, at, `${whatIs(reading, at, text)}, but must be a host's name or address; write 127.0.0.1`);
  }
  return () => {
    const wrong = isOpen ? refusal(text) : null;
    if (wrong !== null) throw problem(reading, at, `${whatIs(reading, at, text)}, ${wrong}; write 127.0.0.1`);
    return unbracketed(text);
  };
}

function hostOfEnvironment(text: string, isOpen: boolean): string {
  if (hostnameOf(text) === null) {
    const rule = "must be a host's name or address";
    throw environmentProblem('HOST', `is ${shown(text)}, but ${rule}; set it to 127.0.0.1 or unset it`);
  }
  const wrong = isOpen ? refusal(text) : null;
  if (wrong !== null) throw environmentProblem('HOST', `is ${shown(text)}, ${wrong}; set it to 127.0.0.1 or unset it`);
  return unbracketed(text);
}

function refusal(host: string): string | null {
  if (isLoopback(hostnameOf(host) ?? '')) return null;
  return 'which other machines reach, and auth.mode none is refused there';
}

function unbracketed(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1');
}

function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw environmentProblem('PORT', `is ${shown(text)}, but must be a whole number from 0 to 65535; change or unset it`);
}

function corsOf(section: Section): string[] {
  const remedy = 'write origins such as ["https://bi.example.com"]';
  return listOf(section, 'cors', remedy, (entry, at) => {
    const origin = typeof entry === 'string' ? originOf(entry) : null;
    if (origin !== null) return origin;
    const said = whatIs(section.reading, at, entry, /[@?#]/.test(String(entry)));
    if (entry === '*') throw problem(section.reading, at, `${said}, which would let every page in; ${remedy}`);
    throw problem(section.reading, at, `${said}, but must be an origin, without a path; ${remedy}`);
  });
}

function hostsOf(section: Section): string[] {
  const remedy = 'write names such as ["rollcall.example.com"]';
  return listOf(section, 'hosts', remedy, (entry, at) => {
    const host = typeof entry === 'string' ? hostnameOf(entry) : null;
    if (host !== null) return host;
    const said = whatIs(section.reading, at, entry);
    throw problem(section.reading, at, `${said}, but must be a host's name, without a port; ${remedy}`);
  });
}

function listOf(
  { reading, place, values }: Section,
  key: string,
  remedy: string,
  read: (entry: unknown, at: readonly (string | number)[]) => string,
): string[] {
  const list = values[key];
  if (list === undefined) return [];
  const at = [...place, key];
  if (!Array.isArray(list))
    throw problem(reading, at, `${whatIs(reading, at, list, true)}, but must be a list; ${remedy}`);
  return list.map((entry: unknown, index) => read(entry, [...at, index]));
}
