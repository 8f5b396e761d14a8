import { readAnswer, type SourceCalls } from './answer.js';

/** One calm line below the answer: whom it asked, how often, and who is missing from it. */
export function AnswerStrip({ answer }: { answer: string }) {
  const { asked, missing } = readAnswer(answer);
  return (
    <section className="rollcall-strip" aria-label="Sources asked" aria-live="polite">
      {missing && <p className="rollcall-missing">{missing}</p>}
      {asked?.length ? (
        <ul>
          {asked.map((row) => (
            <li key={row.source}>
              <strong>{row.source}</strong> {told(row)}
            </li>
          ))}
        </ul>
      ) : (
        <p>{hint(answer, asked)}</p>
      )}
    </section>
  );
}

function told({ calls, cacheHits, shared, waitedMs, quotaLeft }: SourceCalls): string {
  return [
    calls === 1 ? '1 call' : `${calls} calls`,
    waitedMs > 0 && `waited ${Math.round(waitedMs)} ms for a place`,
    cacheHits > 0 && `${cacheHits} from cache`,
    shared > 0 && `${shared} shared`,
    quotaLeft !== null && `${quotaLeft} calls left`,
  ]
    .filter(Boolean)
    .join(' · ');
}

function hint(answer: string, asked: SourceCalls[] | null): string {
  if (answer === '') return 'After each answer: which sources it asked, and how often.';
  return asked ? 'No vendor was asked.' : 'The answer does not say whom it asked.';
}
