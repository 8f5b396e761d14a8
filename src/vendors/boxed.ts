/**
 * The contract of a vendor in a box: its documented behaviour as a handler with state. `sandbox/` puts it behind a real
 * HTTP server with a journal, latency and faults; nothing here listens or waits.
 */

/** A person of the sandbox company: the same one in several vendors, by e-mail. */
export interface Person {
  readonly index: number;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
}

/** What the sandbox company looks like; every number is a size that the vendor's data must reach. */
export interface Population {
  readonly people: readonly Person[];
  /** Groups a vendor keeps; at Tiledesk and ASA, groups a project or team keeps. */
  readonly groups: number;
  /** Members of a usual group. */
  readonly membersPerGroup: number;
  /** Projects at the vendors that have them. */
  readonly projects: number;
  /** Whether to add what is awkward: namesakes, a trashed group, members without account, a name that begins with `=`. */
  readonly awkward: boolean;
}

export interface BoxRequest {
  readonly method: string;
  /** Path and query as they came over the wire, undecoded. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The body as text; empty when none came. */
  readonly body: string;
  /** `http://127.0.0.1:<port>` of the server it came to, for links. */
  readonly origin: string;
}

export interface BoxAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON, a text as it is, nothing as an empty body. */
  readonly body?: unknown;
}

export interface Box<State = unknown> {
  /** The vendor's data, for tests to look at and to change. */
  readonly state: State;
  handle(request: BoxRequest): BoxAnswer;
}

/** One vendor's box, and the settings by which Rollcall reaches it at an origin. */
export interface BoxDefinition<State = unknown> {
  /** The vendor's folder. */
  readonly kind: string;
  /** The name of its source in the sandbox. */
  readonly sourceName: string;
  open(population: Population): Box<State>;
  /** As in `rollcall.yaml`, without `vendor`. `state` tells what the configuration must name (organizations, team). */
  settings(origin: string, state: State): Readonly<Record<string, unknown>>;
}
