import { anythingButPeople, groupsTouched, groupTouched, type Touched } from '../../reads/shared/touched.js';
import type { Intention } from './mutation.js';

/** What nobody may be told any more as it was read before this was written, whatever came of it. */
export function touchedBy(intention: Intention): Touched {
  switch (intention.is) {
    case 'edit':
      // Whom a set takes out is known only when it is done.
      return groupTouched(
        intention.group.ref,
        intention.edit.does === 'set' ? null : intention.members.map(({ ref }) => ref),
      );
    case 'change':
      return intention.change ? groupTouched(intention.group.ref, []) : groupsTouched(intention.group.ref);
    case 'steps':
      return intention.expects?.of === 'new group' ? groupsTouched(null) : anythingButPeople;
  }
}
