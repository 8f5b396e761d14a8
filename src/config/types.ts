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
}

/** The whole configuration, checked. */
export interface Config {
  readonly server: ServerConfig;
  readonly auth: { readonly mode: 'none' };
  /** An absolute path, or the address of a PostgreSQL database: a secret, since it may hold a password. */
  readonly ledger: string;
  /** How long the ledger keeps what became of a mutation. */
  readonly retentionDays: number;
  readonly limits: Limits;
  readonly cache: 'memory';
  /** In the order in which they are written. */
  readonly sources: readonly SourceConfig[];
  /** The file's absolute path; null for a configuration that is none. */
  readonly file: string | null;
}
