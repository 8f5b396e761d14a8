import type { ErrorCode } from '../../schema/enums.js';
import type { RestCall } from '../http/rest-call.js';
import type { Adapter } from './vendor.js';

/** What an adapter offers, by name; the contract test wants an example of each. */
export type Offer =
  | `${'organizations' | 'projects' | 'users' | 'groups'}.${'one' | 'many' | 'pages'}`
  | 'members'
  | 'groupsOfUser'
  | 'groupsOfProject'
  | 'usersOfProject'
  | 'candidates'
  | 'userByEmail'
  | 'groupBefore'
  | `commands.${keyof Adapter['commands']}`
  | 'token';

/** One exchange as documented: what goes over the wire, and what comes back. */
export interface Exchange {
  /** Method and everything after the configured url: `GET /index.php?/api/v2/get_groups`. */
  readonly request: string;
  /** Headers that must be among those sent, lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The JSON body that must be sent; left out: none may be. */
  readonly body?: unknown;
  /** 200 when left out. */
  readonly status?: number;
  /** An object is sent as JSON, a text as it is. `ORIGIN` in a text or header stands for the server's own. */
  readonly answer?: unknown;
  readonly answerHeaders?: Readonly<Record<string, string>>;
}

/** A documented exchange, replayed over real HTTP by the contract test. */
export interface Example {
  /** A sentence: what the example shows. */
  readonly name: string;
  readonly offer: Offer;
  /** The page it is from. */
  readonly docs: string;
  /** Settings that differ from those of the vendor's `exampleSettings`. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The call, made by the adapter. */
  readonly ask: (adapter: Adapter) => RestCall<unknown>;
  readonly exchanges: readonly Exchange[];
  /** What the answer must match, in part; or the code of the error it must be. */
  readonly outcome: { readonly value: unknown } | { readonly code: ErrorCode };
}
