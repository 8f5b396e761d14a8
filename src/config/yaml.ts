import { type Document, type ErrorCode, LineCounter, parseDocument } from 'yaml';
import { ConfigError } from './problem.js';

/** What each of the parser's complaints means. Its own messages are never shown: they quote the file, and so its secrets. */
const MEANINGS: Partial<Record<ErrorCode, string>> = {
  BAD_ALIAS: 'an alias (*name) is malformed; put a text that begins with * in quotation marks',
  BAD_DIRECTIVE: 'a line that begins with % is a directive that is not known; take it out',
  BAD_DQ_ESCAPE: 'a backslash in a "text" begins no known escape; double it, or use \'single\' quotation marks',
  BAD_INDENT: 'the indentation is wrong, or a bracket is not closed; put keys of one map in one column',
  BAD_SCALAR_START: 'a value begins with a reserved character; put it in quotation marks',
  BLOCK_AS_IMPLICIT_KEY: 'a key stands where a value should; check the indentation, and quote a value that holds ": "',
  BLOCK_IN_FLOW: 'an indented block stands inside brackets; write it in brackets too',
  MISSING_CHAR: 'a quotation mark, bracket, comma or colon is missing; add it',
  MULTILINE_IMPLICIT_KEY: 'a key has no value of its own; put a colon and a blank after the key',
  MULTIPLE_DOCS: 'a second document begins; keep one',
  NON_STRING_KEY: 'a key is a map, a list or an alias; write a plain word',
  RESOURCE_EXHAUSTION: 'it is nested too deeply; write it flatter',
  TAB_AS_INDENT: 'a tab is used as indentation; use blanks',
  TAG_RESOLVE_FAILED:
    'a tag (!name) or directive (%NAME) is not known; take it out, or put the text in quotation marks',
  UNEXPECTED_TOKEN: 'something stands behind the end of a value; check quotation marks, commas and brackets',
};

const OTHERWISE = 'it is no valid YAML; check indentation, quotation marks and brackets';
const UNQUOTED_VARIABLE = 'a ${NAME} inside brackets needs quotation marks; write "${NAME}"';

/** A document without complaints, and what tells its lines. */
export interface Parsed {
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
}

/** Parses YAML 1.2, or says in one sentence on which line it is none. */
export function parseYaml(text: string, file: string): Parsed {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    logLevel: 'error',
    prettyErrors: false,
    resolveKnownTags: false,
    schema: 'core',
    stringKeys: true,
    // Asked for where the keys are read, since here it takes quadratic time.
    uniqueKeys: false,
  });
  const [first] = [...document.errors, ...document.warnings].toSorted((a, b) => a.pos[0] - b.pos[0]);
  if (first === undefined) return { document, lines };

  // A quotation mark that is missing is missed at the end of the file, behind its last line.
  const line = Math.min(lines.linePos(first.pos[0]).line, text.trimEnd().split('\n').length);
  throw new ConfigError(`${file}, line ${line}: ${meaning(first.code, text.split('\n')[line - 1] ?? '')}.`);
}

function meaning(code: ErrorCode, line: string): string {
  if (/^ *\t/.test(line)) return MEANINGS.TAB_AS_INDENT!;
  if (code === 'UNEXPECTED_TOKEN' && /[\s:,[{]\$\{/.test(line)) return UNQUOTED_VARIABLE;
  return MEANINGS[code] ?? OTHERWISE;
}
