/**
 * Puts what `tsc` compiled and the packages it uses into a few files, `dist/rollcall/`: of nearly a thousand files, most of the start was
 * finding and reading them. Nothing is minified.
 */
import { readFile, readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('.', import.meta.url));
const outdir = `${root}dist/rollcall`;

/** Types of the graph are called as their classes are, and two things of one name cannot stand in one file: the names are written down. */
const keepTypeNames = {
  name: 'keep-type-names',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]dist[\\/](schema|resolvers)[\\/].*\.js$/ }, async ({ path }) => {
      const code = await readFile(path, 'utf8');
      const named = (head, name) => `${head} static { Object.defineProperty(this, 'name', { value: '${name}' }); }`;
      return { contents: code.replace(/^let (\w+) = class \1(?: extends \w+)? \{/gm, named) };
    });
  },
};

const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: { main: 'dist/src/main.js' },
  outdir,
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  logLevel: 'warning',
  metafile: true,
  // graphql-js looks thrice at what an object is, where it is not told that this is no development.
  define: { 'globalThis.process.env.NODE_ENV': '"production"' },
  // Native code, and what packages ask for and do without.
  external: ['libsql', 'pg-native', 'class-validator'],
  plugins: [keepTypeNames],
  // Packages of the older kind ask for Node's modules by `require`.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
});

// Only now: a server that runs may still want what it has not read yet.
const built = new Set(Object.keys(metafile.outputs).map((path) => basename(path)));
for (const file of await readdir(outdir)) if (!built.has(file)) await rm(join(outdir, file));
