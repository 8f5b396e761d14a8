import type { Sources } from '../../graph/sources.js';
import { encodePart } from '../../http/rest-call.js';

const hidden = '[redacted]';

/** Credentials as they stand in headers, also those that are nobody's of ours: a scheme and what follows it. */
const credential = /(?:(?:bearer|basic|jwt|token)\s+)+[^\s"',;]+/gi;
/** What follows is a word of a sentence when it is shorter. */
const shortestCredential = 8;

/** What stands between the signs that neither an e-mail address nor a token has, so that each is looked at once. */
const word = /[^\s"'<>()[\]{},;:=/?&|\\]+/g;
const mailbox = /[^@](?:@|%40)\w/i;
const token = /(?:^|\.)eyJ[^.]*\./;

/** What a terminal obeys or a reader of lines breaks at, and JSON leaves as it is. */
const unprintable = /[\x7f-\x9f\u2028\u2029]/g;

/** Where none of these is in a line of JSON, only a secret can be: its texts stand in it as they are. */
const suspicious = /[@\\\x7f-\x9f\u2028\u2029]|%40|eyJ|bearer|basic|jwt|token/i;

/** How a page for people writes what would be its own signs. */
const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '"': '&quot;',
  "'": '&#39;',
  '<': '&lt;',
  '>': '&gt;',
};

/** Shorter ones stand in any text by chance. */
const shortestCore = 6;

/** Takes out of texts what nobody may keep: secrets, in every form in which they travel, and e-mail addresses. */
export class Redaction {
  readonly #suppliers: (() => readonly string[])[] = [];
  #secrets: readonly string[] = [];
  #pattern: RegExp | null = null;

  /** Secrets to take out from now on; asked anew each time, since tokens are renewed. */
  hide(supplier: () => readonly string[]): this {
    this.#suppliers.push(supplier);
    return this;
  }

  clean(text: string, pattern = this.#current()): string {
    const open = pattern ? text.replace(pattern, hidden) : text;
    return open.replace(credential, withoutCredential).replace(word, withoutPerson);
  }

  /** A line of JSON with every text in it cleaned; its keys are ours. */
  cleanLine(line: string): string {
    const pattern = this.#current();
    if (!suspicious.test(line) && (!pattern || line.search(pattern) < 0)) return line;
    const clean = JSON.stringify(JSON.parse(line), (_key, value: unknown) =>
      typeof value === 'string' ? this.clean(value, pattern) : value,
    );
    return `${clean.replace(unprintable, escaped)}\n`;
  }

  #current(): RegExp | null {
    if (this.#isAsBefore()) return this.#pattern;
    this.#secrets = this.#suppliers.flatMap((supplier) => supplier()).filter((secret) => secret !== '');
    return (this.#pattern = patternOf(this.#secrets));
  }

  /** For each line it is asked whether the secrets are others. */
  #isAsBefore(): boolean {
    const before = this.#secrets;
    let count = 0;
    for (const supplier of this.#suppliers) {
      for (const secret of supplier()) {
        if (secret === '') continue;
        if (secret !== before[count]) return false;
        count += 1;
      }
    }
    return count === before.length;
  }
}

/** What must never be read of these sources: their credentials, and the tokens that they were given for them. */
export function secretsOf(sources: Sources): readonly string[] {
  return sources.all.flatMap(({ transport }) => transport.secrets);
}

function withoutCredential(text: string): string {
  return text.split(/\s+/).at(-1)!.length < shortestCredential ? text : hidden;
}

function withoutPerson(text: string): string {
  return mailbox.test(text) || token.test(text) ? hidden : text;
}

function patternOf(secrets: readonly string[]): RegExp | null {
  // The longest first: a secret may hold another one.
  const forms = [...new Set(secrets.flatMap(formsOf))].sort((a, b) => b.length - a.length);
  return forms.length === 0 ? null : new RegExp(forms.map(literally).join('|'), 'gi');
}

function formsOf(secret: string): readonly string[] {
  const encoded = encodePart(secret);
  const inJson = JSON.stringify(secret).slice(1, -1);
  return [
    secret,
    inJson,
    inJson.replaceAll('/', '\\/'),
    secret.replace(/[&"'<>]/g, (char) => entities[char]!),
    encoded,
    encoded.replace(/%(?:21|27|28|29|2A)/g, decodeURIComponent),
    ...inBase64(secret),
  ];
}

/** How a secret looks within something in base64: it may begin at any of three places of a group, and what is at its edges is left. */
function inBase64(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  return [0, 1, 2].flatMap((shift) => {
    const first = Math.ceil((8 * shift) / 6);
    const end = Math.floor((8 * (shift + bytes.length)) / 6);
    const core = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .slice(first, end);
    if (core.length < shortestCore) return [];
    return [core, core.replaceAll('+', '-').replaceAll('/', '_'), encodeURIComponent(core)];
  });
}

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

function escaped(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
