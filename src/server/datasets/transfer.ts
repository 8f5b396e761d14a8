import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { BadInput } from '../../graph/bad-input.js';
import type { Request } from '../../graph/request.js';
import { operationOf } from '../eyes/operation.js';
import { Answer, NeedsChunks, Untaken } from './answer.js';
import { rowOf, type Column, type Row } from './columns.js';
import type { Encoder, Format } from './formats.js';
import { parametersFor, readAsked } from './parameters.js';
import { Progress } from './progress.js';
import { NotWhole, Reading } from './reading.js';
import { refuseBroken, refuseInput, refuseShort, refuseVersion } from './refusal.js';

export interface SendOptions {
  /** Opens the graph for one HTTP request, already wired to end its reads when the client leaves. */
  readonly openRequest: (raw: { readonly request: FastifyRequest; readonly reply: FastifyReply }) => Request;
  /** Where what nobody foresaw is written down, what was broken off, and how far a long one has come. */
  readonly log?: Pick<Logger, 'error' | 'warn' | 'info'>;
  /** How long a client may take nothing before it is given up. */
  readonly idleMs?: number;
}

/** So many rows are written at once. */
const rowsAtOnce = 500;
const usualIdleMs = 60_000;

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly format: Format;
  readonly columns: readonly Column[];
  readonly vendors: readonly string[];
  readonly options: SendOptions;
}

/** Reads a dataset and sends it as it is read; refuses it or breaks it off where it cannot be whole. */
export async function sendDataset(exchange: Exchange): Promise<FastifyReply | undefined> {
  const { request, reply, format, columns, vendors, options } = exchange;
  reply.header('cache-control', 'no-store');
  let answer: Answer | undefined;
  let reading: Reading | undefined;
  let progress: Progress | undefined;
  try {
    const graph = options.openRequest({ request, reply });
    const query = request.query as Readonly<Record<string, unknown>>;
    const asked = readAsked(query, graph.sources, parametersFor(graph.sources, vendors));
    reading = await Reading.begin(graph, asked.sources, asked.partial);
    answer = new Answer({ request, reply, reading, headers: headersOf(format), idleMs: options.idleMs ?? usualIdleMs });
    progress = progressOf(request.id, options.log, answer, reading);
    await writeRows(reading, format.open(columns, asked), answer, { columns, progress });
    tellRows(request, answer, reading);
    return undefined;
  } catch (error) {
    return await giveUp(error, { request, reply, reading, answer, log: options.log });
  } finally {
    progress?.end();
    void reading?.stop();
  }
}

function progressOf(requestId: string, log: SendOptions['log'], answer: Answer, reading: Reading): Progress {
  const standing = () => ({ rows: answer.rows, groups: reading.groupsRead, groupsInAll: reading.groupsInAll });
  return new Progress({ requestId, log, standing });
}

/** Tells the eyes what was sent. */
function tellRows(request: FastifyRequest, { rows }: Answer, { failures }: Reading): void {
  const operation = operationOf(request);
  if (!operation) return;
  operation.rows = rows;
  for (const { code } of failures) operation.addCode(code);
  operation.tell(failures.length > 0 ? 'partial' : 'ok');
}

function headersOf({ name, contentType, disposition }: Format): Record<string, string> {
  return { 'content-type': contentType, 'content-disposition': `${disposition}; filename="memberships.${name}"` };
}

async function writeRows(
  reading: Reading,
  encoder: Encoder,
  answer: Answer,
  { columns, progress }: { readonly columns: readonly Column[]; readonly progress: Progress },
): Promise<void> {
  await answer.write(encoder.begin());
  let rows: Row[] = [];
  const flush = async () => {
    const full = rows;
    rows = [];
    await answer.write(encoder.rows(full), full.length);
    progress.moved();
  };
  for await (const read of reading.rows()) {
    for (const row of read) rows.push(rowOf(columns, row));
    if (rows.length >= rowsAtOnce) await flush();
    if (answer.isTold) return;
  }
  if (rows.length > 0) await flush();
  await answer.write(encoder.end());
  await answer.end();
}

interface GivenUp extends Pick<Exchange, 'request' | 'reply'>, Pick<SendOptions, 'log'> {
  readonly reading: Reading | undefined;
  readonly answer: Answer | undefined;
}

/** Refuses where nothing has been sent yet, else breaks the transfer off. */
async function giveUp(
  error: unknown,
  { request, reply, reading, answer, log }: GivenUp,
): Promise<FastifyReply | undefined> {
  if (reply.raw.destroyed) {
    // The client has left, and whatever failed since then failed for that.
    if (!answer?.begun) reply.hijack();
    return undefined;
  }
  const foreseen = [BadInput, NotWhole, Untaken, NeedsChunks].some((kind) => error instanceof kind);
  if (!foreseen) log?.error({ err: error, requestId: request.id }, 'a dataset failed');
  if (answer?.begun) {
    const sources = reading?.failures.map(({ source }) => source);
    log?.warn({ requestId: request.id, sources }, `a dataset was broken off: ${(error as Error).message}`);
    const operation = operationOf(request);
    for (const { code } of reading?.failures ?? []) operation?.addCode(code);
    if (!(error instanceof Untaken)) operation?.tell('failed');
    answer.breakOff();
    return undefined;
  }
  if (error instanceof BadInput) return refuseInput(reply, error);
  if (error instanceof NeedsChunks) return refuseVersion(reply);
  if (!(error instanceof NotWhole)) return refuseBroken(reply);
  // What was begun at other sources may fail too: whoever is refused learns of all of them at once.
  await reading!.stop();
  return refuseShort(reply, reading!.failures);
}
