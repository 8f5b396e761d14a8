/** Documents made by chance of the published schema: right ones, wrong ones and broken ones. */
import fc from 'fast-check';
import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isObjectType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import { hostileTexts } from './corpus.js';
import { gid } from './gid.js';

/** Numbers that were drawn, one for each choice; where they end, the choice is always the first. */
class Tape {
  #at = 0;
  constructor(private readonly numbers: readonly number[]) {}

  below(limit: number): number {
    return limit <= 0 ? 0 : (this.numbers[this.#at++] ?? 0) % limit;
  }

  of<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)]!;
  }

  isOneIn(count: number): boolean {
    return this.below(count) === 1;
  }
}

const ids = [
  gid('testrail', 'TestRailGroup', '1'),
  gid('testrail', 'User', '3'),
  gid('velt', 'VeltUserGroup', 'org-a', 'qa'),
  gid('asa', 'Organization', 'acme'),
  gid('asa', 'User', 'acme', 'ana.lin'),
  gid('tiledesk', 'Project', '5b55e806c93dde0014000001'),
  gid('updraft', 'Project', '901'),
  gid('updraft', 'User', '1'),
];
const numbers = ['0', '1', '5', '-1', '1000', '1001', '2147483648', '1e400', '0.5'];
/** What a type does not have, or does not take. */
const odd = [
  '__typename',
  'nobody',
  '__proto__',
  'constructor',
  'id { id }',
  '... { id }',
  '...F',
  '@skip(if: true)',
  '__schema { types { name } }',
];

const quoted = (text: string) => JSON.stringify(text).replaceAll('\u007f', '\\u007f');

function valueOf(type: GraphQLInputType, tape: Tape, level = 0): string {
  if (tape.isOneIn(12)) return tape.of(['null', '{}', '[]', '$v', 'TESTRAIL', '"x"', '7', 'true', '[[["x"]]]']);
  const bare = getNullableType(type);
  if (isListType(bare))
    return `[${Array.from({ length: tape.below(4) }, () => valueOf(bare.ofType, tape, level + 1)).join(' ')}]`;
  if (isEnumType(bare)) return tape.of(bare.getValues()).name;
  if (isInputObjectType(bare)) {
    const fields = Object.values(bare.getFields()).filter(() => level < 3 && tape.below(3) > 0);
    return `{ ${fields.map((field) => `${field.name}: ${valueOf(field.type, tape, level + 1)}`).join(' ')} }`;
  }
  switch ('name' in bare ? bare.name : '') {
    case 'Int':
      return tape.of(numbers);
    case 'Boolean':
      return tape.of(['true', 'false']);
    case 'ID':
      return quoted(tape.isOneIn(3) ? tape.of(hostileTexts) : tape.of(ids));
    default:
      return quoted(tape.of(hostileTexts));
  }
}

function fieldOf(field: GraphQLField<unknown, unknown>, schema: GraphQLSchema, tape: Tape, level: number): string {
  const args = field.args.filter(({ name }) => name === 'id' || name === 'input' || tape.below(3) === 1);
  const handed = args.map(({ name, type }) => `${name}: ${valueOf(type, tape)}`).join(' ');
  const alias = tape.isOneIn(6) ? `a${tape.below(20)}: ` : '';
  const directive = tape.isOneIn(25) ? ' @include(if: $v)' : '';
  const inside = selectionOf(getNamedType(field.type), schema, tape, level + 1);
  return `${alias}${field.name}${handed === '' ? '' : `(${handed})`}${directive} ${inside}`;
}

function selectionOf(type: GraphQLNamedType, schema: GraphQLSchema, tape: Tape, level = 0): string {
  if (!isObjectType(type) && !isInterfaceType(type)) return '';
  const fields = Object.values(type.getFields());
  const deep = level > 5;
  const chosen = Array.from({ length: 1 + tape.below(level === 0 ? 3 : 4) }, () => {
    if (tape.isOneIn(15)) return tape.of(odd);
    if (isInterfaceType(type) && tape.isOneIn(3)) {
      const kind = tape.of(schema.getPossibleTypes(type));
      return deep ? '__typename' : `... on ${kind.name} ${selectionOf(kind, schema, tape, level + 1)}`;
    }
    const field = tape.of(fields);
    const isLeaf = fields.includes(field) && selectionOf(getNamedType(field.type), schema, new Tape([]), 6) === '';
    return deep && !isLeaf ? '__typename' : fieldOf(field, schema, tape, level);
  });
  return `{ ${chosen.join(' ')} }`;
}

/** Puts something into a text where nobody expects it. */
function broken(document: string, tape: Tape): string {
  const at = tape.below(document.length);
  const rubble = ['', '{', '}', '"', '"""', '...', '$', '\\', '\u0000', '\ud800', '#', '(', '@', '!', '\u{1F600}'];
  return document.slice(0, at) + tape.of(rubble) + document.slice(at + tape.below(3));
}

function documentOf(schema: GraphQLSchema, tape: Tape): string {
  const isMutation = tape.isOneIn(6);
  const root = isMutation ? schema.getMutationType()! : schema.getQueryType()!;
  const head = `${isMutation ? 'mutation' : 'query'}${tape.isOneIn(3) ? ' Q($v: Boolean = true)' : ''}`;
  const fragment = tape.isOneIn(5) ? ' fragment F on Group { id ...F }' : '';
  const document = `${head} ${selectionOf(root, schema, tape)}${fragment}`;
  return tape.isOneIn(5) ? broken(document, tape) : document;
}

/** So many documents; the same ones for the same seed. */
export function hostileDocuments(schema: GraphQLSchema, count: number, seed: number): string[] {
  const tapes = fc.array(fc.nat({ max: 1_000_000 }), { minLength: 300, maxLength: 300, size: 'max' });
  return fc.sample(tapes, { numRuns: count, seed }).map((numbers) => documentOf(schema, new Tape(numbers)));
}
