/** A part of an id or address, percent-encoded by the rule itself: RFC 3986 unreserved characters stay. */
export function part(text: string): string {
  const bytes = [...Buffer.from(text)];
  return bytes
    .map((byte) => (/[\w.~-]/.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : escaped(byte)))
    .join('');
}

/** A global id, made without the code under test. */
export function gid(source: string, type: string, ...path: readonly string[]): string {
  return `gid://${source}/${type}/${path.map(part).join('/')}`;
}

const escaped = (byte: number) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
