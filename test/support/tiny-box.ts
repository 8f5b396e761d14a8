import type { Box, BoxAnswer, BoxDefinition, BoxRequest } from '../../src/vendors/boxed.js';

/** What the tiny vendor keeps. */
export interface TinyState {
  readonly notes: string[];
}

/** A vendor that keeps notes and nothing else: `GET`, `POST` and `DELETE /notes`, `GET /motto`, and a broken `/broken`. */
export function tinyBox(notes: readonly string[] = ['first']): Box<TinyState> {
  const state: TinyState = { notes: [...notes] };
  return { state, handle: (request) => handle(state, request) };
}

/** The same as a definition; a note for every group of the population. */
export function tinyDefinition(sourceName = 'tiny'): BoxDefinition<TinyState> {
  return {
    kind: 'tiny',
    sourceName,
    open: (population) => tinyBox(population.people.slice(0, population.groups).map(({ email }) => email)),
    settings: (origin, state) => ({ url: `${origin}/v1`, first: state.notes[0] }),
  };
}

function handle({ notes }: TinyState, { method, target, headers, body, origin }: BoxRequest): BoxAnswer {
  switch (`${method} ${target.split('?')[0]}`) {
    case 'GET /notes':
      return { status: 200, headers: { Link: `<${origin}/notes?page=2>; rel="next"` }, body: { notes } };
    case 'POST /notes':
      notes.push((JSON.parse(body) as { note: string }).note);
      return { status: 201, body: { count: notes.length, by: headers['x-author'] ?? null } };
    case 'DELETE /notes':
      notes.length = 0;
      return { status: 204 };
    case 'GET /motto':
      return { status: 200, body: 'Nobody is forgotten.' };
    case 'GET /broken':
      throw new Error('The box is broken');
    default:
      return { status: 404, body: { error: 'unknown' } };
  }
}
