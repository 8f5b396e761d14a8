import type { VendorDefinition } from '../vendors/vendor.js';
import type { Limits } from './limits.js';

/** What a source may cost: how long, how much at once, how often, how large. */
export interface Bounds {
  readonly readTimeoutMs: number;
  readonly writeTimeoutMs: number;
  readonly concurrency: number;
  /** Null: none; what the vendor allows is learnt. */
  readonly requestsPerMinute: number | null;
  /** 0: off. */
  readonly cacheSeconds: number;
  readonly maxBodyBytes: number;
  readonly maxPages: number;
  /** How long a group is shut after a write whose outcome is unknown. */
  readonly settleMs: number;
  /** What carries the requests. */
  readonly transport: 'cross-fetch' | 'undici';
}

/** One account at one vendor, checked. */
export interface SourceConfig {
  readonly name: string;
  readonly definition: VendorDefinition;
  /** As `definition.settings` parsed it; `url` has no slash at its end. */
  readonly settings: unknown;
  readonly bounds: Bounds;
}

/** Where and to whom the graph is served. */
export interface ServerConfig {
  readonly host: string;
  readonly port: number;
  /** Origins, as a browser sends them. */
  readonly cors: readonly string[];
  /** Names that the server is called by, beside those of this machine, as a proxy in front of it passes them on. */
  readonly hosts: readonly string[];
  /** How long what is under way may take when it is told to stop. */
  readonly graceSeconds: number;
  /** How many processes serve. */
  readonly workers: number;
}

/** `read` may ask, `write` may change too. */
export type Role = 'read' | 'write';

/** Who may ask, how he is known, and what of it is open to which role. */
export type AuthConfig = (
  | { readonly mode: 'none' }
  | {
      readonly mode: 'keys';
      /** An absolute path. */
      readonly file: string;
    }
  | {
      readonly mode: 'jwt';
      /** Where the public keys of the tokens are: an absolute path, or an address. */
      readonly jwks: string;
      readonly issuer: string;
      readonly audience: string;
      readonly roleClaim: string;
      readonly sourcesClaim: string;
    }
) & {
  /** The roles that may ask for the schema. */
  readonly introspection: readonly Role[];
  /** The roles that may use the page. */
  readonly graphiql: readonly Role[];
};

/** Where traces go. */
export interface TelemetryConfig {
  /** Of the collector, with the path that takes traces. */
  readonly url: string;
  /** Their values are secrets. */
  readonly headers: Readonly<Record<string, string>>;
  readonly serviceName: string;
  /** From 0 to 1. */
  readonly ratio: number;
}

/** The whole configuration, checked. */
export interface Config {
  readonly server: ServerConfig;
  readonly auth: AuthConfig;
  /** An absolute path, or the address of a PostgreSQL database: a secret, since it may hold a password. */
  readonly ledger: string;
  /** How long the ledger keeps what became of a mutation. */
  readonly retentionDays: number;
  readonly limits: Limits;
  /** `memory`, or the address of a Redis or Valkey server: a secret, since it may hold a password. */
  readonly cache: string;
  /** Null: traces go nowhere. */
  readonly telemetry: TelemetryConfig | null;
  /** In the order in which they are written. */
  readonly sources: readonly SourceConfig[];
  /** The file's absolute path; null for a configuration that is none. */
  readonly file: string | null;
}
