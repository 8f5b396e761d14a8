import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { VendorError } from '../../src/http/errors.js';
import { newReceipt } from '../../src/http/receipt.js';
import { boxes, vendors } from '../../src/vendors/all.js';
import { connectExample, offersOf, type VendorExamples } from '../support/adapters.js';
import { openReplay } from '../support/replay.js';

const folder = new URL('../../src/vendors/', import.meta.url);
const six = ['README.md', 'examples.ts', 'index.ts', 'mapping.ts', 'rest.ts', 'sandbox.ts'];

it('has one line in all.ts for each folder, and the same six files in each', () => {
  const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());

  expect(vendors.map(({ kind }) => kind).sort()).toEqual(folders.map(({ name }) => name).sort());
  expect(boxes.map(({ kind }) => kind)).toEqual(vendors.map(({ kind }) => kind));
  for (const { name } of folders) expect(readdirSync(new URL(name, folder)).sort()).toEqual(six);
});

for (const definition of vendors) {
  const module = (await import(`../../src/vendors/${definition.kind}/examples.ts`)) as VendorExamples;

  describe(definition.title, () => {
    it('shows an example of everything that it offers, and of nothing else', () => {
      const { adapter, transport } = connectExample(definition, module, 'http://127.0.0.1:9');
      transport.close();

      expect([...new Set(module.examples.map(({ offer }) => offer))].sort()).toEqual([...offersOf(adapter)].sort());
    });

    it.each(module.examples.map((example) => [example.name, example] as const))('%s', async (_name, example) => {
      const replay = await openReplay(example.exchanges);
      const { adapter, transport } = connectExample(definition, module, replay.origin, example.settings);

      const outcome = await transport.send(example.ask(adapter), new AbortController().signal, newReceipt()).then(
        (value) => ({ value }),
        (error: unknown) => ({ code: error instanceof VendorError ? error.code : String(error) }),
      );
      transport.close();
      await replay.close();

      expect(replay.sent.map(({ request, body }) => ({ request, body }))).toEqual(
        example.exchanges.map(({ request, body }) => ({ request, body })),
      );
      for (const [at, exchange] of example.exchanges.entries())
        expect(replay.sent[at]!.headers).toMatchObject(exchange.headers ?? {});
      const expected = JSON.parse(JSON.stringify(example.outcome).replaceAll('ORIGIN', replay.origin)) as object;
      expect(JSON.parse(JSON.stringify(outcome))).toMatchObject(expected);
    });
  });
}
