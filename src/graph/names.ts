/** Whether two texts are equal to a person: case folded and trimmed. */
export function sameText(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && folded(a) === folded(b);
}

/** Whether a name contains a text, case folded. */
export function contains(name: string | null, text: string): boolean {
  return name !== null && caseFolded(name).includes(caseFolded(text));
}

const folded = (text: string) => caseFolded(text.trim());

/** Upper case first, so that ß and SS, and the Greek sigmas, meet. */
const caseFolded = (text: string) => text.normalize('NFC').toUpperCase().toLowerCase();
