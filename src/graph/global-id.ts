import { encodePart } from '../http/rest-call.js';
import { Slot } from '../memory/slot.js';
import { fitsPattern } from '../reads/pattern.js';
import type { NodeType, Path, Ref } from '../vendors/vendor.js';
import { BadInput } from './bad-input.js';
import type { Source, Sources } from './sources.js';

const form = /^gid:\/\/([a-z][a-z0-9-]{0,31})\/([A-Za-z]+)\/(.*)$/s;
const maxBytes = 1_024;

/** `gid://<source>/<Type>/<path>`, every part percent-encoded, so that people can read, build and join them. */
export function formatId(source: string, type: NodeType | 'Source', path: Path): string {
  return `gid://${source}/${type}/${path.map(encodePart).join('/')}`;
}

/** What a well-formed id of a configured source means. */
export interface GlobalId {
  readonly source: Source;
  readonly ref: Ref | { readonly type: 'Source'; readonly path: Path };
}

/** So many are known at a time; then it begins anew. */
const mostKnown = 10_000;
/** Ids that were taken apart, of these sources: many are asked for again and again. */
const known = new Slot<Sources, Map<string, GlobalId>>();

/** Takes an id apart. One spelling only: whatever is malformed, of an unknown source or type, or off pattern is `BadInput`. */
export function parseId(text: string, sources: Sources): GlobalId {
  if (Buffer.byteLength(text) > maxBytes) throw new BadInput(`The id is longer than ${maxBytes} bytes.`);
  let ids = known.get(sources);
  if (!ids) known.set(sources, (ids = new Map()));
  let id = ids.get(text);
  if (!id) {
    // A copy: what stands in a query is a view of all of its text for V8, which would be kept with it.
    const own = Buffer.from(text).toString();
    id = newIdOf(own, sources);
    if (ids.size >= mostKnown) ids.clear();
    ids.set(own, id);
  }
  return id;
}

function newIdOf(text: string, sources: Sources): GlobalId {
  const { source, ref } = readId(text, sources);
  const fits =
    ref.type === 'Source'
      ? ref.path.length === 1 && ref.path[0] === source.name
      : fitsPattern(source.adapter, ref as Ref);
  if (!fits) throw new BadInput(`The id does not look like one of ${source.title}.`);
  return { source, ref };
}

/** The same, but of a row that a vendor told: its parts may be anything, and of any length. */
export function readId(text: string, sources: Sources): GlobalId {
  const [, name, type, rest] = form.exec(text) ?? [];
  if (!name || !type || rest === undefined)
    throw new BadInput('The id is malformed; ids look like gid://<source>/<Type>/<path>.');
  const path = rest.split('/').map(decodePart);
  if (formatId(name, type as NodeType, path) !== text) {
    throw new BadInput('The id is malformed; every part must be percent-encoded, and only where it has to be.');
  }
  const source = sources.get(name);
  if (!source) throw new BadInput('The id names no configured source.');
  if (type !== 'Source' && !Object.hasOwn(source.adapter.paths, type)) {
    throw new BadInput(`The id names a type that ${source.title} does not have.`);
  }
  return { source, ref: { type: type as NodeType, path } };
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}
