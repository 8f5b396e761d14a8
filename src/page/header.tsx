import { keptKey, ownHeaders, type Session } from './session.js';

/** One line that says what this is, where else to look, and who the reader is where a key says so. */
export function Header({ session, onForget }: { session: Session | null; onForget: () => void }) {
  const hasKey = keptKey.get() !== null;
  return (
    // GraphiQL's class lends its colours, light or dark as the reader chose.
    <header className="graphiql-container rollcall-header">
      <img src="/page/favicon.svg" alt="" />
      <h1>Rollcall</h1>
      <p>One graph over five vendors’ groups. Every tab is a working example: choose one and press play.</p>
      <nav aria-label="Elsewhere">
        {session?.introspection !== false && (
          <a href="/schema.graphql" onClick={hasKey ? openSchema : undefined}>
            schema.graphql
          </a>
        )}
        <a href="/datasets">datasets</a>
        {hasKey && (
          <button type="button" onClick={onForget} title={session ? `${session.name}, ${session.role}` : undefined}>
            Forget key
          </button>
        )}
      </nav>
    </header>
  );
}

/** A link sends no key, so the schema is fetched with it and shown as a file. */
async function openSchema(event: { preventDefault(): void }): Promise<void> {
  event.preventDefault();
  const response = await fetch('/schema.graphql', { headers: ownHeaders() });
  const text = new Blob([await response.text()], { type: 'text/plain;charset=utf-8' });
  location.assign(URL.createObjectURL(text));
}
