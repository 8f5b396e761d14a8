import { expect, it } from 'vitest';
import { csvRows, parseCsv } from './rfc4180.js';

it("the tests' own parser reads what RFC 4180 allows", () => {
  expect(parseCsv('a,b\r\n"x ""y"",\r\nz",\r\n')).toEqual([
    ['a', 'b'],
    ['x "y",\r\nz', ''],
  ]);
});

it.each(['a,b\r\nc,d', 'a\nb\r\n', 'a"b\r\n', '"a\r\n', '"a"b\r\n'])('and refuses what it does not: %j', (text) => {
  expect(() => parseCsv(text)).toThrow();
});

it('and refuses a record that is shorter than its header', () => {
  expect(() => csvRows('a,b\r\nc\r\n')).toThrow('a record of 1 fields');
});
