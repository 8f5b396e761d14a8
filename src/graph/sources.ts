import type { Operation, Vendor } from '../../schema/enums.js';
import { Transport, type Bounds } from '../http/transport.js';
import { RecentSizes, type Sizes } from '../reads/sizes.js';
import type { Adapter, OrganizationRow, VendorDefinition } from '../vendors/vendor.js';
import { operationsOf } from './operations.js';

/** A source as the configuration names it. */
export interface ConfiguredSource {
  readonly name: string;
  readonly definition: VendorDefinition;
  readonly settings: unknown;
  readonly bounds: Bounds & { readonly maxPages: number; readonly settleMs: number };
}

/** One configured account at one vendor, for as long as the process runs. */
export interface Source {
  readonly name: string;
  readonly vendor: Vendor;
  /** The vendor as people write it. */
  readonly title: string;
  /** Its place in the configuration: the order of all lists. */
  readonly place: number;
  readonly adapter: Adapter;
  readonly transport: Transport;
  readonly operations: readonly Operation[];
  readonly sizes: Sizes;
  readonly maxPages: number;
  readonly settleMs: number;
  readonly writeTimeoutMs: number;
}

/** The organization that a source is, where all that it has belongs to one. */
export function onlyOrganization({ adapter: { organizations, groups } }: Source): OrganizationRow | null {
  if (!('configured' in organizations) || 'ledger' in groups) return null;
  return organizations.configured.length === 1 ? organizations.configured[0]! : null;
}

/** All sources, in configured order. */
export class Sources {
  readonly all: readonly Source[];
  readonly #byName: ReadonlyMap<string, Source>;
  readonly started = new Date();

  constructor(configured: readonly ConfiguredSource[]) {
    this.all = configured.map(openSource);
    this.#byName = new Map(this.all.map((source) => [source.name, source]));
  }

  get(name: string): Source | undefined {
    return this.#byName.get(name);
  }

  close(): void {
    for (const { transport } of this.all) transport.close();
  }
}

function openSource({ name, definition, settings, bounds }: ConfiguredSource, place: number): Source {
  const { vendor, title } = definition;
  const adapter = definition.connect(name, settings);
  const transport = new Transport({ source: name, vendor, title }, adapter.connection, bounds);
  return {
    name,
    vendor,
    title,
    place,
    adapter,
    transport,
    operations: operationsOf(adapter),
    sizes: new RecentSizes(),
    maxPages: bounds.maxPages,
    settleMs: bounds.settleMs,
    writeTimeoutMs: bounds.writeTimeoutMs,
  };
}
