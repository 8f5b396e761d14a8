/** How a mishap is made to happen: at the vendor's end of the wire, or in the life of the process. */
import type { Fault } from '../../../src/sandbox/fault-rules.js';
import type { JournalEntry } from '../../../src/sandbox/journal.js';
import type { BoxRequest } from '../../../src/vendors/boxed.js';
import type { Doom } from './life.js';
import type { Place } from './vendors.js';
import { silence, type Mishap } from './wire.js';
import { isRead, isWrite, type Around, type World } from './world.js';

type Loss = Fault & { readonly applied?: boolean };

/** Ways to lose an answer, by whether the vendor has done what it was sent. */
const losses: Readonly<Record<string, { readonly done: Loss; readonly undone: Loss }>> = {
  'a reset': { done: { mode: 'lost' }, undone: { mode: 'reset' } },
  'a 500': { done: { mode: 'status', status: 500, applied: true }, undone: { mode: 'status', status: 500 } },
  'an early end': { done: { mode: 'half' }, undone: { mode: 'fin' } },
  [silence]: { done: { mode: 'lost', by: 'hang' }, undone: { mode: 'hang' } },
};

/** Arms it. What is given back disarms it, and tells the writes that the vendor has let lie. */
export function arm(world: World, mishap: Mishap | null, place: Place): () => readonly JournalEntry[] {
  const before = world.writes.length;
  world.life.foresee(doomOf(mishap));
  if (mishap) armVendor(world, mishap, place);
  return () => {
    world.server.clearFaults();
    world.around.meanwhile = null;
    world.life.foresee(null);
    world.life.forgetTroubles();
    const isLate = mishap !== null && 'done' in mishap && mishap.done === 'later';
    return isLate ? world.writes.slice(before).filter(({ fault, applied }) => fault !== null && !applied) : [];
  };
}

function armVendor(world: World, mishap: Mishap, place: Place): void {
  const { server } = world;
  switch (mishap.is) {
    case 'a bad read': {
      const isLie = mishap.code === 'VENDOR_BAD_RESPONSE';
      const fault = isLie ? ({ mode: 'wrongshape' } as const) : ({ mode: 'status', status: 502 } as const);
      return server.fault({ ...fault, times: 1, match: isRead });
    }
    case 'a refusal':
      return server.fault({ mode: 'status', status: mishap.status, times: 1, match: nthWrite(mishap.nth) });
    case 'a lost answer': {
      const isNth = nthWrite(mishap.nth);
      let isLost = false;
      const loss = losses[mishap.by]![mishap.done === 'at once' ? 'done' : 'undone'];
      server.fault({ ...loss, times: 1, match: (request) => (isLost = isNth(request)) });
      if (mishap.blind) server.fault({ mode: 'status', status: 503, match: (request) => isLost && isRead(request) });
      return;
    }
    case 'a stranger':
      return void (world.around.meanwhile = strangerAt(world, mishap, place));
    case 'a kill':
      if (mishap.at === 'a write' && mishap.done !== 'at once')
        server.fault({ mode: 'reset', times: 1, match: nthWrite(mishap.nth) });
      return;
    case 'a full disk':
  }
}

/** Changes the list that the first write has just made, before it is answered. */
function strangerAt(
  { vendor, server }: World,
  mishap: Mishap & { is: 'a stranger' },
  place: Place,
): Around['meanwhile'] {
  const { state } = server.box;
  let isOver = false;
  return (request, act) => {
    if (isOver || !isWrite(request)) return act();
    isOver = true;
    const before = vendor.stateOf(state, place).members;
    const answer = act();
    const now = new Set(mishap.undoes ? before : vendor.stateOf(state, place).members);
    if (mishap.flips !== null && !now.delete(mishap.flips)) now.add(mishap.flips);
    vendor.put(state, place, now);
    return answer;
  };
}

function nthWrite(nth: number): (request: BoxRequest) => boolean {
  let writes = 0;
  return (request) => isWrite(request) && writes++ === nth;
}

function doomOf(mishap: Mishap | null): Doom | null {
  if (mishap?.is === 'a full disk') return { does: 'fail', step: mishap.at, when: 'before', nth: 0 };
  if (mishap?.is !== 'a kill') return null;
  if (mishap.at === 'a write') return { does: 'kill', step: 'write', when: 'after', nth: mishap.nth };
  const [when, step] = mishap.at.split(' ') as ['before' | 'after', 'begin' | 'finish'];
  return { does: 'kill', step, when, nth: 0 };
}
