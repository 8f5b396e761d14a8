/** What the server says of whoever reads the page. */
export interface Session {
  name: string;
  role: string;
  graphiql: boolean;
  introspection: boolean;
}

const place = 'rollcall:key';

/** The reader's key, kept for this tab alone and gone with it; never where GraphiQL keeps what it remembers. */
export const keptKey = {
  get: () => sessionStorage.getItem(place),
  keep: (key: string) => sessionStorage.setItem(place, key),
  forget: () => sessionStorage.removeItem(place),
};

/** The headers by which the reader is known; none where no key is kept. */
export function ownHeaders(): Record<string, string> {
  const key = keptKey.get();
  return key === null ? {} : { authorization: `Bearer ${key}` };
}

/** Who the reader is; null where the server wants a key, or another one. Rejects where it does not answer. */
export async function askSession(): Promise<Session | null> {
  const response = await fetch('/page/session', { headers: ownHeaders() });
  if (response.status === 401) return null;
  if (!response.ok) throw new Error(`The server answered ${response.status} ${response.statusText}.`);
  return response.json() as Promise<Session>;
}
