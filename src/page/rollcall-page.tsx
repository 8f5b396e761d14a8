import { useEffect, useState } from 'react';

import { Explorer } from './explorer.js';
import { Header } from './header.js';
import { KeyForm } from './key-form.js';
import { askSession, keptKey, type Session } from './session.js';

type Reader =
  | { is: 'asked for' }
  | { is: 'unknown'; wasRefused: boolean }
  | { is: 'known'; session: Session }
  | { is: 'unheard'; message: string };

/** The header, and below it GraphiQL, or what is in its way: a key that is wanted, a role that may not use it. */
export function RollcallPage() {
  const [reader, setReader] = useState<Reader>({ is: 'asked for' });

  const greet = async () => {
    try {
      const session = await askSession();
      if (session) return setReader({ is: 'known', session });
      const wasRefused = keptKey.get() !== null;
      keptKey.forget();
      setReader({ is: 'unknown', wasRefused });
    } catch (error) {
      setReader({ is: 'unheard', message: error instanceof Error ? error.message : String(error) });
    }
  };
  const use = (key: string) => {
    keptKey.keep(key);
    void greet();
  };
  const forget = () => {
    keptKey.forget();
    void greet();
  };
  useEffect(() => void greet(), []);

  const session = reader.is === 'known' ? reader.session : null;
  return (
    <>
      <Header session={session} onForget={forget} />
      {reader.is === 'unknown' && <KeyForm wasRefused={reader.wasRefused} onKey={use} />}
      {reader.is === 'unheard' && <Notice>{`Reload the page: ${reader.message}`}</Notice>}
      {session?.graphiql === false && (
        <Notice>{`This page is not open to the role ${session.role}; /graphql and /datasets are.`}</Notice>
      )}
      {session?.graphiql && <Explorer isOpen={session.introspection} onRefused={() => void greet()} />}
    </>
  );
}

function Notice({ children }: { children: string }) {
  return (
    <main className="graphiql-container rollcall-notice">
      <p role="status">{children}</p>
    </main>
  );
}
