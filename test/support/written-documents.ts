/** Queries of our own schema as chance will have them. */
import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInputObjectType,
  isNonNullType,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
} from 'graphql';
import { Chance } from './chance.js';
import type { Operation } from './executed.js';

/** As long as a document is being written. */
interface Writing {
  /** Definitions and values of its variables, by name. */
  readonly variables: Map<string, { readonly definition: string; readonly value: unknown }>;
  /** Whole fragments by name, with the type that they are about. */
  readonly fragments: Map<string, { readonly type: string; readonly text: string }>;
  /** The arguments of a field are the same wherever it stands, so that it may stand twice. */
  readonly arguments: Map<string, string>;
}

const mostSelections = 5;
const sourceNames = ['updraft', 'velt', 'testrail', 'tiledesk', 'asa', 'nobody'];

/** Writes a query; `ids` are those that it may ask for. The same seed, the same query. */
export function writtenQuery(schema: GraphQLSchema, ids: readonly string[], seed: number): Operation {
  return new Writer(schema, ids, new Chance(seed)).query();
}

class Writer {
  readonly #writing: Writing = { variables: new Map(), fragments: new Map(), arguments: new Map() };

  constructor(
    readonly schema: GraphQLSchema,
    readonly ids: readonly string[],
    readonly chance: Chance,
  ) {}

  query(): Operation {
    const set = this.#set(this.schema.getQueryType()!, 4);
    const { variables, fragments } = this.#writing;
    const used = [...variables].filter(([name]) =>
      [set, ...[...fragments.values()].map(({ text }) => text)].some((text) => new RegExp(`\\$${name}\\b`).test(text)),
    );
    const definitions = used.map(([name, { definition }]) => `$${name}: ${definition}`);
    const head = definitions.length > 0 ? `query Written(${definitions.join(', ')})` : 'query Written';
    const spread = [...fragments].map(([name, { type, text }]) => `fragment ${name} on ${type} ${text}`);
    return {
      text: [`${head} ${set}`, ...spread].join('\n'),
      variables: Object.fromEntries(used.flatMap(([name, { value }]) => (value === undefined ? [] : [[name, value]]))),
    };
  }

  #set(type: GraphQLCompositeType, depth: number): string {
    const count = this.chance.whole(1, mostSelections);
    const selections = Array.from({ length: count }, () => this.#selection(type, depth)).filter(
      (text) => text !== null,
    );
    return `{ ${selections.length > 0 ? selections.join(' ') : '__typename'} }`;
  }

  #selection(type: GraphQLCompositeType, depth: number): string | null {
    const kind = this.chance.whole(0, 9);
    if (kind === 0) return `__typename${this.#directives()}`;
    if (kind <= 2 && depth > 0) return this.#inline(type, depth - 1);
    if (kind === 3 && depth > 0) return this.#spread(type, depth - 1);
    const fields = 'getFields' in type ? Object.values(type.getFields()) : [];
    const possible = fields.filter((field) => depth > 1 || !isCompositeType(getNamedType(field.type)));
    return possible.length > 0 ? this.#field(type, this.chance.pick(possible), depth) : null;
  }

  #field(type: GraphQLCompositeType, field: GraphQLField<unknown, unknown>, depth: number): string {
    const named = getNamedType(field.type);
    // Alike keys for unlike fields make documents that are not valid, or very like others.
    const alias = this.chance.isSo(20) ? `${this.chance.pick(['x', 'my_', '_', 'idx0'])}${field.name}: ` : '';
    const below = isCompositeType(named) ? ` ${this.#set(named, depth - 1)}` : '';
    return `${alias}${field.name}${this.#arguments(type, field)}${this.#directives()}${below}`;
  }

  #inline(type: GraphQLCompositeType, depth: number): string {
    const condition = this.chance.isSo(20) ? null : this.#conditionAt(type);
    const set = this.#set(condition ?? type, depth);
    return `...${condition ? ` on ${condition.name}` : ''}${this.#directives()} ${set}`;
  }

  #spread(type: GraphQLCompositeType, depth: number): string {
    const condition = this.#conditionAt(type);
    const { fragments } = this.#writing;
    const written = [...fragments].filter((one) => one[1].type === condition.name);
    if (written.length > 0 && this.chance.isSo(50)) return `...${this.chance.pick(written)[0]}${this.#directives()}`;
    const text = this.#set(condition, depth);
    const name = `F${fragments.size}`;
    fragments.set(name, { type: condition.name, text });
    return `...${name}${this.#directives()}`;
  }

  /** A type that a fragment at this place may be about. */
  #conditionAt(type: GraphQLCompositeType): GraphQLCompositeType {
    const kinds = isAbstractType(type) ? [type, ...this.schema.getPossibleTypes(type)] : [type];
    const wider = 'getInterfaces' in type ? type.getInterfaces() : [];
    return this.chance.pick([...kinds, ...wider]);
  }

  #directives(): string {
    if (!this.chance.isSo(20)) return '';
    const one = (name: string) => ` @${name}(if: ${this.chance.isSo(20) ? this.chance.isSo(50) : this.#switch()})`;
    return this.chance.isSo(20) ? one('skip') + one('include') : one(this.chance.pick(['skip', 'include']));
  }

  #switch(): string {
    const name = `s${this.chance.whole(0, 2)}`;
    const given = this.chance.isSo(80);
    return this.#variable(name, given ? 'Boolean!' : 'Boolean! = true', given ? this.chance.isSo(50) : undefined);
  }

  #arguments(type: GraphQLCompositeType, field: GraphQLField<unknown, unknown>): string {
    const known = `${type.name}.${field.name}`;
    const { arguments: written } = this.#writing;
    let text = written.get(known);
    if (text === undefined) {
      const given = field.args.flatMap((argument) => {
        const needed = isNonNullType(argument.type) && argument.defaultValue === undefined;
        return needed || this.chance.isSo(40) ? [`${argument.name}: ${this.#value(argument, known)}`] : [];
      });
      text = given.length > 0 ? `(${given.join(', ')})` : '';
      written.set(known, text);
    }
    return text;
  }

  #value({ name, type, defaultValue }: GraphQLArgument, place: string): string {
    const value = this.#json(name, String(type));
    if (this.chance.isSo(50)) return literal(value);
    const variable = `${place.replace('.', '')}${name}`;
    if (this.chance.isSo(30)) return this.#variable(variable, `${String(type)} = ${literal(value)}`, undefined);
    if (!isNonNullType(type) && this.chance.isSo(10)) return this.#variable(variable, String(type), undefined);
    // Null for what has a default, or for what must not be null, is an error of the request.
    const isNull = this.chance.isSo(5) && defaultValue === undefined;
    return this.#variable(variable, String(type), isNull ? null : value);
  }

  #json(name: string, type: string): unknown {
    const { chance } = this;
    if (name === 'first') return chance.pick([0, 1, 2, 3, 50, -1]);
    if (name === 'after') return chance.isSo(80) ? null : 'nowhere';
    if (name === 'ids') return Array.from({ length: chance.whole(0, 4) }, () => chance.pick(this.ids));
    if (name === 'id') return chance.pick(this.ids);
    const named = this.schema.getType(type.replace(/[![\]]/g, ''));
    if (!isInputObjectType(named)) return chance.pick(sourceNames);
    return Object.fromEntries(
      Object.keys(named.getFields())
        .filter(() => chance.isSo(25))
        .map((field) => [field, this.#filter(field)]),
    );
  }

  #filter(field: string): unknown {
    const { chance } = this;
    if (field === 'sources') return [chance.pick(sourceNames), chance.pick(sourceNames)];
    if (field === 'vendors') return [new Name(chance.pick(['TESTRAIL', 'OKTA_ASA', 'VELT']))];
    if (['organization', 'project', 'member'].includes(field)) return chance.pick(this.ids);
    return chance.pick(['a', 'ana.lin@example.com', '']);
  }

  #variable(name: string, definition: string, value: unknown): string {
    const { variables } = this.#writing;
    if (!variables.has(name)) variables.set(name, { definition, value });
    return `$${name}`;
  }
}

/** A value that is written without quotation marks. */
class Name {
  constructor(readonly name: string) {}
  toJSON(): string {
    return this.name;
  }
}

function literal(value: unknown): string {
  if (value instanceof Name) return value.name;
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([key, inside]) => `${key}: ${literal(inside)}`)
    .join(', ')} }`;
}
