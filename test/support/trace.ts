/** What a server does to its ledger and its sockets, in order, as `strace` sees it. */

/**
 * A write into the ledger, a sync of it that has ended, a request to a vendor that reads or writes, an answer to a client.
 */
export type Event = 'keep' | 'sync' | 'ask' | 'send' | 'answer';

/** Runs a program under strace, as itself: signals to it reach it. `ledger` is the one file that is watched. */
export function strace(file: string): readonly string[] {
  const calls = 'trace=write,writev,pwrite64,pwritev,sendto,sendmsg,fsync,fdatasync';
  return ['strace', '-D', '-f', '-yy', '-s', '120', '-e', calls, '-e', 'signal=none', '-o', file];
}

/** The events of a trace. A call that another thread interrupts stands in two lines, and counts where it ends. */
export function eventsOf(trace: string, ledger: string): readonly Event[] {
  const begun = new Map<string, string>();
  return trace.split('\n').flatMap((line): readonly Event[] => {
    const [, thread = '', said = ''] = /^(\d+) +(.*)$/.exec(line) ?? [];
    const [, start] = /^(.*) <unfinished \.\.\.>$/.exec(said) ?? [];
    if (start !== undefined) {
      begun.set(thread, start);
      // A request is out from its beginning on.
      return requestOf(start);
    }
    const [, end] = /^<\.\.\. \w+ resumed>(.*)$/.exec(said) ?? [];
    const whole = end === undefined ? said : `${begun.get(thread)}${end}`;
    const event = [...fileEventOf(whole, ledger), ...answerOf(whole)];
    return end === undefined ? [...event, ...requestOf(whole)] : event;
  });
}

/** What a write of ours must not do: every violation, in words. */
export function violations(events: readonly Event[]): readonly string[] {
  const found: string[] = [];
  let [dirty, keptSinceSending, sent] = [false, false, false];
  for (const event of events) {
    if (event === 'keep') [dirty, keptSinceSending] = [true, true];
    if (event === 'sync') dirty = false;
    if (event === 'send') {
      if (dirty) found.push('sent before what was kept was synced');
      if (!sent && !keptSinceSending) found.push('sent without an intent');
      [sent, keptSinceSending] = [true, false];
    }
    if (event === 'answer') {
      if (dirty) found.push('answered before what was kept was synced');
      if (!sent) found.push('answered before it was sent');
      if (!keptSinceSending) found.push('answered without an outcome');
    }
  }
  return found;
}

function fileEventOf(call: string, ledger: string): readonly Event[] {
  // The mark beside it is not synced, and promises nothing.
  if (!call.includes(`<${ledger}`) || call.includes(`<${ledger}.mark>`)) return [];
  if (/^pwrite|^write/.test(call)) return ['keep'];
  return /^f(data)?sync.* = 0$/.test(call) ? ['sync'] : [];
}

function answerOf(call: string): readonly Event[] {
  return textOf(call).startsWith('HTTP/1.1 ') ? ['answer'] : [];
}

function requestOf(call: string): readonly Event[] {
  const [, method, target = ''] = /^(GET|POST|PUT|DELETE) (\S+) HTTP/.exec(textOf(call)) ?? [];
  if (method === undefined) return [];
  // At Velt, and for a token, a read is a POST too.
  return [method === 'GET' || /\/(get|service_token)$/.test(target) ? 'ask' : 'send'];
}

/** The beginning of what is written to a socket. */
function textOf(call: string): string {
  return /^\w+\(\d+<TCP[^"]*"(.*)/.exec(call)?.[1] ?? '';
}
