/** What one source was asked for the sake of one answer: a row of `extensions.upstream`. */
export interface SourceCalls {
  source: string;
  calls: number;
  cacheHits: number;
  shared: number;
  waitedMs: number;
  quotaLeft: number | null;
}

/** What the strip below an answer tells of it; `asked` is null where the answer does not say. */
export interface AnswerReport {
  asked: SourceCalls[] | null;
  missing: string | null;
}

interface Answer {
  data?: unknown;
  errors?: { extensions?: { source?: string; code?: string } }[];
  extensions?: { upstream?: SourceCalls[] };
}

interface Connection {
  complete?: unknown;
  sources?: { source?: string; state?: string; code?: string }[];
}

/** Reads the text of an answer for whom it asked and for what is not in it. */
export function readAnswer(text: string): AnswerReport {
  const answer = parse(text);
  return { asked: answer.extensions?.upstream ?? null, missing: missingFrom(answer) };
}

function parse(text: string): Answer {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

function missingFrom(answer: Answer): string | null {
  const codes = new Map<string, string | undefined>();
  for (const { extensions } of answer.errors ?? []) {
    if (extensions?.source) codes.set(extensions.source, extensions.code);
  }

  const incomplete = connections(answer.data).filter((connection) => connection.complete === false);
  for (const { source, state, code } of incomplete.flatMap((connection) => connection.sources ?? [])) {
    const failed = state ? state === 'PARTIAL' || state === 'UNAVAILABLE' : code;
    if (source && failed && !codes.get(source)) codes.set(source, code ?? state);
  }

  if (codes.size > 0) {
    const sources = [...codes].map(([source, code]) => (code ? `${source} (${code})` : source));
    return `Not everything is here: ${sources.join(', ')}`;
  }
  return incomplete.length > 0 ? 'Not everything is here: ask for `sources { source state message }` to see why' : null;
}

function connections(value: unknown): Connection[] {
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.values(value).flatMap(connections);
  return 'complete' in value ? [value, ...inside] : inside;
}
