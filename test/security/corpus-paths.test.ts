import { describe, expect, it } from 'vitest';
import { hostileTexts } from '../support/corpus.js';
import { isDocumented } from '../support/documented-paths.js';
import { openRawServer } from '../support/raw-server.js';

/** What reaches a vendor when an adapter puts hostile names into an address so, as anybody would write it first. */
async function escapesOf(address: (origin: string, name: string) => string, source: string): Promise<string[]> {
  const vendor = await openRawServer((response) => response.end('{}'));
  try {
    for (const name of hostileTexts.filter(({ length }) => length < 2_000)) {
      const text = written(() => address(vendor.origin, name));
      // What leads to another host is asked of nobody here.
      if (text !== null && new URL(text).origin === vendor.origin) await (await fetch(text)).text();
    }
    return vendor.seen.filter((request) => !isDocumented(source, request));
  } finally {
    await vendor.close();
  }
}

/** An address, or null where none comes of it. */
function written(make: () => string): string | null {
  try {
    return new URL(make()).href;
  } catch {
    return null;
  }
}

describe('an adapter of the naive kind is found out by the same texts:', () => {
  it('one that puts names into an address as they are', async () => {
    const escapes = await escapesOf((origin, name) => `${origin}/v1/teams/acme/groups/${name}`, 'asa');

    expect(escapes.length).toBeGreaterThan(200);
    expect(escapes).toContain('GET /v1/teams/acme/');
  }, 60_000);

  it('one that encodes them, and forgets that two dots are encoded as two dots', async () => {
    const escapes = await escapesOf(
      (origin, name) => `${origin}/v1/teams/acme/groups/${encodeURIComponent(name)}/users`,
      'asa',
    );

    expect(escapes).toContain('GET /v1/teams/acme/users');
  }, 60_000);

  it('one that puts ids behind a query', async () => {
    const escapes = await escapesOf((origin, id) => `${origin}/index.php?/api/v2/get_group/${id}`, 'testrail');

    expect(escapes.length).toBeGreaterThan(200);
  }, 60_000);
});

describe('the documented requests', () => {
  it.each([
    ['asa', 'GET /v1/teams/acme/groups/Bastion%20crew%201'],
    ['asa', 'DELETE /v1/teams/acme/groups/crew/users/ana.lin'],
    ['asa', 'GET /v1/teams/acme/users?include_service_users=true&offset=abc'],
    ['testrail', 'GET /index.php?/api/v2/get_groups&limit=250&offset=250'],
    ['tiledesk', 'GET /v3/5b55e806c93dde0014000001/groups/5c34b5149f22a70016000001'],
    ['updraft', 'GET /api/applications/?org=12'],
    ['velt', 'POST /v2/organizations/usergroups/users/delete'],
  ])('of %s have %s among them', (source, request) => {
    expect(isDocumented(source, request)).toBe(true);
  });

  it.each([
    ['asa', 'GET /v1/teams/acme/groups/..'],
    ['asa', 'GET /v1/teams/acme/groups/.'],
    ['asa', 'GET /v1/teams/acme/groups/%2e%2E/users'],
    ['asa', 'GET /v1/teams/acme/groups/a%2Fb'],
    ['asa', 'GET /v1/teams/acme/groups/a%5Cb'],
    ['asa', 'GET /v1/teams/acme/groups/a%00'],
    ['asa', 'GET /v1/teams/other/groups'],
    ['asa', 'POST /v1/teams/acme/groups/crew'],
    ['testrail', 'GET /index.php?/api/v2/get_group/1&x=1'],
    ['testrail', 'GET /index.php?/api/v2/get_group/01'],
    ['testrail', 'GET /index.php?/api/v2/get_users/1/2'],
    ['tiledesk', 'GET /v3/5b55e806c93dde0014000001/groups/..'],
    ['updraft', 'GET /api/applications/?org=12&title=x'],
    ['velt', 'GET /v2/users/get'],
  ])('of %s have not %s', (source, request) => {
    expect(isDocumented(source, request)).toBe(false);
  });
});
