import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root, tableUnder, textOf } from '../docs/documents.js';

const rows = tableUnder('SECURITY.md', '## Threats, and what is done about them').slice(1);
const testsOf = (proof: string) => [...proof.matchAll(/`([^`]+)`/g)].map(([, file]) => file!);

/** What is wrong with the tests that a row names. */
function unproved(proof: string): string[] {
  const files = testsOf(proof);
  if (files.length === 0) return ['no test is named'];
  return files.filter((file) => !/^test\/.+\.test\.ts$/.test(file) || !existsSync(join(root, file)));
}

describe('SECURITY.md', () => {
  it('names for every threat what is done, and tests that are there', () => {
    expect(rows.length).toBeGreaterThan(12);
    expect(rows.filter(([threat, done]) => !threat || !done)).toEqual([]);
    expect(rows.flatMap(([, , proof]) => unproved(proof!))).toEqual([]);
  });

  it('would be caught naming none, or one that is not there', () => {
    expect(unproved('somebody has looked')).toHaveLength(1);
    expect(unproved('`test/security/nothing.test.ts`')).toHaveLength(1);
    expect(unproved('`SECURITY.md`')).toHaveLength(1);
  });

  it('names every test of ours that is about security', () => {
    const named = new Set(rows.flatMap(([, , proof]) => testsOf(proof!)));

    expect([...named].filter((file) => file.startsWith('test/security/')).length).toBeGreaterThan(12);
  });

  it('says how to report, and what is not protected from', () => {
    expect(textOf('SECURITY.md')).toMatch(/^## Reporting$/m);
    expect(textOf('SECURITY.md')).toMatch(/^## What is not protected from$/m);
  });
});

describe('docs/deploy/container.md', () => {
  const text = readFileSync(join(root, 'docs/deploy/container.md'), 'utf8');
  const [dockerfile] = [...text.matchAll(/^```dockerfile\n([\s\S]*?)^```$/gm)].map(([, inside]) => inside!);

  it('copies files that are there, and starts what package.json calls rollcall', () => {
    const copied = [...dockerfile!.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, names]) => names!.split(' '));
    const { bin } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { bin: { rollcall: string } };

    expect(copied).toContain('package-lock.json');
    expect(copied.filter((name) => !existsSync(join(root, name)))).toEqual([]);
    expect(dockerfile).toContain(`ENTRYPOINT ["node", "${bin.rollcall}"`);
  });

  it('ends as a user who is not root, and runs no script of a package that is shipped', () => {
    expect(dockerfile!.match(/^USER .+$/gm)).toEqual(['USER node']);
    expect(dockerfile).toMatch(/npm ci --omit=dev --ignore-scripts/);
    expect(text).toMatch(/--read-only --tmpfs/);
  });
});
