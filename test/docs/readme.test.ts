import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import type { GraphQLEnumType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { blocks, documents, root, schema, textOf } from './documents.js';

const readme = textOf('README.md');

describe('the README', () => {
  it('begins with what this is in two sentences, and with the two commands', () => {
    const [, introduction] = readme.split('\n\n');

    expect(introduction!.match(/[^.]+\./g)).toHaveLength(2);
    expect(blocks[0]).toMatchObject({ language: 'sh', text: 'npm ci && npm start\nnpm ci && npm test\n' });
  });

  it('is a page, and shows a picture of the page as it is opened', () => {
    const picture = join(root, 'docs/images/page.png');
    const header = readFileSync(picture);

    expect(readme.split('\n').length).toBeLessThanOrEqual(250);
    expect(readme).toContain('](docs/images/page.png)');
    expect([header.toString('latin1', 1, 4), header.readUInt32BE(16), header.readUInt32BE(20)]).toEqual([
      'PNG',
      1280,
      800,
    ]);
    expect(statSync(picture).size).toBeLessThan(300_000);
  });

  it('stands alone with its documents: every link to a file, and to a heading in it, leads somewhere', () => {
    const broken = documents.flatMap(({ file, text }) =>
      [...text.matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g)]
        .filter(([, path, heading]) => !leadsSomewhere(file, path!, heading))
        .map(([link]) => `${file}: ${link}`),
    );

    expect(broken).toEqual([]);
  });
});

function leadsSomewhere(from: string, path: string, heading: string | undefined): boolean {
  const target = path === '' ? from : posix.normalize(posix.join(dirname(from), path));
  if (target.startsWith('..') || !existsSync(join(root, target))) return false;
  if (heading === undefined) return true;
  const titles = readFileSync(join(root, target), 'utf8').matchAll(/^#+ (.+)$/gm);
  return [...titles].some(
    ([, title]) =>
      title!
        .toLowerCase()
        .replaceAll(/[^\w -]/g, '')
        .replaceAll(' ', '-') === heading,
  );
}

describe('the tables of codes and operations', () => {
  const values = (name: string) => (schema.getType(name) as GraphQLEnumType).getValues().map((value) => value.name);

  it('have every code of the schema', () => {
    const told = textOf('docs/answers.md')
      .match(/`[A-Z]+(?:_[A-Z]+)+`/g)!
      .map((code) => code.slice(1, -1));
    const plain = [...textOf('docs/answers.md').matchAll(/`(FORBIDDEN|UNAUTHENTICATED)`/g)].map(([, code]) => code!);

    expect(values('ErrorCode').filter((code) => ![...told, ...plain].includes(code))).toEqual([]);
  });

  it('have every operation of the schema', () => {
    expect(values('Operation').filter((operation) => !textOf('docs/vendors.md').includes(`\`${operation}\``))).toEqual(
      [],
    );
  });
});

it('says nothing of any machine on which it was written', () => {
  const foreign = documents.filter(({ text }) => /\/work\/|\/root\/|\/home\//.test(text));

  expect(foreign.map(({ file }) => file)).toEqual([]);
});
