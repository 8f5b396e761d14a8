import { readFileSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { changeKeys } from '../../src/main/keys/change.js';
import { rollcall } from '../support/command-line.js';
import { keys, keysHouse, type KeysHouse } from './keys-house.js';

const add = (house: KeysHouse, ...args: string[]) => keys(house, 'add', ...args);

describe('rollcall keys add', () => {
  it('prints a new key as the only line on stdout, and keeps its hash alone', async () => {
    const house = keysHouse();

    const { code, stdout, stderr } = await add(house, 'ana', '--role', 'write');

    const text = readFileSync(house.keyFile, 'utf8');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^rc_[A-Za-z0-9_-]{43}\n$/);
    expect(stderr).toContain('This is the key of ana. It is not shown again');
    expect(stderr + text).not.toContain(stdout.trim().slice(3));
    expect(JSON.parse(text)).toEqual({
      keys: [
        {
          name: 'ana',
          role: 'write',
          sources: null,
          sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
          createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
        },
      ],
    });
  });

  it('makes a file that only its owner may read, where auth.file says', async () => {
    const house = keysHouse({ mode: 'keys', file: './team.keys' }, 'team.keys');

    await add(house, 'ana', '--role', 'read');

    expect(statSync(house.keyFile).mode & 0o777).toBe(0o600);
    expect(readdirSync(house.folder).sort()).toEqual(['rollcall.yaml', 'team.keys']);
  });

  it('keeps a link to the file one', async () => {
    const house = keysHouse();
    const real = join(house.folder, 'real.keys');
    writeFileSync(real, '{"keys":[]}');
    symlinkSync(real, house.keyFile);

    await add(house, 'ana', '--role', 'read');

    expect(readFileSync(real, 'utf8')).toContain('"ana"');
  });

  it('takes sources that are configured, each once, before and after the name', async () => {
    const house = keysHouse();

    await add(house, '--source', 'qa', '--source', 'beta', 'bi', '--role', 'read', '--source', 'qa');

    expect(JSON.parse(readFileSync(house.keyFile, 'utf8')).keys[0]).toMatchObject({ sources: ['qa', 'beta'] });
  });

  it.each([
    [['ana'], "required option '--role <role>' not specified"],
    [['ana', '--role', 'admin'], "'admin' is invalid. Write read or write."],
    [['--role', 'read'], "missing required argument 'name'"],
    [['ana', 'bo', '--role', 'read'], "unknown argument 'bo'"],
    [['local', '--role', 'read'], '"local" is no name for a caller; use up to 64 letters'],
    [['a b', '--role', 'read'], '"a b" is no name for a caller'],
    [['-ana', '--role', 'read'], "unknown option '-ana'"],
    [['a'.repeat(65), '--role', 'read'], 'is no name for a caller'],
    [['ana', '--role', 'read', '--source', 'jira'], '--source "jira" is not configured; write one of qa, beta.'],
  ])('%j is refused, and nothing is made', async (args, expected) => {
    const house = keysHouse();

    const { code, stdout, stderr } = await add(house, ...args);

    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(expected);
    expect(readdirSync(house.folder)).toEqual(['rollcall.yaml']);
  });

  it('refuses a name that has a key already', async () => {
    const house = keysHouse();
    await add(house, 'ana', '--role', 'write');
    const before = readFileSync(house.keyFile, 'utf8');

    const { code, stdout, stderr } = await add(house, 'ana', '--role', 'read');

    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toBe('ana has a key already; take it back first with: rollcall keys revoke ana\n');
    expect(readFileSync(house.keyFile, 'utf8')).toBe(before);
  });

  it('loses nothing when many change the file at once', async () => {
    const { folder, keyFile } = keysHouse();
    const createdAt = new Date().toISOString();
    const names = Array.from({ length: 60 }, (_, at) => `caller-${String(at).padStart(2, '0')}`);
    const sha256 = (at: number) => at.toString(16).padStart(64, '0');

    await Promise.all(
      names.map((name, at) =>
        changeKeys(keyFile, (all) => [...all, { name, role: 'read', sources: null, sha256: sha256(at), createdAt }]),
      ),
    );

    const kept = (JSON.parse(readFileSync(keyFile, 'utf8')) as { keys: { name: string }[] }).keys;
    expect(kept.map(({ name }) => name).sort()).toEqual(names);
    expect(readdirSync(folder).sort()).toEqual(['rollcall.keys', 'rollcall.yaml']);
  });

  it(
    'as processes of their own lose nothing either, and print nothing but their keys',
    { timeout: 120_000 },
    async () => {
      const house = keysHouse();
      const args = (name: string) => ['keys', 'add', name, '--role', 'read', '--config', house.config];

      const ended = await Promise.all(['ana', 'bo'].map((name) => rollcall(args(name)).ended));

      const kept = (JSON.parse(readFileSync(house.keyFile, 'utf8')) as { keys: { name: string }[] }).keys;
      expect(kept.map(({ name }) => name).sort()).toEqual(['ana', 'bo']);
      for (const { code, stdout } of ended)
        expect([code, stdout]).toEqual([0, expect.stringMatching(/^rc_[\w-]{43}\n$/)]);
    },
  );

  it('leaves a damaged file as it is', async () => {
    const house = keysHouse();
    writeFileSync(house.keyFile, '{"keys":[{"name":"ana"');

    const { code, stderr } = await add(house, 'bo', '--role', 'read');

    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^The key file \S+rollcall\.keys is no key file; restore it, or make a new one with: \S.*\n$/,
    );
    expect(readFileSync(house.keyFile, 'utf8')).toBe('{"keys":[{"name":"ana"');
  });

  it('says which file is locked, where a command that was killed left its lock', { timeout: 60_000 }, async () => {
    const house = keysHouse();
    writeFileSync(`${house.keyFile}.lock`, '');

    const { code, stderr } = await add(house, 'ana', '--role', 'read');

    expect(code).toBe(1);
    expect(stderr).toContain(
      `is being changed by another command; if there is none, it left ${house.keyFile}.lock: delete`,
    );
  });

  it('says where keys belong when the configuration asks for none', async () => {
    const { code, stderr } = await add(keysHouse({ mode: 'none' }), 'ana', '--role', 'read');

    expect(code).toBe(1);
    expect(stderr).toContain(
      'has no keys, as its auth.mode is none; write auth: { mode: keys, file: ./rollcall.keys }.',
    );
  });
});

describe('rollcall keys list and revoke', () => {
  it('show who has a key and what it opens, never the key or its hash, and take it back', async () => {
    const house = keysHouse();
    const key = (await add(house, 'ana', '--role', 'write')).stdout.trim();
    await add(house, 'bi', '--role', 'read', '--source', 'qa', '--source', 'beta');
    const hashes = readFileSync(house.keyFile, 'utf8').match(/[0-9a-f]{64}/g)!;

    const both = await keys(house, 'list');
    const revoked = await keys(house, 'revoke', 'ana');
    const again = await keys(house, 'revoke', 'ana');
    const rest = await keys(house, 'list');

    const cells = (stdout: string) =>
      stdout
        .trimEnd()
        .split('\n')
        .map((row) => row.split(/ {2,}/));
    expect(cells(both.stdout)).toEqual([
      ['NAME', 'ROLE', 'SOURCES', 'CREATED'],
      ['ana', 'write', '(all)', expect.stringMatching(/Z$/)],
      ['bi', 'read', 'qa,beta', expect.stringMatching(/Z$/)],
    ]);
    for (const secret of [key, ...hashes]) expect(both.stdout + revoked.stdout).not.toContain(secret);
    expect([revoked.code, revoked.stdout]).toEqual([0, 'The key of ana opens nothing any more.\n']);
    expect([again.code, again.stderr]).toEqual([1, 'ana has no key; rollcall keys list shows who has.\n']);
    expect(cells(rest.stdout).map(([name]) => name)).toEqual(['NAME', 'bi']);
  });

  it('say that nobody has one where there is no file yet', async () => {
    const house = keysHouse();

    const { code, stdout } = await keys(house, 'list');

    expect([code, stdout]).toEqual([0, 'Nobody has a key.\n']);
  });
});
