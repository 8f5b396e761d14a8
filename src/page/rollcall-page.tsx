import { GraphiQL } from 'graphiql';
import { useState } from 'react';

import { AnswerStrip } from './answer-strip.js';
import { ask } from './ask.js';
import { exampleTabs } from './examples.js';
import { storage } from './storage.js';

interface Tabs {
  tabs: { response: string | null }[];
  activeTabIndex: number;
}

/** GraphiQL on our own graph, below one line that says what this is and above one that says what an answer cost. */
export function RollcallPage() {
  const [answer, setAnswer] = useState('');
  const showAnswer = ({ tabs, activeTabIndex }: Tabs) => setAnswer(tabs[activeTabIndex]?.response ?? '');

  return (
    <>
      {/* GraphiQL's class lends its colours, light or dark as the reader chose. */}
      <header className="graphiql-container rollcall-header">
        <img src="/page/favicon.svg" alt="" />
        <h1>Rollcall</h1>
        <p>One graph over five vendors’ groups. Every tab is a working example: choose one and press play.</p>
        <nav aria-label="Elsewhere">
          <a href="/schema.graphql">schema.graphql</a>
          <a href="/datasets">datasets</a>
        </nav>
      </header>
      <GraphiQL
        fetcher={ask}
        defaultTabs={exampleTabs}
        onTabChange={showAnswer}
        storage={storage}
        shouldPersistHeaders={false}
      >
        <GraphiQL.Logo> </GraphiQL.Logo>
        <GraphiQL.Footer>
          <AnswerStrip answer={answer} />
        </GraphiQL.Footer>
      </GraphiQL>
    </>
  );
}
