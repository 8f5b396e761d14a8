import { Document, isAlias, isMap, isScalar, isSeq, type LineCounter, type Node, visit } from 'yaml';
import { ConfigError, type Place, placeKey, problem, type Reading } from './problem.js';
import { withVariables } from './variables.js';
import { parseYaml } from './yaml.js';

const MAX_BYTES = 1024 * 1024;
const MAX_VALUES = 100_000;
const MAX_DEPTH = 32;

interface Walk {
  readonly reading: Reading;
  readonly env: NodeJS.ProcessEnv;
  readonly lines: LineCounter | null;
  /** Aliases are resolved beforehand, in the order of the document, since an anchor may be set anew. */
  readonly targets: Map<unknown, unknown>;
  values: number;
}

/** Reads YAML: the values with the environment's put in, and where each stands. */
export function readText(text: string, file: string, env: NodeJS.ProcessEnv): { reading: Reading; value: unknown } {
  if (Buffer.byteLength(text) > MAX_BYTES) {
    throw new ConfigError(`${file}: the file is larger than 1 MiB; name the configuration's own file.`);
  }
  const reading = emptyReading(file);
  return shallow(reading, () => {
    const { document, lines } = parseYaml(text, file);
    return { reading, value: valuesOf(document, { reading, env, lines }) };
  });
}

/** Reads an object as if it were such a file. */
export function readObject(
  plain: unknown,
  file: string | null,
  env: NodeJS.ProcessEnv,
): { reading: Reading; value: unknown } {
  const reading = emptyReading(file);
  return shallow(reading, () => {
    const document = new Document(plain);
    return { reading, value: valuesOf(document, { reading, env, lines: null }) };
  });
}

function emptyReading(file: string | null): Reading {
  return { file, lines: new Map(), variables: new Map() };
}

/** Whatever the parser itself cannot bear, a stack that overflows above all, is the configuration's fault. */
function shallow<T>(reading: Reading, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    throw problem(reading, [], 'the configuration cannot be read as YAML; it must be a map, and not nested too deeply');
  }
}

function valuesOf(document: Document, start: Omit<Walk, 'targets' | 'values'>): unknown {
  const walk: Walk = { ...start, targets: aliasTargets(document), values: 0 };
  return valueOf(document.contents, [], walk);
}

function aliasTargets(document: Document): Map<unknown, unknown> {
  const anchors = new Map<string, unknown>();
  const targets = new Map<unknown, unknown>();
  visit(document, {
    Node(_, node) {
      if (isAlias(node)) targets.set(node, anchors.get(node.source));
      else if (node.anchor !== undefined) anchors.set(node.anchor, node);
    },
  });
  return targets;
}

function valueOf(node: unknown, place: Place, walk: Walk): unknown {
  const { reading } = walk;
  // Aliases of aliases multiply: what they unfold to is bounded, not how many there are.
  if (++walk.values > MAX_VALUES)
    throw problem(reading, place, 'unfolds to too many values; use fewer aliases (*name)');
  if (place.length > MAX_DEPTH) {
    throw problem(
      reading,
      place.slice(0, 3),
      'is nested too deeply; write it flatter, without an alias (*name) of itself',
    );
  }
  if (isAlias(node)) {
    const target = walk.targets.get(node);
    if (target === undefined) {
      throw problem(reading, place, 'is an alias (*name) of nothing; put a text that begins with * in quotation marks');
    }
    return valueOf(target, place, walk);
  }
  if (isSeq(node)) {
    return node.items.map((item, index) => {
      const at = [...place, index];
      note(item, at, walk);
      return valueOf(item, at, walk);
    });
  }
  if (isMap(node)) {
    const seen = new Set<string>();
    const entries = node.items.map(({ key, value }) => {
      const name = isScalar(key) ? String(key.value) : String(key);
      const at = [...place, name];
      note(key, at, walk);
      if (seen.has(name)) throw problem(reading, at, 'is written twice; keep one');
      seen.add(name);
      return [name, valueOf(value, at, walk)];
    });
    return Object.fromEntries(entries);
  }
  if (!isScalar(node)) return null;
  return typeof node.value === 'string' ? withVariables(node.value, reading, place, walk.env) : node.value;
}

function note(node: unknown, place: Place, { lines, reading }: Walk): void {
  const offset = (node as Node | null)?.range?.[0];
  if (lines !== null && offset !== undefined) reading.lines.set(placeKey(place), lines.linePos(offset).line);
}
