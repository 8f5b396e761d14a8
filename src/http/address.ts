/** Thrown for an address that would leave the configured origin, or the path below it. Nothing has been sent then. */
export class ForeignAddress extends Error {}

/**
 * The absolute address of a call: what follows the source's url, or a link that the vendor gave. Never one outside the
 * configured origin and base path, whatever a part of it or a link says.
 */
export function addressOf(base: string, path: string): string {
  const url = parse(path.startsWith('/') ? base + path : path, base);
  url.hash = '';
  const root = new URL(base);
  const basePath = root.pathname.replace(/\/$/, '');
  const inside = url.pathname === basePath || url.pathname.startsWith(`${basePath}/`);
  if (url.origin !== root.origin || url.username || url.password || !inside) {
    throw new ForeignAddress('the address leaves the configured origin');
  }
  // A dot segment would have been resolved away: what was meant and what would be sent must be the same text.
  if (path.startsWith('/') && url.href !== root.origin + basePath + path)
    throw new ForeignAddress('the address is not plain');
  return url.href;
}

function parse(text: string, base: string): URL {
  try {
    return new URL(text, base);
  } catch {
    throw new ForeignAddress('the address cannot be read');
  }
}

/** The address of a `Link` header's part with this `rel`, as ASA pages by it; null where there is none. */
export function linkOf(header: string | null, rel: string): string | null {
  for (const part of (header ?? '').split(/,(?=\s*<)/)) {
    const found = /^\s*<([^>]*)>\s*;(.*)$/s.exec(part);
    const rels = found && /(?:^|;)\s*rel\s*=\s*"?([^";]*)"?/i.exec(found[2]!);
    if (found && rels?.[1]!.trim().toLowerCase().split(/\s+/).includes(rel)) return found[1]!;
  }
  return null;
}
