/** Who asks one worker for its metrics hears those of all: it asks the process that leads them, which asks each. */
import cluster, { type Worker } from 'node:cluster';
import { AggregatorRegistry, type Registry } from 'prom-client';

const kind = 'rollcall:metrics';

interface Asked {
  readonly kind: typeof kind;
  readonly nr: number;
}

interface Answered extends Asked {
  /** Null where one of the workers did not answer. */
  readonly text: string | null;
}

/** In the process that leads: answers each worker that asks. */
export function answerMetrics(): void {
  const all = new AggregatorRegistry();
  cluster.on('message', (worker: Worker, message: Asked) => {
    if (message.kind !== kind) return;
    const answer = (text: string | null) => {
      if (worker.isConnected()) worker.send({ kind, nr: message.nr, text } satisfies Answered);
    };
    all.clusterMetrics().then(answer, () => answer(null));
  });
}

/** In a worker: shares these registries with the others. What it gives back asks for those of all, null where that fails. */
export function metricsOfAll(registries: readonly Registry[]): () => Promise<string | null> {
  // It is what answers the leading process.
  void new AggregatorRegistry();
  AggregatorRegistry.setRegistries([...registries]);
  const waiting = new Map<number, (text: string | null) => void>();
  process.on('message', (message: Answered) => {
    if (message.kind !== kind) return;
    waiting.get(message.nr)?.(message.text);
    waiting.delete(message.nr);
  });
  let last = 0;
  return () =>
    new Promise((resolve) => {
      const asked: Asked = { kind, nr: ++last };
      waiting.set(asked.nr, resolve);
      process.send!(asked);
    });
}
