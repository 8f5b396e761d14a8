import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestRailState } from '../../src/vendors/testrail/sandbox.js';
import { hear, rowsOf } from './client.js';
import { csvRows, parseCsv } from './rfc4180.js';
import { openServed, type Served } from './served.js';

let served: Served;
let file: string;

/** Names that have hurt somebody's spreadsheet. */
const names = [
  '=1+1',
  '=HYPERLINK("http://example.com","x")',
  '+4912345',
  "-2+3+cmd|' /C calc'!A0",
  '@SUM(1,1)',
  '\t=1+1',
  '\r=1+1',
  '\n=1+1',
  ' =1+1',
  'a=b',
  "'=already",
  'Comma, "quotes" and\r\na second line',
  'line\nfeed',
  'carriage\rreturn',
  '"',
  '""',
  ' blanks around ',
  'ünïcödé 日本語 🎉',
  '\uFEFFmark',
  'semi;colon\tTAB',
  '0012',
  'null',
];

beforeAll(async () => {
  served = await openServed({ only: ['testrail'], population: { groups: 0, projects: 0, awkward: false } });
  const { state } = served.sandbox.server<TestRailState>('testrail').box;
  state.groups = names.map((name, at) => ({ id: at + 1, name, user_ids: [1] }));
  state.groups.push({ id: 900, name: 'People', user_ids: [2, 3, 4, 77_777] });
  state.users[1]!.name = '=cmd()';
  state.users[2]!.email = '+plus@example.com';
  state.users[3]!.is_active = false;
  file = `${served.url}/datasets/memberships.csv`;
});
afterAll(() => served.close());

const isDangerous = (name: string) => /^[=+\-@\t\r]/.test(name);

describe('CSV: UTF-8, no BOM unless asked, header, CRLF, RFC 4180, null is empty', () => {
  it('columns: those of Membership in its order, snake_case, then complete', async () => {
    const { data } = await served.ask('{ __type(name: "Membership") { fields { name } } }');
    const fields: string[] = data.__type.fields.map(({ name }: { name: string }) => name);

    const [header] = parseCsv((await hear(file)).text);

    expect(header).toEqual([
      ...fields.map((name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)),
      'complete',
    ]);
    expect(header!.join()).toBe(
      'source,vendor,organization_id,organization_name,project_id,project_name,group_id,group_vendor_id,group_name,group_type,' +
        'member_id,member_vendor_id,member_type,member_name,member_email,member_status,origin,fetched_at,complete',
    );
  });

  it('is told as text/csv in UTF-8 with a header, to be saved as a file', async () => {
    const { headers } = await hear(file);

    expect(headers['content-type']).toBe('text/csv; charset=utf-8; header=present');
    expect(headers['content-disposition']).toBe('attachment; filename="memberships.csv"');
    expect(headers['cache-control']).toBe('no-store');
  });

  it('every record ends with CRLF, the last one too', async () => {
    const { text } = await hear(file);

    expect(text.endsWith('true\r\n')).toBe(true);
    expect(parseCsv(text)).toHaveLength(1 + names.length + 4);
  });

  it('whatever a name holds comes out of a parser of RFC 4180 as it went in', async () => {
    const rows = csvRows((await hear(`${file}?guard=off`)).text);

    expect(rows.slice(0, names.length).map((row) => row['group_name'])).toEqual(names);
  });

  it('null is empty; a member without account has an empty name and e-mail and is complete', async () => {
    const gone = csvRows((await hear(file)).text).find((row) => row['member_vendor_id'] === '77777');

    expect(gone).toMatchObject({
      member_name: '',
      member_email: '',
      member_status: 'UNKNOWN',
      project_id: '',
      complete: 'true',
    });
  });

  it('holds, cell by cell, what the JSON holds', async () => {
    const csv = csvRows((await hear(`${file}?guard=off`)).text);
    const json = await rowsOf(file.replace('.csv', '.json'));

    const withoutTime = (row: Readonly<Record<string, any>>) => ({ ...row, fetched_at: '' });
    const asText = (row: Readonly<Record<string, any>>) =>
      Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, cell === null ? '' : String(cell)]));
    expect(csv.map(withoutTime)).toEqual(json.map(asText).map(withoutTime));
  });

  it('has no byte order mark; bom=on gives one, for Excel, and changes nothing else', async () => {
    const bytesOf = async (address: string) => Buffer.from(await (await fetch(address)).arrayBuffer());
    const plain = await bytesOf(file);
    const marked = await bytesOf(`${file}?bom=on`);

    expect(plain.subarray(0, 6).toString()).toBe('source');
    expect(marked.subarray(0, 9)).toEqual(Buffer.from([0xef, 0xbb, 0xbf, ...Buffer.from('source')]));
    expect(marked.length).toBe(plain.length + 3);
  });

  it('times are ISO 8601 UTC with milliseconds, booleans true and false', async () => {
    const [row] = csvRows((await hear(file)).text);

    expect(row!['fetched_at']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(row!['complete']).toBe('true');
  });
});

describe('a text that begins with = + - @, TAB or CR gets a leading apostrophe', () => {
  it('in every column, and no other text does', async () => {
    const rows = csvRows((await hear(file)).text);

    expect(rows.slice(0, names.length).map((row) => row['group_name'])).toEqual(
      names.map((name) => (isDangerous(name) ? `'${name}` : name)),
    );
    expect(rows.find((row) => row['member_vendor_id'] === '2')!['member_name']).toBe("'=cmd()");
    expect(rows.find((row) => row['member_vendor_id'] === '3')!['member_email']).toBe("'+plus@example.com");
    expect(rows.flatMap((row) => Object.values(row)).filter(isDangerous)).toEqual([]);
  });

  it('guard=off leaves it', async () => {
    const rows = csvRows((await hear(`${file}?guard=off`)).text);

    expect(rows.find((row) => row['member_vendor_id'] === '2')!['member_name']).toBe('=cmd()');
  });

  it('JSON and NDJSON are never guarded, nor marked', async () => {
    for (const format of ['json', 'ndjson']) {
      const { text } = await hear(`${served.url}/datasets/memberships.${format}?guard=on&bom=on`);
      expect(text).toContain('"group_name":"=1+1"');
      expect(text.charCodeAt(0)).toBeLessThan(128);
    }
  });
});
