import {
  defaultFieldResolver,
  getNamedType,
  getNullableType,
  isAbstractType,
  isLeafType,
  isNonNullType,
  isObjectType,
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
} from 'graphql';
import { AskedById } from './by-id.js';
import { isText, writeText } from './leaves.js';
import { chosen, type Plan } from './plan.js';
import { isPromise, joined, type Place, type Run, type Text, type Values } from './run.js';
import { keepTold, signOf, toldBefore, type Sign, type Tellable } from './signs.js';
import { completeOf, type Complete } from './values.js';

/** Choices of more fields are written anew each time. */
const mostSigned = 60;
/** So are those whose words are longer: keys are a client's own, and what is written of each row would be as long. */
const longestSigned = 2_000;

/** Words that only the same fields have, and how many fields they tell. */
interface Words {
  readonly text: string;
  readonly count: number;
}

/** Those of several, as long as they tell no more fields than so many. */
function wordsOf<Part>(
  parts: readonly Part[],
  tell: (part: Part, most: number) => Words | null,
  most: number,
  separator: string,
): Words | null {
  const texts: string[] = [];
  let count = 0;
  for (const part of parts) {
    const words = count > most ? null : tell(part, most - count);
    if (!words) return null;
    texts.push(words.text);
    count += words.count;
  }
  return { text: texts.join(separator), count };
}

/** The fields that are chosen of one type of object, in their order. */
export class Selected {
  readonly #fields: readonly Field[];
  #sign: Sign | null | undefined;

  constructor(type: GraphQLObjectType, nodes: ReadonlyMap<string, readonly FieldNode[]>, plan: Plan) {
    this.#fields = [...nodes].map(([key, of]) => new Field(type, key, of, plan));
  }

  /** An object with these fields. */
  write(run: Run, value: unknown, place: Place | undefined): Text {
    const tellable = value as Tellable | undefined;
    const sign = tellable?.told === undefined ? null : this.sign;
    if (!tellable || !sign) return this.#write(run, value, place);
    const before = toldBefore(tellable, sign);
    if (before !== undefined) {
      run.grow(before.length);
      return before;
    }
    const { asked } = run;
    const text = this.#write(run, value, place);
    if (typeof text === 'string' && run.asked === asked) keepTold(tellable, sign, text);
    return text;
  }

  /** What stands for these fields; null where what they tell is not in the values alone, or they are too many. */
  get sign(): Sign | null {
    if (this.#sign === undefined) {
      const words = this.words(mostSigned);
      this.#sign = words && words.text.length <= longestSigned ? signOf(words.text) : null;
    }
    return this.#sign;
  }

  /** See `Words`; null where they tell more fields than so many, or more than their values. */
  words(most: number): Words | null {
    const own = this.#fields.length;
    const words = own > most ? null : wordsOf(this.#fields, (field, left) => field.words(left), most - own, ' ');
    return words && { text: words.text, count: own + words.count };
  }

  #write(run: Run, value: unknown, place: Place | undefined): Text {
    let whole = '';
    /** Begun with the first text that has to be waited for. */
    let texts: Text[] | null = null;
    try {
      for (const field of this.#fields) {
        const text = field.write(run, value, place);
        if (texts) texts.push(text);
        else if (typeof text !== 'string') texts = whole === '' ? [text] : [whole, text];
        else whole = whole === '' ? text : `${whole},${text}`;
      }
    } catch (error) {
      if (!texts) throw error;
      const fail = () => Promise.reject(error);
      return Promise.all(texts).then(fail, fail);
    }
    return texts ? joined(texts, '{', '}') : `{${whole}}`;
  }
}

const notThere = Symbol('not there');

/** One field that is chosen of one type of object. */
export class Field {
  readonly #definition: GraphQLField<unknown, unknown> | undefined;
  readonly #head: string;
  readonly #mayBeNull: boolean;
  readonly #isLeaf: boolean;
  readonly #complete: Complete;
  /** The property that the field is, if it is nothing but that: of the value, or of its row where that is known. */
  readonly #property: string | null;
  readonly #ofRow: boolean;
  /** Whether it is a property that is told as a text, should it be one. */
  readonly #isText: boolean;
  /** Null where it gives nothing by ids. */
  readonly byId: AskedById | null;
  readonly #selected = new Map<GraphQLObjectType, Selected>();

  constructor(
    readonly type: GraphQLObjectType,
    readonly key: string,
    readonly nodes: readonly FieldNode[],
    readonly plan: Plan,
  ) {
    const { value: name } = nodes[0]!.name;
    this.#definition = type.getFields()[name];
    const { resolve = defaultFieldResolver, extensions = {} } = this.#definition ?? {};
    this.#head = `${JSON.stringify(key)}:`;
    this.#ofRow = extensions['ofRow'] === true;
    this.#property = this.#definition && (this.#ofRow || resolve === defaultFieldResolver) ? name : null;
    this.#isText = this.#property !== null && isText(getNullableType(this.#definition!.type));
    const { byId } = extensions;
    this.byId = typeof byId === 'string' ? new AskedById(nodes, plan.carried, byId) : null;
    this.#mayBeNull = this.#definition ? !isNonNullType(this.#definition.type) : false;
    this.#isLeaf = !this.#definition || isLeafType(getNamedType(this.#definition.type));
    this.#complete = this.#definition ? completeOf(this.#definition.type, this) : () => JSON.stringify(type.name);
  }

  get title(): string {
    return `${this.type.name}.${this.nodes[0]!.name.value}`;
  }

  /** The key and the value of the field. */
  write(run: Run, source: unknown, parent: Place | undefined): Text {
    return this.#plainly(run, source) ?? this.#write(run, source, parent);
  }

  /** The same of a text that is a property and nothing else, which most values are; null where there is more to it. */
  #plainly(run: Run, source: unknown): string | null {
    if (!this.#isText) return null;
    const value = this.#propertyOf(source);
    if (typeof value !== 'string') return null;
    const text = writeText(value);
    run.grow(this.#head.length + text.length);
    return this.#head + text;
  }

  #write(run: Run, source: unknown, parent: Place | undefined): Text {
    const place = { prev: parent, key: this.key, typename: this.type.name };
    try {
      const value = this.#valueOf(run, source, place);
      const text = isPromise(value)
        ? value.then((come) => this.#complete(run, come, place))
        : this.#complete(run, value, place);
      run.grow(this.#head.length + (this.#isLeaf && typeof text === 'string' ? text.length : 0));
      if (typeof text === 'string') return this.#head + text;
      return text
        .catch((error: unknown) => run.failed(error, this.nodes, this.#mayBeNull, place))
        .then((written) => this.#head + written);
    } catch (error) {
      return this.#head + run.failed(error, this.nodes, this.#mayBeNull, place);
    }
  }

  /** The fields chosen of a type of object that is the field's value. */
  selectedOf(type: GraphQLObjectType): Selected {
    let selected = this.#selected.get(type);
    if (!selected) {
      const sets = this.nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
      this.#selected.set(type, (selected = new Selected(type, chosen(this.plan, type, sets), this.plan)));
    }
    return selected;
  }

  /** The same of one field. */
  words(most: number): Words | null {
    const own = `${this.title}:${this.key}`;
    if (!this.#definition) return { text: own, count: 0 };
    if (this.#property === null || this.nodes[0]!.arguments?.length) return null;
    const named = getNamedType(this.#definition.type);
    if (isLeafType(named)) return { text: own, count: 0 };
    const types = isAbstractType(named)
      ? this.plan.carried.schema.getPossibleTypes(named)
      : [named].filter(isObjectType);
    const words = wordsOf(types, (type, left) => this.selectedOf(type).words(left), most, '|');
    return words && { text: `${own}{${words.text}}`, count: words.count };
  }

  #valueOf(run: Run, source: unknown, place: Place): unknown {
    const property = this.#property === null ? notThere : this.#propertyOf(source);
    if (property !== notThere && typeof property !== 'function') return property;
    const definition = this.#definition;
    if (!definition) return this.type;
    run.asked += 1;
    const { resolve = defaultFieldResolver } = definition;
    const ask = (args: Values) => resolve(source, args, run.context as never, this.#info(run, place));
    const args = run.argumentsOf(definition, this.nodes[0]!);
    return this.byId ? this.byId.values(run, args, ask) : ask(args);
  }

  /** `notThere` where the row is not known that it would be a property of. */
  #propertyOf(source: unknown): unknown {
    const of = this.#ofRow ? (source as { readonly row?: unknown }).row : source;
    return of === undefined ? notThere : (of as Readonly<Record<string, unknown>> | null)?.[this.#property!];
  }

  #info({ carried, variables }: Run, path: Place): GraphQLResolveInfo {
    return {
      fieldName: this.#definition!.name,
      fieldNodes: this.nodes,
      returnType: this.#definition!.type,
      parentType: this.type,
      path,
      schema: carried.schema,
      fragments: carried.fragments,
      rootValue: undefined,
      operation: carried.operation,
      variableValues: variables,
    } as GraphQLResolveInfo;
  }
}
