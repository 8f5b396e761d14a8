/** Secrets that stand nowhere else, one for each credential, and a search for them in every form in which they travel. */
import { boxes } from '../../src/vendors/all.js';
import type { BoxDefinition, BoxRequest } from '../../src/vendors/boxed.js';

export interface Canary {
  /** The source that it belongs to, and the key of its configuration. */
  readonly source: string;
  readonly key: string;
  readonly secret: string;
}

/** The settings of sources that are secrets. */
const secretKeys = ['token', 'apiKey', 'authToken', 'password', 'keySecret'];

/** A secret with all that is written in another way somewhere: in addresses, in JSON, in base64. */
const secretOf = (source: string, key: string) =>
  `canary/${source}+${key}="7f3a&${Buffer.from(key).toString('hex')}'%20`;

/** Boxes that know no other credentials than canaries, and the canaries. */
export function canaryBoxes(): { readonly boxes: BoxDefinition[]; readonly canaries: Canary[] } {
  const canaries: Canary[] = [];
  const guarded = boxes.map((box): BoxDefinition => {
    /** What the box takes, by what is asked of it instead. */
    const real = new Map<string, string>();
    return {
      ...box,
      open(population) {
        const { state, handle } = box.open(population);
        return { state, handle: (request) => handle(translated(request, real)) };
      },
      settings(origin, state) {
        const settings = box.settings(origin, state);
        const secrets = Object.keys(settings).filter((key) => secretKeys.includes(key));
        const changed = secrets.map((key) => {
          const secret = secretOf(box.sourceName, key);
          real.set(secret, settings[key] as string);
          canaries.push({ source: box.sourceName, key, secret });
          return [key, secret] as const;
        });
        return { ...settings, ...Object.fromEntries(changed) };
      },
    };
  });
  return { boxes: guarded, canaries };
}

function translated(request: BoxRequest, real: ReadonlyMap<string, string>): BoxRequest {
  const swap = (text: string) => [...real].reduce((out, [secret, own]) => out.replaceAll(secret, own), text);
  const headers = Object.entries(request.headers).map(([name, value = '']) => {
    const [, inBase64] = /^Basic (.+)$/.exec(value) ?? [];
    if (inBase64 === undefined) return [name, swap(value)];
    return [name, `Basic ${Buffer.from(swap(Buffer.from(inBase64, 'base64').toString())).toString('base64')}`];
  });
  const inJson = [...real].reduce(
    (out, [secret, own]) => out.replaceAll(JSON.stringify(secret).slice(1, -1), own),
    request.body,
  );
  return { ...request, headers: Object.fromEntries(headers), body: inJson };
}

/** A secret as it may stand in a text: as it is, escaped for JSON or a page, encoded for an address, in base64. */
export function formsOf(secret: string): string[] {
  const encoded = encodeURIComponent(secret);
  const once = JSON.stringify(secret).slice(1, -1);
  const inBase64 = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]).toString('base64');
    // What touches the neighbours is cut off at both ends.
    return text.slice(before === 0 ? 0 : 4, -4);
  });
  const slashed = once.replaceAll('/', '\\/');
  const page = secret.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
  const inText = [secret, once, slashed, page, encoded, encoded.toLowerCase()];
  // A text within the JSON of a line is escaped once more.
  const plain = [...inText, ...inText.map((text) => JSON.stringify(text).slice(1, -1)), ...inBase64];
  return [...new Set([...plain, ...inBase64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))])];
}

/** Canaries that are in a text or in bytes. */
export function canariesIn(heap: string | Buffer, canaries: readonly Canary[]): Canary[] {
  const bytes = Buffer.from(heap);
  return canaries.filter(({ secret }) => formsOf(secret).some((form) => bytes.includes(form)));
}
