import type { BoxAnswer } from '../vendors/boxed.js';

/** An answer as it goes over the wire. Header names are in lower case. */
export interface WholeAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
}

/** A box's answer with its body in bytes, its content type and its length. The box's own headers win. */
export function toWholeAnswer({ status, headers = {}, body }: BoxAnswer): WholeAnswer {
  const bytes = Buffer.from(toText(body));
  const own = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return { status, headers: { ...contentType(body), ...contentLength(status, bytes), ...own }, bytes };
}

function toText(body: unknown): string {
  if (body === undefined) return '';
  return typeof body === 'string' ? body : JSON.stringify(body);
}

function contentType(body: unknown): Record<string, string> {
  if (body === undefined) return {};
  return { 'content-type': `${typeof body === 'string' ? 'text/plain' : 'application/json'}; charset=utf-8` };
}

function contentLength(status: number, bytes: Buffer): Record<string, string> {
  return status === 204 || status === 304 ? {} : { 'content-length': String(bytes.length) };
}
