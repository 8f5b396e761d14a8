const sampled = 8;
/** What a row takes in memory beside its text as JSON. */
const perCharacter = 3;
const perThing = 500;

/** About how many bytes rows take, told by a few of them. */
export function sizeOf(rows: readonly unknown[]): number {
  if (rows.length === 0) return perThing;
  const step = Math.max(1, Math.floor(rows.length / sampled));
  let characters = 0;
  let count = 0;
  for (let at = 0; at < rows.length; at += step) {
    characters += JSON.stringify(rows[at])?.length ?? 0;
    count += 1;
  }
  return Math.round((characters / count) * rows.length * perCharacter) + perThing;
}
