import type { NodeValue } from '../../graph/graph.js';
import type { Read } from '../../graph/basis.js';
import type { Request } from '../../graph/request.js';
import type { Source } from '../../graph/sources.js';
import { Shelf, type Kept } from '../../memory/shelf.js';
import { Told, type ById } from './written/by-id.js';

const mostBytes = 16 * 2 ** 20;
/** Of one thing: a few long ones are not to drive out the many. */
const mostBytesOfOne = 256 * 2 ** 10;

/** What each takes beside its text. */
const bytesBeside = 300;

/** What was written of a thing, and what it was made from. */
class KeptThing extends Told implements Kept {
  readonly bytes: number;

  constructor(
    text: string,
    key: string,
    readonly source: Source,
    readonly edition: number,
    /** When the oldest of what it was made from was read. */
    readonly at: number,
  ) {
    super(text);
    this.bytes = text.length + key.length + bytesBeside;
  }
}

/**
 * What was written of things that were asked for by their ids, told again in answers to queries that ask the same of other things beside
 * them: as long as all that it was made from would be told as it was, and nobody has written to its source. All that is below a thing is
 * of its source.
 */
export class KeptThings {
  readonly #shelf = new Shelf<KeptThing>(mostBytes);

  /** For one request; null where no source lets what was read be told again. */
  for(request: Request): ThingsTold | null {
    return request.sources.all.some(({ shared }) => shared.isKeeping) ? new ThingsTold(request, this.#shelf) : null;
  }
}

/** What is put together of texts holds on to each of them. */
function inOnePiece(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1');
}

interface Noted {
  readonly key: string;
  readonly value: NodeValue;
  readonly text: string;
}

/** What is told again to one request, and what its answer may leave to others. */
export class ThingsTold implements ById {
  readonly #noted: Noted[] = [];
  readonly #since = new Map<Source, number>();

  constructor(
    private readonly request: Request,
    private readonly shelf: Shelf<KeptThing>,
  ) {}

  find(key: string): Told | undefined {
    const kept = this.shelf.get(key);
    if (!kept) return undefined;
    const { source, edition, at } = kept;
    if (source.shared.edition !== edition || at < this.#sinceOf(source)) return undefined;
    this.request.session(source).found('cacheHits', at);
    return kept;
  }

  note(key: string, value: unknown, text: string): void {
    const isThing = typeof (value as Partial<NodeValue> | null)?.sourceName === 'string';
    if (isThing && text.length <= mostBytesOfOne) this.#noted.push({ key, value: value as NodeValue, text });
  }

  /** The operation went well: what it has written may be told again. */
  keep(): void {
    if (this.#noted.length === 0 || !this.request.basis) return;
    const reads = new Map<string, Read>();
    for (const { key, value, text } of this.#noted) {
      const read = reads.get(value.sourceName) ?? this.request.readOf(this.request.sources.get(value.sourceName)!);
      // What may be otherwise in a moment is kept by nobody.
      if (!read || read.oldest === 0 || read.source.shared.edition !== read.edition) continue;
      reads.set(value.sourceName, read);
      this.shelf.put(key, new KeptThing(inOnePiece(text), key, read.source, read.edition, read.oldest));
    }
  }

  #sinceOf(source: Source): number {
    let since = this.#since.get(source);
    if (since === undefined) {
      since = this.request.acceptsSince(source);
      // An answer made from it is one of the source's edition.
      if (since !== Infinity) this.request.reads(source);
      this.#since.set(source, since);
    }
    return since;
  }
}
