/** The README and the pages of `docs`, cut into what can be checked. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema } from 'graphql';
import { expect } from 'vitest';

export const root = join(import.meta.dirname, '../..');

export interface Block {
  readonly file: string;
  readonly line: number;
  readonly language: string;
  readonly text: string;
}

const pages = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'));

export const documents = ['README.md', 'SECURITY.md', ...pages.map((name) => `docs/${name}`)].map((file) => ({
  file,
  text: readFileSync(join(root, file), 'utf8'),
}));

export const blocks = documents.flatMap(({ file, text }) => blocksOf(file, text));

export const schema = buildSchema(readFileSync(join(root, 'schema/schema.graphql'), 'utf8'));

export function textOf(file: string): string {
  return documents.find((document) => document.file === file)!.text;
}

/** The blocks of a language, each with a name for its test. */
export function written(language: string) {
  return blocks
    .filter((block) => block.language === language)
    .map((block) => ({ ...block, at: `${block.file}:${block.line}` }));
}

export function blocksFrom(file: string, language: string): string[] {
  return blocks.filter((block) => block.file === file && block.language === language).map(({ text }) => text);
}

/** The cells of the first table under a heading, without the line below its head. */
export function tableUnder(file: string, heading: string): string[][] {
  const text = textOf(file);
  const part = text.slice(text.indexOf(`${heading}\n`));
  const [table] = /(?:^\|.*\|\n)+/m.exec(part)!;
  const lines = table.trimEnd().split('\n');
  return lines
    .filter((_, at) => at !== 1)
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    );
}

/** What must hold of an answer of which only a part is shown: whatever is shown is in it, in lists anywhere. */
export function among(shown: unknown): any {
  if (Array.isArray(shown)) return shown.length === 0 ? [] : expect.arrayContaining(shown.map(among));
  if (typeof shown !== 'object' || shown === null) return shown;
  return expect.objectContaining(Object.fromEntries(Object.entries(shown).map(([key, value]) => [key, among(value)])));
}

function blocksOf(file: string, text: string): Block[] {
  return [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(({ index, 1: language, 2: inside }) => ({
    file,
    line: text.slice(0, index).split('\n').length,
    language: language!,
    text: inside!,
  }));
}
