import type { Caller } from '../../graph/caller.js';

/** Equal for callers who are answered alike: the same one, as long as he may do and see the same. */
export function whoIs({ name, role, sources }: Caller): string {
  return JSON.stringify([name, role, sources && [...sources].sort()]);
}
