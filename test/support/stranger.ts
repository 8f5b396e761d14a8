/** Somebody who edits a group on the vendor's own pages, at the very moment that a test is about. */
import type { EditedGroup } from './edited-group.js';

/** Acts right after the vendor has carried out a write of the group, before its answer is made, which shows what he did. */
export function afterEachWrite({ server: { box }, isWrite }: EditedGroup, act: (nth: number) => void): void {
  const handle = box.handle.bind(box);
  let writes = 0;
  box.handle = (request) => {
    const answer = handle(request);
    if (isWrite(request)) act((writes += 1));
    return answer;
  };
}

/** Acts once, right after a read of the group has been answered with what was there before. */
export function afterNextRead({ server: { box }, isRead }: EditedGroup, act: () => void): void {
  const handle = box.handle.bind(box);
  box.handle = (request) => {
    const answer = handle(request);
    if (isRead(request)) {
      box.handle = handle;
      setImmediate(act);
    }
    return answer;
  };
}
