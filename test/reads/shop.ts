import { z } from 'zod';
import { Session } from '../../src/http/session.js';
import { encodePart, type RestCall } from '../../src/http/rest-call.js';
import { Transport } from '../../src/http/transport.js';
import { openLedger } from '../../src/ledger/sqlite.js';
import type { VendorError } from '../../src/http/errors.js';
import { freshnessOf, type Freshness } from '../../src/reads/shared/freshness.js';
import { SharedReads } from '../../src/reads/shared/shared-reads.js';
import { RecentCalls } from '../../src/reads/recent-calls.js';
import { RecentSizes, type Sizes } from '../../src/reads/sizes.js';
import { SourceReads } from '../../src/reads/source-reads.js';
import { BatchWindow } from '../../src/reads/window.js';
import type { Box, BoxAnswer, BoxRequest } from '../../src/vendors/boxed.js';
import {
  ASK_THE_LIST,
  type Adapter,
  type Collection,
  type Page,
  type Path,
  type UserRow,
} from '../../src/vendors/vendor.js';

/** What the shop, a vendor of this test, keeps and how it behaves. */
export interface Shop {
  /** Ids of the users, by scope. */
  readonly users: Record<string, string[]>;
  /** Rows in a page of a list, and of a multi-get. */
  pageSize: number;
  /** Whether a multi-get is refused, as a whole, for an id that is not known. */
  refusing: boolean;
}

/** What the shop's adapter declares. */
export interface Ways {
  readonly one?: boolean;
  readonly maxKeys?: number;
  readonly pages?: boolean;
  readonly within?: Collection<UserRow>['within'];
  readonly scopeOf?: Collection<UserRow>['scopeOf'];
  /** Of such an id, a read by id cannot say whether it is known. */
  readonly askTheList?: (id: string) => boolean;
}

const rowOf = (scope: string, id: string): UserRow => ({
  type: 'User',
  path: [scope, id],
  vendorId: id,
  name: `${id} of ${scope}`,
  email: null,
  username: null,
  status: 'ACTIVE',
  kind: 'HUMAN',
  role: null,
  organization: null,
  projects: null,
});

export function openShop(users: Shop['users'], pageSize = 3): Box<Shop> {
  const state: Shop = { users, pageSize, refusing: false };
  return { state, handle: (request) => answer(state, request) };
}

/** `GET /a/users/`, `GET /a/users/ID`, and `POST /a/users/` with ids; `?page=2` goes on. */
function answer({ users, pageSize, refusing }: Shop, { target, body }: BoxRequest): BoxAnswer {
  const { pathname, searchParams } = new URL(target, 'http://shop');
  const [scope = '', , id = ''] = pathname.slice(1).split('/').map(decodeURIComponent);
  const all = Object.hasOwn(users, scope) ? users[scope]! : null;
  if (!all) return { status: 404 };
  if (id) return all.includes(id) ? { status: 200, body: { id } } : { status: 404 };
  const asked = body === '' ? null : (JSON.parse(body) as { ids: string[] }).ids;
  const unknown = asked?.filter((one) => !all.includes(one)) ?? [];
  if (refusing && unknown.length > 0) return { status: 500, body: { unknown } };
  const found = asked ? all.filter((one) => asked.includes(one)) : all;
  const page = Number(searchParams.get('page') ?? 1);
  const next = page * pageSize < found.length ? page + 1 : null;
  return { status: 200, body: { ids: found.slice((page - 1) * pageSize, page * pageSize), next } };
}

const One = z.object({ id: z.string() });
const Many = z.object({ ids: z.array(z.string()), next: z.number().nullable() });
const Unknown = z.object({ unknown: z.array(z.string()) });
const addressOf = (scope: string, id = '', page = 1) =>
  `/${encodePart(scope)}/users/${encodePart(id)}${page > 1 ? `?page=${page}` : ''}`;

function listed(scope: string, ids?: readonly string[], page = 1): RestCall<Page<UserRow>> {
  return {
    does: 'read',
    method: ids ? 'POST' : 'GET',
    path: addressOf(scope, '', page),
    body: ids && { ids },
    parse(body) {
      const { ids: rows, next } = Many.parse(body);
      return { rows: rows.map((id) => rowOf(scope, id)), next: next === null ? null : listed(scope, ids, next) };
    },
    rescue(status, body) {
      const unknown = status === 500 ? Unknown.safeParse(body).data?.unknown : undefined;
      return unknown && { rows: [], next: null, unknown: unknown.map((id) => [scope, id]) };
    },
  };
}

function usersOf({ one, maxKeys, pages, askTheList, ...where }: Ways): Collection<UserRow> {
  return {
    within: where.within ?? [['a'], ['b']],
    scopeOf: where.scopeOf ?? ((path) => [path[0]!]),
    one: one
      ? ([scope, id]) => ({
          does: 'read',
          method: 'GET',
          path: addressOf(scope!, id),
          parse: (body) => (askTheList?.(id!) ? ASK_THE_LIST : rowOf(scope!, One.parse(body).id)),
          rescue: (status) => (status === 404 && askTheList?.(id!) ? ASK_THE_LIST : undefined),
        })
      : undefined,
    many: maxKeys
      ? {
          maxKeys,
          call: ([scope], paths) =>
            listed(
              scope!,
              paths.map(([, id]) => id!),
            ),
        }
      : undefined,
    pages: pages ? ([scope]) => listed(scope!) : undefined,
  };
}

const nobody = { within: [[]], scopeOf: () => [] };
const whom = { source: 'shop', vendor: 'TILEDESK', title: 'Shop' } as const;
const bounds = {
  readTimeoutMs: 5000,
  writeTimeoutMs: 5000,
  concurrency: 16,
  requestsPerMinute: null,
  maxBodyBytes: 1 << 20,
};
const ledger = await openLedger(':memory:');

/** The shop's transport, for as long as its server runs. */
export function shopTransport(url: string): Transport {
  return new Transport(whom, { url, headers: {}, secrets: [] }, bounds);
}

export interface ShopOptions {
  readonly sizes?: Sizes;
  readonly calls?: RecentCalls;
  /** What other requests have read; nothing when left out. */
  readonly shared?: SharedReads;
  readonly freshness?: Freshness;
  readonly onStale?: (error: VendorError, at: Date) => void;
}

/** One request's reads of the shop. */
export function shopReads(
  transport: Transport,
  ways: Ways,
  {
    sizes = new RecentSizes(),
    calls = new RecentCalls(),
    shared = new SharedReads(0),
    freshness = freshnessOf(undefined),
    onStale = () => {},
  }: ShopOptions = {},
): SourceReads {
  const adapter: Adapter = {
    connection: transport.connection,
    paths: { User: { parts: [/^[a-z]$/, /^[a-z0-9]{1,8}$/] } },
    serves: () => true,
    organizations: { configured: [] },
    users: usersOf(ways),
    groups: nobody,
    members: 'carried',
    commands: {},
  };
  const window = new BatchWindow();
  const session = new Session(transport, { track: window.track });
  const known = {
    adapter,
    session,
    ledger,
    window,
    sizes,
    calls,
    groupsSeen: { seen() {} },
    own: (keep: () => void) => keep(),
    maxPages: 500,
    started: new Date(),
  };
  return new SourceReads({ ...known, shared, freshness, onStale });
}

/** What becomes of each key: the id, null, or the code of the error. */
export function lookUp(reads: SourceReads, paths: readonly Path[]): Promise<(string | null)[]> {
  return Promise.all(
    paths.map((path) =>
      reads.get('users', path).then(
        (known) => known && known.row.vendorId,
        (error: Error & { code?: string }) => error.code ?? error.message,
      ),
    ),
  );
}
