import type { GraphQLSchema } from 'graphql';
import { descriptionOf, type Column } from './columns.js';
import { formats } from './formats.js';
import type { Parameter } from './parameters.js';

/** What `GET /datasets` says of one dataset. */
export interface DatasetDescription {
  readonly name: string;
  readonly description: string;
  readonly formats: readonly FormatDescription[];
  readonly parameters: readonly Parameter[];
  readonly columns: readonly Omit<Column, 'field'>[];
  /** How one sees whether everything is there. */
  readonly completeness: readonly string[];
  /** What is told beside the rows, as headers where it is known before the first byte, and always as trailers. */
  readonly trailers: readonly { readonly name: string; readonly description: string }[];
}

export interface FormatDescription {
  readonly name: string;
  readonly address: string;
  readonly contentType: string;
  readonly description: string;
}

export interface DatasetsDescription {
  readonly datasets: readonly DatasetDescription[];
}

export function describeDatasets(
  schema: GraphQLSchema,
  columns: readonly Column[],
  parameters: readonly Parameter[],
): DatasetsDescription {
  const memberships: DatasetDescription = {
    name: 'memberships',
    description: descriptionOf(schema, 'Membership'),
    formats: formats.map(({ name, contentType, description }) => ({
      name,
      address: `/datasets/memberships.${name}`,
      contentType,
      description,
    })),
    parameters,
    columns: columns.map(({ field: _field, ...column }) => column),
    completeness,
    trailers,
  };
  return { datasets: [memberships] };
}

const completeness = [
  'A dataset is whole or refused. Whatever cannot be read before the first byte is answered 503, with `Retry-After` and ' +
    'the names of the sources that failed; all lists of groups and the first 8 MiB belong to that.',
  'A failure after that breaks the transfer off without its last chunk, so that every client reports an error: a file ' +
    'that ends cleanly is not short.',
  'With `partial=true` nothing is refused. A person who could not be read has empty details; a group whose members could ' +
    'not be read is one row with empty member columns; a source whose groups could not all be listed has one row with ' +
    'only `source` and `vendor`. All of these have `complete` false.',
];

const trailers = [
  { name: 'X-Complete', description: '`true` where everything could be read, else `false`.' },
  {
    name: 'X-Incomplete-Sources',
    description: 'The sources of which something could not be read, with commas between them.',
  },
  {
    name: 'X-Ledger-Sources',
    description:
      'The sources whose vendors list no groups, with commas between them: their rows are only what was written through ' +
      'here, or is named in the configuration.',
  },
  { name: 'X-Row-Count', description: 'How many rows there are, without the header.' },
];
