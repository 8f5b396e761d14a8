/** A whole number as people read it: 10,000. */
export function grouped(number: number): string {
  return number.toLocaleString('en-GB');
}
