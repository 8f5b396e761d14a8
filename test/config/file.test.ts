import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { findConfigFile, loadConfig } from '../../src/config.js';
import { sentence, vendors } from './fakes.js';

let typed: string;
let cwd: string;

beforeAll(() => {
  typed = mkdtempSync(join(tmpdir(), 'rollcall-typed-'));
  cwd = mkdtempSync(join(tmpdir(), 'rollcall-cwd-'));
  for (const folder of [typed, cwd]) writeFileSync(join(folder, 'both.yaml'), '');
  writeFileSync(join(typed, 'typed.yaml'), '');
  writeFileSync(join(cwd, 'cwd.yaml'), '');
  mkdirSync(join(cwd, 'folder'));
});

describe('the file', () => {
  test('that --config names is relative to where the command was typed', () => {
    expect(findConfigFile({ flag: 'typed.yaml', env: { INIT_CWD: typed }, cwd })).toBe(join(typed, 'typed.yaml'));
    expect(findConfigFile({ flag: 'both.yaml', env: { INIT_CWD: typed }, cwd })).toBe(join(typed, 'both.yaml'));
    expect(findConfigFile({ flag: 'cwd.yaml', env: {}, cwd })).toBe(join(cwd, 'cwd.yaml'));
  });

  test('is found in the working folder where INIT_CWD was inherited from elsewhere', () => {
    expect(findConfigFile({ flag: 'cwd.yaml', env: { INIT_CWD: typed }, cwd })).toBe(join(cwd, 'cwd.yaml'));
  });

  test('may be named by ROLLCALL_CONFIG, which gives way to --config', () => {
    const env = { ROLLCALL_CONFIG: join(typed, 'typed.yaml') };

    expect(findConfigFile({ env, cwd })).toBe(join(typed, 'typed.yaml'));
    expect(findConfigFile({ flag: 'cwd.yaml', env, cwd })).toBe(join(cwd, 'cwd.yaml'));
  });

  test('is ./rollcall.yaml where none is named, and none where that does not exist', () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-usual-'));

    expect(findConfigFile({ env: { ROLLCALL_CONFIG: '' }, cwd: folder })).toBeNull();
    writeFileSync(join(folder, 'rollcall.yaml'), '');
    expect(findConfigFile({ env: {}, cwd: folder })).toBe(join(folder, 'rollcall.yaml'));
  });

  test('that is a link to nowhere is no reason to start without it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-link-'));
    symlinkSync('nowhere.yaml', join(folder, 'rollcall.yaml'));

    const file = findConfigFile({ env: {}, cwd: folder })!;

    expect(sentence(() => loadConfig({ file, env: {}, vendors }))).toBe(
      'rollcall.yaml does not exist; name a file that does.',
    );
  });

  test.each([
    ['--config', 'nowhere.yaml', 'does not exist; name a file that does.'],
    ['--config', 'cwd.yaml/x', 'does not exist; name a file that does.'],
    ['--config', 'folder', 'is a folder; name the file in it.'],
    ['ROLLCALL_CONFIG', 'nowhere.yaml', 'does not exist; name a file that does.'],
    ['ROLLCALL_CONFIG', 'folder', 'is a folder; name the file in it.'],
    ['--config', 'a\0b', 'cannot be read (ERR_INVALID_ARG_VALUE); name another file.'],
  ])('that %s names %j must be readable', (by, name, expected) => {
    const named = by === '--config' ? { flag: name, env: {} } : { env: { ROLLCALL_CONFIG: name } };

    expect(sentence(() => findConfigFile({ ...named, cwd }))).toContain(`, named by ${by}, ${expected}`);
  });

  test('of an empty --config is a mistake, not a reason to start without one', () => {
    expect(sentence(() => findConfigFile({ flag: '', env: {}, cwd }))).toContain(
      '--config names no file; write --config FILE',
    );
  });

  test('that is a folder, or gone, is said so when it is read', () => {
    expect(sentence(() => loadConfig({ file: cwd, env: {}, vendors }))).toContain('is a folder; name the file in it.');
    expect(sentence(() => loadConfig({ file: join(cwd, 'gone'), env: {}, vendors }))).toContain('does not exist');
  });
});
