import type { Adapter, Ref } from '../vendors/vendor.js';

/** Whether each part of a path is what the vendor's ids look like, so that it may be put into an address. */
export function fitsPattern(adapter: Adapter, { type, path }: Ref): boolean {
  const pattern = adapter.paths[type];
  if (!pattern || path.length > pattern.parts.length || path.length < pattern.parts.length - (pattern.optional ?? 0))
    return false;
  return path.every((part, at) => pattern.parts[at]!.test(part));
}
