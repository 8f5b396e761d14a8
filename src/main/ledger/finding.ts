/** What a look at a vendor tells of an entry. */
import { formatId } from '../../graph/global-id.js';
import type { Source, Sources } from '../../graph/sources.js';
import { VendorError } from '../../http/errors.js';
import type { Entry, JournalReader } from '../../ledger/journal.js';
import { expectationOf, toldOf } from '../../writes/entry-told.js';
import { canLook, look, type Sight } from '../../writes/look.js';
import { otherCreates } from '../../writes/other-creates.js';
import { ownSession } from '../own-session.js';
import { plain } from './words.js';

type Verdict = 'SEEN' | 'SEEN_IN_PART' | 'PERHAPS_SEEN' | 'NOT_SEEN' | 'CANNOT_BE_ASKED' | 'FAILED';

export interface Finding {
  readonly entry: Entry;
  readonly verdict: Verdict;
  /** When the vendor was read; null where it was not. */
  readonly lookedAt: Date | null;
  /** One sentence or two. */
  readonly sentence: string;
}

const verdicts: Readonly<Record<Sight['seen'], Verdict>> = {
  all: 'SEEN',
  part: 'SEEN_IN_PART',
  perhaps: 'PERHAPS_SEEN',
  none: 'NOT_SEEN',
};

const titles: Readonly<Record<Verdict, string>> = {
  SEEN: 'seen',
  SEEN_IN_PART: 'seen in part',
  PERHAPS_SEEN: 'perhaps seen',
  NOT_SEEN: 'not seen',
  CANNOT_BE_ASKED: 'cannot be asked',
  FAILED: 'could not be looked at',
};

/** Reads the vendor, and no more than that. */
export async function findingOf(entry: Entry, sources: Sources, journal: JournalReader): Promise<Finding> {
  const source = sources.get(entry.source);
  if (!source) {
    const sentence = `The configuration has no source ${entry.source}: name one that has.`;
    return { entry, verdict: 'CANNOT_BE_ASKED', lookedAt: null, sentence };
  }
  const expectation = expectationOf(entry);
  if (!expectation || !canLook(expectation, source.adapter)) {
    const { title } = source;
    const sentence = toldOf(entry).hint ?? `${title} documents no way to ask for it: look with its own tools.`;
    return { entry, verdict: 'CANNOT_BE_ASKED', lookedAt: null, sentence };
  }
  try {
    const place = { ...source, session: ownSession(source) };
    return sighted(entry, source, await look(expectation, place, (group) => otherCreates(journal, entry, group)));
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    return { entry, verdict: 'FAILED', lookedAt: null, sentence: error.message };
  }
}

function sighted(entry: Entry, { title }: Source, { at, seen, sentence, candidates }: Sight): Finding {
  const isOpen = entry.state === 'UNKNOWN' || entry.state === 'INTENT';
  const ids = candidates.map(({ type, path }) => formatId(entry.source, type, path)).join(', ');
  const caution =
    isOpen && (seen === 'part' || seen === 'none')
      ? ` What was not there proves nothing: ${title} may still apply it.`
      : '';
  return {
    entry,
    verdict: verdicts[seen],
    lookedAt: at,
    sentence: `At ${at.toISOString()} ${sentence}${ids && `: ${ids}`}.${caution}`,
  };
}

export function toFindingText({ entry, verdict, sentence }: Finding): string {
  const { mutation, source, key, state, createdAt } = entry;
  const which = `${mutation} at ${source} of ${createdAt.toISOString()}, key ${key}, ${state}`;
  return `${plain(which)}: ${titles[verdict]}.\n  ${plain(sentence)}\n`;
}

export function toFindingLine({ entry, verdict, lookedAt, sentence }: Finding): string {
  const { key, caller, mutation, source, state, createdAt } = entry;
  return `${JSON.stringify({ key, caller, mutation, source, state, createdAt, verdict, lookedAt, sentence })}\n`;
}
