/** Whether whoever asks would rather have a page to look at than JSON; tools that take anything get JSON. */
export function wantsPage(accept = ''): boolean {
  const ranges = new Map(accept.split(',').map(rangeOf));
  const preference = (...names: readonly string[]) => ranges.get(names.find((name) => ranges.has(name)) ?? '') ?? 0;
  return preference('text/html', 'text/*', '*/*') > preference('application/json', 'application/*', '*/*');
}

function rangeOf(text: string): readonly [string, number] {
  const [range = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith('q='));
  return [range, quality ? Number(quality.slice(2)) || 0 : 1];
}
