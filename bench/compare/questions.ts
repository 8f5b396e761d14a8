import { createHash } from 'node:crypto';
import type { TrueGroup } from '../company/company.js';

/** One operation as it is sent, and how a right answer is known. */
export interface Operation {
  readonly body: string;
  /** What `digest` makes of a right answer. */
  right(): string;
}

/** One of the three questions. */
export interface Question {
  readonly name: 'Q1' | 'Q2' | 'Q3';
  readonly what: string;
  /** The fewest calls that answer it with nothing remembered. */
  readonly calls: number;
  /** The nth of its operations; they differ, and come again after a while. */
  operation(nth: number): Operation;
  /** What an answer tells, whatever the order of its members. */
  digest(data: unknown): string;
}

interface Data {
  readonly groups?: { readonly nodes: readonly AnsweredGroup[] };
  readonly group?: AnsweredGroup;
  readonly nodes?: readonly AnsweredGroup[];
}
interface AnsweredGroup {
  readonly id: string;
  readonly name?: string;
  readonly members: { readonly nodes: readonly Readonly<Record<string, string>>[] };
}

const members = 'members(first: 100) { nodes { id name email } }';
const all = `query Q1($first: Int) { groups(first: $first) { nodes { id name ${members} } } }`;
const one = `query Q2($id: ID!) { group(id: $id) { id name ${members} } }`;
const many =
  'query Q3($ids: [ID!]!) { nodes(ids: $ids) { ... on Group { id members(first: 100) { nodes { email } } } } }';

/** How many groups of which vendor the third question names. */
const named = [
  ['testrail', 40],
  ['tiledesk', 30],
  ['asa', 30],
] as const;

export function questionsOf(groups: readonly TrueGroup[]): readonly Question[] {
  const of = (vendor: string) => groups.filter(({ id }) => id.startsWith(`gid://${vendor}`));
  let whole: string | undefined;
  const testrail = of('testrail');
  return [
    {
      name: 'Q1',
      what: `all ${groups.length} groups with every member's id, name and e-mail`,
      calls: 128,
      operation: (nth) => ({
        body: bodyOf('Q1', all, { first: 1_000 - (nth % 400) }),
        right: () => (whole ??= digestOf(groups.map(toldWhole))),
      }),
      digest: (data) => digestOf((data as Data).groups!.nodes.map(answeredWhole)),
    },
    {
      name: 'Q2',
      what: 'one TestRail group with its members',
      calls: 3,
      operation(nth) {
        const group = testrail[nth % testrail.length]!;
        return { body: bodyOf('Q2', one, { id: group.id }), right: () => digestOf([toldWhole(group)]) };
      },
      digest: (data) => digestOf([answeredWhole((data as Data).group!)]),
    },
    {
      name: 'Q3',
      what: `100 groups by id (40 TestRail, 30 Tiledesk, 30 ASA) with their members' e-mails`,
      calls: 53,
      operation(nth) {
        const wanted = named.flatMap(([vendor, count]) => spread(of(vendor), count, nth));
        const ids = wanted.map(({ shortId }) => shortId);
        return { body: bodyOf('Q3', many, { ids }), right: () => digestOf(wanted.map(toldShort)) };
      },
      digest: (data) =>
        digestOf(
          (data as Data).nodes!.map(({ id, members: { nodes } }) => [id, ...sorted(nodes.map(({ email }) => email!))]),
        ),
    },
  ];
}

/** So many of them, far apart, others for another `nth`: of all projects and teams. */
function spread(groups: readonly TrueGroup[], count: number, nth: number): TrueGroup[] {
  const step = groups.length / count;
  return Array.from({ length: count }, (_, at) => groups[Math.floor(at * step + nth) % groups.length]!);
}

function bodyOf(operationName: string, query: string, variables: object): string {
  return JSON.stringify({ operationName, query, variables });
}

type Told = readonly string[];

function toldWhole({ id, name, members: people }: TrueGroup): Told {
  return [id, name, ...sorted(people.map((person) => [person.id, person.name, person.email].join(' ')))];
}

function answeredWhole({ id, name, members: { nodes } }: AnsweredGroup): Told {
  return [id, name ?? '', ...sorted(nodes.map((person) => [person['id'], person['name'], person['email']].join(' ')))];
}

function toldShort({ shortId, members: people }: TrueGroup): Told {
  return [shortId, ...sorted(people.map(({ email }) => email))];
}

function sorted(texts: readonly string[]): string[] {
  return [...texts].sort();
}

/** The groups in one order, so that only what is told counts. */
function digestOf(groups: readonly Told[]): string {
  const lines = groups.map((group) => JSON.stringify(group)).sort();
  return `${groups.length} groups, ${createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 16)}`;
}
