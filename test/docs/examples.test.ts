import { parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillSandbox } from '../../src/main/fill-sandbox.js';
import { openRollcall, type Answer, type Rollcall } from '../support/rollcall.js';
import { among, blocks, blocksFrom, schema, textOf, written, type Block } from './documents.js';

/** What these show is answered where a source is silent, or a write is lost; tests of their own ask for it. */
const elsewhere = ['docs/answers.md', 'docs/writes.md'];

describe('the queries and mutations in the documents', () => {
  let rollcall: Rollcall;

  beforeAll(async () => {
    rollcall = await openRollcall();
    await fillSandbox(rollcall.app);
  });
  afterAll(() => rollcall?.close());

  it.each(written('graphql'))('$at is valid', ({ text }) => {
    expect(validate(schema, parse(text))).toEqual([]);
  });

  it.each(written('graphql'))('$at runs in the sandbox', async ({ text }) => {
    const { status, data, errors = [] } = await rollcall.ask(text);

    expect(status).toBe(200);
    expect(errors.map(({ extensions }) => extensions.code)).not.toContain('BAD_USER_INPUT');
    expect(Object.values(data).flatMap((field: any) => field?.userErrors ?? [])).toEqual([]);
  });

  const isAnswer = ({ file, language }: Block, before: Block | undefined) =>
    language === 'json' && before?.language === 'graphql' && file === before.file && !elsewhere.includes(file);
  const answers = blocks.filter((block, at) => isAnswer(block, blocks[at - 1]));

  it('are followed by answers', () => {
    expect(answers.map(({ file }) => file)).toEqual(['README.md', 'README.md']);
  });

  it.each(answers)('$file:$line shows nothing but what is answered', async (answer) => {
    const { text: query } = blocks[blocks.indexOf(answer) - 1]!;
    const shown = JSON.parse(answer.text);
    const { data } = await rollcall.ask(query);

    expect({ data }).toEqual(among(shown));
  });

  it('show the command line and the file of an analyst as they are', async () => {
    const { text } = written('console')[0]!;
    const [command, ...lines] = text.trimEnd().split('\n');
    const [, path] = /'http:\/\/127\.0\.0\.1:4000(\/\S+)'/.exec(command!)!;
    const file = await (await fetch(rollcall.url + path)).text();
    const columns = [1, 9, 14, 15, 16];
    const cut = (line: string) => columns.map((column) => line.split(',')[column - 1]).join(',');

    expect(command).toContain(`cut -d, -f1,9,14-16 | head -${lines.length}`);
    expect(file.split('\r\n').slice(0, lines.length).map(cut)).toEqual(lines);
  });

  it('name the columns of the dataset in their order', async () => {
    const [, paragraph] = /^The columns: ([\s\S]+?)\.\s+Times/m.exec(textOf('docs/datasets.md'))!;
    const file = await (await fetch(`${rollcall.url}/datasets/memberships.csv?source=velt`)).text();

    expect(paragraph!.match(/\w+/g)).toEqual(file.split('\r\n')[0]!.split(','));
  });
});

it('shows the answer that one gets while a source is silent', async () => {
  const rollcall = await openRollcall({ sources: { testrail: { timeoutMs: 300 } } });
  try {
    rollcall.sandbox.server('testrail').fault({ mode: 'hang' });
    const { data, errors }: Answer = await rollcall.ask(blocksFrom('docs/answers.md', 'graphql')[0]!);
    const refused = await fetch(`${rollcall.url}/datasets/memberships.csv`);

    expect({ data, errors }).toEqual(among(JSON.parse(blocksFrom('docs/answers.md', 'json')[0]!)));
    expect(refused.status).toBe(503);
    expect(await refused.json()).toEqual(JSON.parse(blocksFrom('docs/datasets.md', 'json')[0]!));
  } finally {
    await rollcall.close();
  }
});
