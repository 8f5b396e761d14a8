/** Every regular expression that a file of TypeScript writes down, found in its syntax tree. */
import { parseAst } from 'vite';

/** Where a regular expression stands, and what it says; `source` is null where only the running program knows. */
export interface Written {
  readonly file: string;
  readonly line: number;
  readonly source: string | null;
  readonly flags: string;
}

interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

/** Methods of texts that make a regular expression of a text that they are given. */
const compiling = new Set(['match', 'matchAll', 'search']);

export function regexesIn(file: string, text: string): Written[] {
  const tree = parseAst(text, { lang: file.endsWith('x') ? 'tsx' : 'ts' });
  return [...nodesIn(tree)].flatMap((node) => {
    const found = regexOf(node);
    return found ? [{ file, line: text.slice(0, node.start).split('\n').length, ...found }] : [];
  });
}

function* nodesIn(value: unknown): Generator<SyntaxNode> {
  if (Array.isArray(value)) for (const one of value) yield* nodesIn(one);
  else if (typeof value === 'object' && value !== null && !(value instanceof RegExp)) {
    if ('type' in value) yield value as SyntaxNode;
    for (const inside of Object.values(value)) yield* nodesIn(inside);
  }
}

function regexOf(node: SyntaxNode): Pick<Written, 'source' | 'flags'> | null {
  if (node.type === 'Literal' && node.regex) {
    const { pattern, flags } = node.regex as { pattern: string; flags: string };
    return { source: pattern, flags };
  }
  if (node.type !== 'NewExpression' && node.type !== 'CallExpression') return null;
  const [pattern, flags] = node.arguments as SyntaxNode[];
  if (!pattern || !compiles(node.callee as SyntaxNode, pattern)) return null;
  // A literal that is handed on stands for itself.
  if (pattern.type === 'Literal' && pattern.regex) return null;
  return { source: textOf(pattern), flags: (flags && textOf(flags)) ?? '' };
}

function compiles(callee: SyntaxNode, pattern: SyntaxNode): boolean {
  if (callee.type === 'Identifier') return callee.name === 'RegExp';
  if (callee.type !== 'MemberExpression') return false;
  const { name } = callee.property as { name?: string };
  // What a variable holds there may be either; a regular expression is then found where it is written.
  return name === 'RegExp' || (compiling.has(name ?? '') && textOf(pattern) !== null);
}

function textOf(node: SyntaxNode): string | null {
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node.type !== 'TemplateLiteral' || (node.expressions as unknown[]).length > 0) return null;
  const [quasi] = node.quasis as { value: { cooked: string } }[];
  return quasi!.value.cooked;
}
