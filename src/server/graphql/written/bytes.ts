const beyondAscii = /[\u0080-\uffff]/;

/**
 * A text as the bytes of its UTF-8, a character for each. All that is written of an answer is held so: one name from beyond Latin-1 would
 * make two bytes of every character of all that it is joined to, and the whole would be encoded anew for each who asks.
 */
export function inBytes(text: string): string {
  return beyondAscii.test(text) ? Buffer.from(text).toString('latin1') : text;
}

/** The text that such bytes are. */
export function outOfBytes(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString();
}
