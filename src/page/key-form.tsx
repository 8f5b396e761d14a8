interface Submitted {
  preventDefault(): void;
  currentTarget: HTMLFormElement;
}

/** Asks the reader for a key. It is handed on, and in no address and no history. */
export function KeyForm({ wasRefused, onKey }: { wasRefused: boolean; onKey: (key: string) => void }) {
  const submit = (event: Submitted) => {
    event.preventDefault();
    const key = new FormData(event.currentTarget).get('key');
    if (typeof key === 'string' && /^[\x21-\x7e]+$/.test(key.trim())) onKey(key.trim());
  };

  return (
    <main className="graphiql-container rollcall-notice">
      <form onSubmit={submit}>
        <label htmlFor="key">Your key</label>
        <p>This server answers callers with a key. It is kept for this tab, and forgotten with it.</p>
        {wasRefused && <p role="alert">This key is not known here, or not any more.</p>}
        <div>
          <input id="key" name="key" type="password" autoComplete="off" spellCheck="false" required autoFocus />
          <button type="submit">Use key</button>
        </div>
      </form>
    </main>
  );
}
