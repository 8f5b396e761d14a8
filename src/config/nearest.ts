/** The allowed word that was probably meant; undefined when none is near. */
export function nearest(word: string, allowed: readonly string[]): string | undefined {
  const [best] = allowed
    .map((candidate) => ({ candidate, distance: distanceBetween(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, distance }) => distance <= Math.max(1, Math.floor(candidate.length / 3)))
    .toSorted((a, b) => a.distance - b.distance);
  return best?.candidate;
}

/** The remedy for a word that is not allowed. */
export function didYouMean(word: string | null, allowed: readonly string[]): string {
  const meant = word === null ? undefined : nearest(word, allowed);
  if (meant !== undefined) return `did you mean ${meant}?`;
  if (allowed.length === 0) return 'take it out';
  return allowed.length === 1 ? `write ${allowed[0]}` : `write one of ${allowed.join(', ')}`;
}

/** Letters put in, taken out, exchanged, or swapped with their neighbour. */
function distanceBetween(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, index) => index)];
  // What is so much longer than any key is near none.
  for (let i = 1; i <= Math.min(a.length, 2 * b.length + 1); i++) {
    const above = rows[i - 1]!;
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const exchanged = above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwap ? rows[i - 2]![j - 2]! + 1 : Infinity;
      row.push(Math.min(exchanged, swapped, above[j]! + 1, row[j - 1]! + 1));
    }
    rows.push(row);
  }
  return rows.at(-1)!.at(-1)!;
}
