/** Records of a CSV, read by the grammar of RFC 4180, section 2, and by nothing more: what breaks it throws. */
export function parseCsv(text: string): string[][] {
  const records: string[][] = [];
  let at = 0;
  while (at < text.length) {
    const record: string[] = [];
    for (;;) {
      const [field, end] = text[at] === '"' ? escapedField(text, at) : plainField(text, at);
      record.push(field);
      at = end;
      if (text[at] !== ',') break;
      at += 1;
    }
    if (text.slice(at, at + 2) !== '\r\n') throw new Error(`no CRLF after ${JSON.stringify(record.at(-1))}`);
    at += 2;
    records.push(record);
  }
  return records;
}

function plainField(text: string, start: number): [string, number] {
  let end = start;
  while (end < text.length && !',\r\n'.includes(text[end]!)) {
    if (text[end] === '"') throw new Error('a quotation mark in a field without quotation marks');
    end += 1;
  }
  return [text.slice(start, end), end];
}

function escapedField(text: string, start: number): [string, number] {
  let field = '';
  for (let at = start + 1; ; at += 1) {
    if (at >= text.length) throw new Error('a field without its closing quotation mark');
    if (text[at] !== '"') field += text[at];
    else if (text[at + 1] === '"') field += text[++at];
    else return [field, at + 1];
  }
}

/** The records as objects, by the names of the header. */
export function csvRows(text: string): Record<string, string>[] {
  const [header, ...records] = parseCsv(text);
  return records.map((record) => {
    if (record.length !== header!.length)
      throw new Error(`a record of ${record.length} fields under ${header!.length} names`);
    return Object.fromEntries(record.map((field, at) => [header![at]!, field]));
  });
}
