import type { DatasetDescription, DatasetsDescription } from './description.js';

/** The description of the datasets as a page: no script, and nothing from anywhere else. */
export function descriptionPage({ datasets }: DatasetsDescription): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Rollcall datasets</title>
<style>${style}</style>
</head>
<body>
<header><p><a href="/">Rollcall</a></p><h1>Datasets</h1>
<p>The same data as in the graph, as flat files for spreadsheets and BI tools. Tools get this page as JSON.</p></header>
<main>${datasets.map(section).join('')}</main>
</body>
</html>
`;
}

function section({
  name,
  description,
  formats,
  parameters,
  columns,
  completeness,
  trailers,
}: DatasetDescription): string {
  return `<section id="${escaped(name)}"><h2>${escaped(name)}</h2>
<p>${prose(description)}</p>
<ul class="formats">${formats.map(formatItem).join('')}</ul>
<h3>Columns</h3>
${table(
  ['Column', 'Type', 'What it holds'],
  columns.map((column) => [code(column.name), typeOf(column), prose(column.description)]),
)}
<h3>Parameters</h3>
${table(
  ['Parameter', 'Values', 'What it does'],
  parameters.map((parameter) => [
    code(parameter.name),
    `<span class="quiet">${parameter.values.map((value) => valueOf(value, parameter.default)).join(' ')}</span>`,
    prose(parameter.description) + (parameter.repeatable ? ' May be repeated.' : ''),
  ]),
)}
<p>For example <a href="/datasets/memberships.csv?bom=on">${code('/datasets/memberships.csv?bom=on')}</a> for Excel.</p>
<h3>Is everything there?</h3>
${completeness.map((text) => `<p>${prose(text)}</p>`).join('')}
${table(
  ['Header or trailer', 'What it says'],
  trailers.map((trailer) => [code(trailer.name), prose(trailer.description)]),
)}
<p>They are headers where they are known before the first byte, and always trailers.</p></section>`;
}

function formatItem({ name, address, description }: DatasetDescription['formats'][number]): string {
  return `<li><a href="${escaped(address)}"><b>${escaped(name.toUpperCase())}</b>${code(address)}</a><span>${prose(description)}</span></li>`;
}

function typeOf({ type, nullable, values }: DatasetDescription['columns'][number]): string {
  const kinds = values ? `<br><span class="quiet">${values.map(code).join(' ')}</span>` : '';
  return `${escaped(type)}${nullable ? ', may be empty' : ''}${kinds}`;
}

function valueOf(value: string, usual: string | null): string {
  return value === usual ? `${code(value)}&nbsp;(usual)` : code(value);
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const body = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('\n');
  return `<div class="scroll"><table><thead><tr>${heads.map((head) => `<th>${head}</th>`).join('')}</tr></thead><tbody>${body}</tbody></table></div>`;
}

/** Text for people; what stands between backticks is code. */
function prose(text: string): string {
  return escaped(text).replace(/`([^`]+)`/g, '<code>$1</code>');
}

function code(text: string): string {
  return `<code>${escaped(text)}</code>`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (char) => entities[char]!);
}

const style = `
:root { color-scheme: light dark; --ink: #1d2330; --quiet: #5d6678; --line: #dfe3ea; --paper: #fff; --tint: #f4f6f9; --link: #1f5fbf; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e4e8f0; --quiet: #9aa4b5; --line: #2f3746; --paper: #151920; --tint: #1d232d; --link: #86b4ff; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 62rem; padding: 2.5rem 1.5rem 5rem; background: var(--paper); color: var(--ink);
  font: 16px/1.6 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
h1 { margin: 0; font-size: 2rem; line-height: 1.2; }
h2 { margin: 3rem 0 .5rem; font-size: 1.4rem; }
h3 { margin: 2.5rem 0 .75rem; font-size: 1.05rem; }
header p { margin: .25rem 0; color: var(--quiet); }
a { color: var(--link); text-decoration: none; }
a:hover { text-decoration: underline; }
code { padding: .1em .35em; border-radius: 4px; background: var(--tint); font: .86em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
.formats { display: grid; grid-template-columns: repeat(auto-fit, minmax(17rem, 1fr)); gap: 1rem; margin: 1.5rem 0; padding: 0; list-style: none; }
.formats li { padding: 1rem 1.1rem; border: 1px solid var(--line); border-radius: 8px; }
.formats a { display: flex; justify-content: space-between; align-items: baseline; flex-wrap: wrap; gap: 0 .75rem; }
.formats span { display: block; margin-top: .5rem; color: var(--quiet); font-size: .9rem; line-height: 1.45; }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 8px; }
table { width: 100%; border-collapse: collapse; font-size: .92rem; }
th, td { padding: .55rem .9rem; text-align: left; vertical-align: top; border-top: 1px solid var(--line); }
thead th { border-top: 0; background: var(--tint); color: var(--quiet); font-weight: 600; white-space: nowrap; }
td:first-child { white-space: nowrap; }
.quiet { color: var(--quiet); font-size: .88em; }
`;
