import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { buildSchema, parse, validate, type OperationDefinitionNode } from 'graphql';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { openBrowser } from '../support/browser.js';
import { openPageUnderTest } from './page-under-test.js';

const examples = readDocuments('../../src/page/examples');
const operations = readDocuments('../operations');

let served: Awaited<ReturnType<typeof openPageUnderTest>>;
let opened: { browser: Browser; close: () => Promise<void> };
let page: Page;
let asked: string[];
let complaints: string[];

// Without `dist/page` this builds it.
beforeAll(async () => {
  served = await openPageUnderTest();
}, 120_000);
afterAll(() => served?.close());

describe('the page', () => {
  beforeAll(async () => {
    opened = await openBrowser();
  });
  afterAll(() => opened?.close());

  beforeEach(async () => {
    const context = await opened.browser.newContext({ viewport: { width: 1280, height: 800 } });
    asked = [];
    complaints = [];
    context.on('request', (request) => asked.push(request.url()));
    page = await context.newPage();
    page.on('websocket', (socket) => asked.push(socket.url()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (line) => ['error', 'warning'].includes(line.type()) && complaints.push(line.text()));
    await open();
  });

  // Whatever a test did, the page stayed at home and did not complain.
  afterEach(async () => {
    const elsewhere = asked.filter((url) => !/^(data|blob):/.test(url) && new URL(url).origin !== served.url);
    await page.context().close();

    expect(elsewhere).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test('opens with a tab for each example, the first one in front', async () => {
    expect(await page.title()).toBe('Rollcall');
    expect((await tabNames()).sort()).toEqual(examples.map(({ name }) => name).sort());
    expect(await page.locator('.graphiql-tab-active').innerText()).toBe('WhoIsInWhichGroup');
    expect(await editorText()).toContain('query WhoIsInWhichGroup');
  });

  test('shows every tab at once at 1280 pixels', async () => {
    const hidden = await page.locator('.graphiql-tabs').evaluate((tabs) => tabs.scrollWidth - tabs.clientWidth);

    expect(hidden).toBe(0);
  });

  test('runs the first example at a click, and tells whom the answer asked', async () => {
    const [answer] = await Promise.all([
      page.waitForResponse('**/graphql'),
      page.getByRole('button', { name: 'Execute query' }).click(),
    ]);

    const { data, extensions } = (await answer.json()) as Answer;
    expect(answer.request().headers()).toMatchObject({ 'content-type': 'application/json', 'x-rollcall-trace': '1' });
    await expect.poll(resultText).toContain(`"${data.groups?.nodes[0]?.name}"`);
    expect(extensions?.upstream.length).toBeGreaterThan(0);
    for (const { source, calls } of extensions?.upstream ?? []) {
      expect(await stripText()).toMatch(new RegExp(`\\b${source} ${calls} call`));
    }
  });

  test('runs a query from the keyboard alone', async () => {
    await page.locator('.graphiql-query-editor .graphiql-editor').focus();
    await page.keyboard.press('Enter');
    const [answer] = await Promise.all([page.waitForResponse('**/graphql'), page.keyboard.press('Control+Enter')]);

    expect(answer.request().postDataJSON()).toMatchObject({ operationName: 'WhoIsInWhichGroup' });
  });

  test('says in one line which sources are missing', async () => {
    await answerWith({
      data: { groups: { complete: false, sources: [{ source: 'velt', state: 'PARTIAL' }] } },
      errors: [{ message: 'no answer', extensions: { source: 'testrail', code: 'VENDOR_TIMEOUT' } }],
      extensions: { upstream: [] },
    });

    await page.getByRole('button', { name: 'Execute query' }).click();

    await expect.poll(stripText).toContain('Not everything is here: testrail (VENDOR_TIMEOUT), velt (PARTIAL)\n');
    expect(await stripText()).toContain('No vendor was asked.');
  });

  test('says how to find out what is missing where the answer does not tell', async () => {
    await answerWith({ data: { groups: { complete: false } } });

    await page.getByRole('button', { name: 'Execute query' }).click();

    await expect.poll(stripText).toContain('Not everything is here: ask for `sources { source state message }`');
  });

  test('tells of each tab what its own answer asked', async () => {
    await page.getByRole('button', { name: 'Execute query' }).click();
    await expect.poll(stripText).toContain('call');
    const first = await stripText();

    await page.getByRole('tab', { name: 'Velt' }).click();
    await expect.poll(stripText).toContain('After each answer');
    await page.getByRole('tab', { name: 'WhoIsInWhichGroup' }).click();

    await expect.poll(stripText).toBe(first);
  });

  test('sends the headers that are typed, and forgets them with the page', async () => {
    await page.getByRole('button', { name: 'Headers' }).click();
    await page.locator('.graphiql-editor-tool .graphiql-editor:not(.hidden) .monaco-editor').click();
    await page.keyboard.insertText('{ "Authorization": "Bearer key-of-mine" }');
    const [answer] = await Promise.all([
      page.waitForResponse('**/graphql'),
      page.getByRole('button', { name: 'Execute query' }).click(),
    ]);
    await page.waitForTimeout(700);

    expect(answer.request().headers()).toMatchObject({ authorization: 'Bearer key-of-mine', 'x-rollcall-trace': '1' });
    expect(JSON.stringify(await page.context().storageState())).not.toContain('key-of-mine');
  });

  test('keeps the tabs that the reader kept', async () => {
    await page.getByRole('tab', { name: 'Asa' }).click();
    await page.locator('.graphiql-tab-active').getByRole('button', { name: 'Close Tab' }).click();
    await page.waitForTimeout(700);
    await open();

    expect(await tabNames()).toHaveLength(examples.length - 1);
    expect(await tabNames()).not.toContain('Asa');
  });

  test('sets an untidy query right with what lies on our own server', async () => {
    await page.getByRole('button', { name: 'New tab' }).click();
    await page.locator('.graphiql-query-editor .monaco-editor').click();
    await page.keyboard.insertText('query Untidy{sources{name}}');

    await page.getByRole('button', { name: 'Prettify query' }).click();

    await expect.poll(editorText).toMatch(/query Untidy \{\n\s*sources \{\n\s*name\n/);
  });

  test('is dark where the reader likes it dark', async () => {
    await page.emulateMedia({ colorScheme: 'dark' });

    for (const part of ['.rollcall-header', '.graphiql-container >> nth=1']) {
      const color = await page.locator(part).evaluate((element) => getComputedStyle(element).backgroundColor);
      expect(color).toBe('rgb(33, 42, 59)');
    }
  });
});

describe('the documents of our users', () => {
  const contract = buildSchema(readFileSync(join(import.meta.dirname, '../graph/contract.graphql'), 'utf8'));

  test.each([...examples, ...operations])('$name ($file) is valid', ({ document }) => {
    expect(validate(contract, document)).toEqual([]);
  });

  test('have names of their own, and a first line that says for whom they are', () => {
    const documents = [...examples, ...operations];

    expect(new Set(documents.map(({ name }) => name)).size).toBe(documents.length);
    expect(documents.filter(({ text }) => !text.startsWith('# '))).toEqual([]);
    expect(documents.filter(({ kinds }) => kinds !== 1)).toEqual([]);
  });

  test.each(examples)('$name runs as it stands', async ({ text }) => {
    const response = await fetch(`${served.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: text }),
    });

    const { data, errors = [] } = (await response.json()) as Answer;
    // What a vendor cannot do is said in an error too, and an example may meet it.
    expect(errors.filter(({ extensions }) => extensions?.code !== 'UNSUPPORTED_BY_VENDOR')).toEqual([]);
    expect(Object.values(data).flatMap((field) => field?.userErrors ?? [])).toEqual([]);
  });
});

interface Answer {
  data: Record<string, { nodes: { name: string }[]; userErrors?: object[] } | null>;
  errors?: { extensions?: { code?: string } }[];
  extensions?: { upstream: { source: string; calls: number }[] };
}

async function open(): Promise<void> {
  await page.goto(served.url);
  await page.locator('.graphiql-query-editor .view-line').first().waitFor();
}

async function answerWith(answer: object): Promise<void> {
  await page.route('**/graphql', (route) =>
    route.request().postDataJSON().operationName === 'IntrospectionQuery'
      ? route.continue()
      : route.fulfill({ json: answer }),
  );
}

function tabNames(): Promise<string[]> {
  return page.getByRole('tab').allInnerTexts();
}

function editorText(): Promise<string> {
  return monacoText('.graphiql-query-editor');
}

function resultText(): Promise<string> {
  return monacoText('.result-window');
}

/** Monaco writes every blank as one that does not break, and its lines in any order. */
async function monacoText(where: string): Promise<string> {
  const lines = await page.locator(`${where} .view-line`).all();
  const placed = await Promise.all(
    lines.map(async (line) => ({ text: await line.innerText(), top: (await line.boundingBox())?.y ?? 0 })),
  );
  return placed
    .sort((one, other) => one.top - other.top)
    .map(({ text }) => text.replaceAll('\u00a0', ' '))
    .join('\n');
}

function stripText(): Promise<string> {
  return page.getByRole('region', { name: 'Sources asked' }).innerText();
}

function readDocuments(folder: string) {
  const path = join(import.meta.dirname, folder);
  const files = readdirSync(path).filter((file) => file.endsWith('.graphql'));
  return files.map((file) => {
    const text = readFileSync(join(path, file), 'utf8');
    const document = parse(text);
    const named = document.definitions.filter(
      (definition): definition is OperationDefinitionNode => definition.kind === 'OperationDefinition',
    );
    return { file, text, document, kinds: named.length, name: named[0]?.name?.value ?? file };
  });
}
