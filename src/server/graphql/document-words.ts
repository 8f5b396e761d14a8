import type { GraphQLError } from 'graphql';

/** As long as a message may be: five of them, with all around them, stay within 2 kB. */
const longest = 220;
const longestName = 60;

const literals = new Set<string>([
  'IntValue',
  'FloatValue',
  'StringValue',
  'BooleanValue',
  'EnumValue',
  'NullValue',
  'ListValue',
  'ObjectValue',
  'Variable',
]);

/** What the validation says when it has found enough. */
const enough = 'Too many validation errors, error limit reached. Validation aborted.';

/**
 * Whether an error is about a value that is written in the document: its words, graphql's or a scalar's, then show the value. A
 * validation that names no place repeats what a scalar said.
 */
export function isAboutLiteral({ nodes, message }: GraphQLError, code: string): boolean {
  if (nodes?.[0]) return literals.has(nodes[0].kind);
  return code === 'GRAPHQL_VALIDATION_FAILED' && message !== enough;
}

/** What is said of a value in the document: the type that it should have, and never the value. */
export function literalMessage({ message }: GraphQLError): string {
  const [, type] = expectedTypes.map((form) => form.exec(message)).find((found) => found !== null) ?? [];
  if (type === undefined) return 'A value in the document is not what is expected at its place.';
  return `A value in the document is not of the type "${type}" that is expected at its place.`;
}

/** How graphql begins or ends what it says of a value: before the value, so that no value can pretend to be a type. */
const expectedTypes = [
  /^Expected (?:value of|non-nullable) type "([\w[\]!]+)"/,
  /^Argument "\w+" of (?:required |non-null )?type "([\w[\]!]+)"/,
  /^Field "[\w.]+" of required type "([\w[\]!]+)" was not provided/,
  /^(Int|Float|String|Boolean|ID) cannot represent /,
  /^Enum "(\w+)" cannot represent /,
  /^Value "\w*" does not exist in "(\w+)" enum/,
];

/**
 * What graphql says of a document, without what the document holds: numbers and texts that the parser came upon are cut out, and
 * of what stands in quotation marks only names are kept, none longer than need be.
 */
export function withoutValues(message: string): string {
  // That name is no name of the document, and so may be anything.
  if (message.startsWith('Unknown operation named ')) return 'The document has no operation of the name that was sent.';
  const clear = message
    .replace(/\b(String|BlockString|Int|Float|Comment) "[^]*"/, '$1')
    .replace(/"([^"]*)"/g, (_whole, inside: string) => `"${isName(inside) ? shortened(inside, longestName) : '…'}"`);
  return shortened(clear, longest);
}

/** A name of the language, perhaps with what makes it a variable, a directive or a type, or a mark of its grammar. */
function isName(text: string): boolean {
  return /^[\w$@.[\]!]*$|^[{}()[\]:=|&!$@]$|^\.\.\.$|^<EOF>$/.test(text);
}

function shortened(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}
