import type { Cell, Measured } from './cells.js';

const [width, left, barHeight, gap] = [900, 210, 20, 6];
const colours: Readonly<Record<string, string>> = {
  Rollcall: '#1f6feb',
  yoga: '#8b5cf6',
  floor: '#9aa4b2',
  Apollo: '#d97706',
};

/** How many operations a second, 32 callers who all ask something else, as a picture: a panel for each question, bars to its own scale. */
export function pictureOf(measured: readonly Measured[]): string {
  const cells = measured.flatMap((one) => one.cells).filter(isCrowd);
  const questions = [...new Set(cells.map(({ question }) => question))];
  let y = 34;
  const parts: string[] = [];
  for (const question of questions) {
    const asked = cells.filter((cell) => cell.question === question);
    const most = Math.max(...asked.map(({ perSecond }) => perSecond));
    parts.push(text(10, y, question, 'font-weight="600"'));
    y += 12;
    for (const cell of asked) {
      parts.push(bar(cell, y, most));
      y += barHeight + gap;
    }
    y += 24;
  }
  const title = text(
    10,
    16,
    'Operations a second, 32 callers, every operation another; vendors answer at once',
    'font-weight="600"',
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${y}" font-family="system-ui, sans-serif" font-size="13">`,
    `<rect width="${width}" height="${y}" fill="#ffffff"/>`,
    title,
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}

function isCrowd({ callers, latencyMs, differing }: Cell): boolean {
  return callers > 1 && latencyMs === 0 && differing;
}

function bar({ contestant, sharing, perSecond }: Cell, y: number, most: number): string {
  const length = Math.max(1, ((width - left - 80) * perSecond) / most);
  const name = sharing === 'nothing' ? contestant : `${contestant}, ${sharing}`;
  const middle = y + barHeight - 5;
  return [
    text(left - 8, middle, name, 'text-anchor="end"'),
    `<rect x="${left}" y="${y}" width="${length.toFixed(1)}" height="${barHeight}" rx="2" fill="${colours[contestant] ?? '#444444'}"/>`,
    text(left + length + 6, middle, perSecond >= 10 ? perSecond.toFixed(0) : perSecond.toFixed(1)),
  ].join('\n');
}

function text(x: number, y: number, words: string, more = ''): string {
  return `<text x="${x.toFixed(0)}" y="${y}" fill="#1f2328" ${more}>${words}</text>`;
}
