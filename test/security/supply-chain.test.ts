import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** As far as it is looked at here, an entry of `packages` in `package-lock.json`. */
interface Locked {
  readonly version?: string;
  readonly integrity?: string;
  /** Left out where the package comes from the registry that npm is set up with. */
  readonly resolved?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
}

type Lock = Readonly<Record<string, Locked>>;

const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
const manifest = JSON.parse(read('package.json')) as Record<string, any>;
const lock = packagesOf(JSON.parse(read('package-lock.json')));

/** Licences that ask for no more than that their text goes along. */
const permissive = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'Python-2.0',
  'Unlicense',
];

/** Further licences of packages that build or test and are not shipped, each with why that is so. */
const ofTools: Readonly<Record<string, string>> = {
  'MPL-2.0 lightningcss': 'packs the style sheets of the page; nothing of it is in them',
  'CC-BY-4.0 caniuse-lite': 'which browser knows what, for the same packing',
  'PSF-2.0 argparse': 'the command line of markdown-it, which the page does not have',
};

function packagesOf({ packages }: { packages: Record<string, Locked> }): Lock {
  return Object.fromEntries(Object.entries(packages).filter(([path]) => path !== ''));
}

const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
const isShipped = ({ dev, devOptional }: Locked) => !dev && !devOptional;

/** What npm would be free to choose. */
function inexact(versions: Readonly<Record<string, string>>): string[] {
  return Object.entries(versions)
    .filter(([, version]) => !/^\d+\.\d+\.\d+(-[0-9a-z.-]+)?$/.test(version))
    .map(([name, version]) => `${name} ${version}`);
}

/** Packages of which another byte would be taken too, or that come from elsewhere than a registry. */
function unsealed(packages: Lock): string[] {
  return Object.entries(packages)
    .filter(
      ([, { integrity, resolved, link }]) =>
        link ||
        !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? '') ||
        (resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/')),
    )
    .map(([path]) => path);
}

/** Packages that run something when they are installed, and of which nobody has said whether they may. */
function unjudged(packages: Lock, judged: Readonly<Record<string, boolean>>): string[] {
  return Object.entries(packages)
    .filter(([path, { hasInstallScript }]) => hasInstallScript && !Object.hasOwn(judged, nameOf(path)))
    .map(([path]) => path);
}

/** Packages whose licence is not of the list, in full or, where there is a choice, in one part. */
function unlicensed(packages: Lock): string[] {
  return Object.entries(packages)
    .filter(([path, entry]) => !isAllowed(entry.license) && (isShipped(entry) || !isException(path, entry)))
    .map(([path, { license }]) => `${path} ${license}`);
}

function isAllowed(license = ''): boolean {
  const bare = license.replace(/^\((.*)\)$/, '$1');
  if (bare.includes(' OR ')) return bare.split(' OR ').some((one) => isAllowed(one));
  return bare.split(' AND ').every((one) => permissive.includes(one));
}

const isException = (path: string, { license }: Locked) =>
  Object.keys(ofTools).some((known) => `${license} ${nameOf(path)}`.startsWith(known));

/** How many copies there are of a package. */
const copies = (packages: Lock, name: string) => Object.keys(packages).filter((path) => nameOf(path) === name).length;

describe('every package', () => {
  it('that we name has one exact version, and is locked at it', () => {
    const named = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.overrides };
    const elsewhere = Object.entries(named).filter(
      ([name, version]) => lock[`node_modules/${name}`]?.version !== version,
    );

    expect(inexact(named)).toEqual([]);
    expect(elsewhere).toEqual([]);
  });

  it('comes from the registry and is sealed with a sum', () => {
    expect(Object.keys(lock).length).toBeGreaterThan(800);
    expect(unsealed(lock)).toEqual([]);
  });

  it('runs nothing when it is installed, unless package.json says that it may', () => {
    const scripted = new Set(
      Object.entries(lock)
        .filter(([, { hasInstallScript }]) => hasInstallScript)
        .map(([path]) => nameOf(path)),
    );

    expect(unjudged(lock, manifest.allowScripts)).toEqual([]);
    expect(Object.keys(manifest.allowScripts).filter((name) => !scripted.has(name))).toEqual([]);
    expect(read('.npmrc')).toMatch(/^strict-allow-scripts=true$/m);
  });

  it('that is shipped runs nothing at all when it is installed', () => {
    const shipped = Object.entries(lock).filter(([, entry]) => isShipped(entry) && entry.hasInstallScript);

    expect(shipped.filter(([path]) => manifest.allowScripts[nameOf(path)] !== false)).toEqual([]);
  });

  it('has a licence of the list', () => {
    expect(unlicensed(lock)).toEqual([]);
    for (const known of Object.keys(ofTools)) {
      const tools = Object.entries(lock).filter(([path, { license }]) =>
        `${license} ${nameOf(path)}`.startsWith(known),
      );
      expect(tools.length).toBeGreaterThan(0);
    }
  });

  it('finds one graphql, since two would not know the types of each other', () => {
    expect(copies(lock, 'graphql')).toBe(1);
  });
});

describe('would be seen:', () => {
  const sealed = { integrity: lock['node_modules/graphql']!.integrity };
  const other = (entry: Locked): Lock => ({ 'node_modules/other': { ...sealed, license: 'MIT', ...entry } });

  it.each(['^1.2.3', '~1.2.3', '1.x', '*', 'latest', 'git+ssh://git@example.com/other.git', 'file:../other'])(
    'the version %s',
    (version) => {
      expect(inexact({ other: version })).toEqual([`other ${version}`]);
    },
  );

  it.each([
    { integrity: undefined },
    { integrity: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' },
    { resolved: 'http://registry.npmjs.org/other/-/other-1.0.0.tgz' },
    { resolved: 'https://example.com/other.tgz' },
    { resolved: 'git+ssh://git@github.com/example/other.git#0123456' },
    { link: true },
  ])('a package that is locked as %j', (entry) => {
    expect(unsealed(other(entry))).toEqual(['node_modules/other']);
    expect(unsealed(other({}))).toEqual([]);
  });

  it.each([undefined, 'UNLICENSED', 'GPL-3.0-only', 'AGPL-3.0', '(MIT AND GPL-2.0)', 'SEE LICENSE IN LICENSE'])(
    'the licence %s',
    (license) => {
      expect(unlicensed(other({ license }))).toHaveLength(1);
      expect(unlicensed(other({ license, dev: true }))).toHaveLength(1);
    },
  );

  it('a licence of a tool in what is shipped', () => {
    const lightningcss = { ...sealed, license: 'MPL-2.0' };

    expect(unlicensed({ 'node_modules/lightningcss': lightningcss })).toHaveLength(1);
    expect(unlicensed({ 'node_modules/lightningcss': { ...lightningcss, dev: true } })).toEqual([]);
  });

  it('a script that nobody has judged, also of a package within another', () => {
    const packages = { 'node_modules/some/node_modules/other': { ...sealed, hasInstallScript: true } };

    expect(unjudged(packages, {})).toEqual(['node_modules/some/node_modules/other']);
    expect(unjudged(packages, { other: false })).toEqual([]);
  });

  it('a second graphql', () => {
    expect(copies({ ...lock, 'node_modules/some/node_modules/graphql': sealed }, 'graphql')).toBe(2);
  });
});
