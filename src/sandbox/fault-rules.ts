import type { BoxRequest } from '../vendors/boxed.js';

/** One way in which a server misbehaves. Where nothing is said of the handler, it has not run. */
export type Fault =
  /** The handler runs after so many milliseconds and is answered well. */
  | { readonly mode: 'slow'; readonly ms: number }
  /** Never answers. */
  | { readonly mode: 'hang' }
  /** Handled; the headers come at once, then a byte of the body every `ms` (100). */
  | { readonly mode: 'drip'; readonly ms?: number }
  /** Handled; the headers come byte by byte, one every `ms` (100), then the body at once. */
  | { readonly mode: 'slowheaders'; readonly ms?: number }
  /** Handled; the whole length is announced, half of the body sent, then the socket destroyed. */
  | { readonly mode: 'half' }
  /** Handled; half of the JSON as if it were all. */
  | { readonly mode: 'truncated-json' }
  /** The socket is reset before any answer. */
  | { readonly mode: 'reset' }
  /** The socket is ended without an answer. */
  | { readonly mode: 'fin' }
  | {
      readonly mode: 'status';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      /** As in a `BoxAnswer`. */
      readonly body?: unknown;
    }
  /** 200 with a page for people. */
  | { readonly mode: 'html' }
  /** 200 `application/json` that is no JSON. */
  | { readonly mode: 'garbage' }
  /** 200 `{"unexpected":true}`. */
  | { readonly mode: 'wrongshape' }
  /** 200 with 200,000 nested arrays. */
  | { readonly mode: 'deep' }
  /** 200 with one JSON string, `bytes` long in all, chunked. */
  | { readonly mode: 'bomb'; readonly bytes: number }
  /** The same, compressed with gzip; `bytes` is what it unpacks to. */
  | { readonly mode: 'gzbomb'; readonly bytes: number }
  /** 307 to another place. */
  | { readonly mode: 'redirect'; readonly location: string }
  /** Handled only after so many milliseconds, whether the client still waits or not, and never answered. */
  | { readonly mode: 'late'; readonly ms: number }
  /** Handled at once, then the socket is reset, or nothing follows. */
  | { readonly mode: 'lost'; readonly by?: 'hang' | 'reset' };

/** A fault, and the requests that it strikes: all of them when nothing else is said. */
export type FaultRule = Fault & {
  /** A pattern is held against `METHOD target`. */
  readonly match?: RegExp | ((request: BoxRequest) => boolean);
  /** How many requests it strikes. Left out: every one until the faults are cleared. */
  readonly times?: number;
  /** True: the handler runs first, also where the mode alone would leave it out. */
  readonly applied?: boolean;
};

/** The rules of one server. The first one that matches and is not used up strikes. */
export class FaultRules {
  private rules: { readonly rule: FaultRule; left: number }[] = [];

  constructor(rules: readonly FaultRule[] = []) {
    for (const rule of rules) this.add(rule);
  }

  add(rule: FaultRule): void {
    this.rules.push({ rule, left: rule.times ?? Infinity });
  }

  clear(): void {
    this.rules = [];
  }

  /** The rule that strikes this request; it has one use less afterwards. */
  take(request: BoxRequest): FaultRule | undefined {
    const found = this.rules.find(({ rule, left }) => left > 0 && strikes(rule, request));
    if (found) found.left -= 1;
    return found?.rule;
  }
}

function strikes({ match }: FaultRule, request: BoxRequest): boolean {
  if (!match) return true;
  // `search` starts at the beginning even where the pattern is global.
  if (match instanceof RegExp) return `${request.method} ${request.target}`.search(match) >= 0;
  return match(request);
}
