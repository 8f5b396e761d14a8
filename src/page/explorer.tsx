import { GraphiQL } from 'graphiql';
import { useState } from 'react';

import { AnswerStrip } from './answer-strip.js';
import { askWith } from './ask.js';
import { exampleTabs } from './examples.js';
import { storage } from './storage.js';

interface Tabs {
  tabs: { response: string | null }[];
  activeTabIndex: number;
}

/** GraphiQL on our own graph, above one line that says what an answer cost. `isOpen`: the schema may be asked for. */
export function Explorer({ isOpen, onRefused }: { isOpen: boolean; onRefused: () => void }) {
  const [answer, setAnswer] = useState('');
  // GraphiQL asks for the schema again whenever it is handed another function.
  const [fetcher] = useState(() => askWith(onRefused));
  const showAnswer = ({ tabs, activeTabIndex }: Tabs) => setAnswer(tabs[activeTabIndex]?.response ?? '');

  return (
    <GraphiQL
      fetcher={fetcher}
      schema={isOpen ? undefined : null}
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
  );
}
