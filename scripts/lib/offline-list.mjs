// @ts-check
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/**
 * The parts of a bundle that this needs: Vite's chunks and assets.
 * @typedef {object} BuiltFile
 * @property {'chunk' | 'asset'} type
 * @property {string | null} [facadeModuleId]
 * @property {boolean} [isEntry]
 * @property {string[]} [imports]
 * @property {string[]} [dynamicImports]
 * @property {string} [code]
 * @property {string | Uint8Array} [source]
 * @property {{ importedCss: Iterable<string>; importedAssets: Iterable<string> }} [viteMetadata]
 */

/**
 * What the service worker keeps: `shell` with every lab, `labs` where that lab was opened; `all` is what the build
 * consists of; files that a later one does not list are deleted.
 * @typedef {{ all: string[]; shell: string[]; labs: Record<string, string[]> }} OfflineList
 */

/** A lab's first module, see labs/lab.ts. */
const LAB = /\/src\/labs\/([\w-]+)\/create\.tsx?$/;
/** Kept only once used: WASM works until then, and these take 27 MB. */
export const WEBGPU = /asyncify|jspi|webgpu/;
/** The codecs of AVIF and JPEG XL take 6 MB, and most visitors compare without them: kept once used, too. */
export const CODEC = /^assets\/(avif|jxl)_(enc|dec)-/;
/** The solver of linear programs takes 3.5 MB, and one experiment needs it: kept once used, too. */
export const SOLVER = /^assets\/highs-.*\.wasm$/;
/** Language models lead to the runtime of image models, which most visits of other labs do without. */
const LANGUAGE = /^assets\/lm(\.worker|-runtime)-/;
const LATER = [WEBGPU, CODEC, SOLVER, LANGUAGE];
const FONT = /-latin-(?!ext).*\.woff2$/;
/** Another page, which is kept once it was used. */
const OTHER_PAGE = /\/embed\.html$/;

/**
 * Lists what each lab needs without a network: its chunks, its workers with the runtime in them, and the data that its
 * `offline.json` names. Everything else is kept once it was used.
 * @param {Readonly<Record<string, BuiltFile>>} bundle by file name
 * @param {string} root the repository
 * @returns {OfflineList}
 */
export function offlineList(bundle, root) {
  const names = Object.keys(bundle).filter((name) => name.startsWith('assets/') && !name.endsWith('.map'));
  const labs = names.flatMap((name) => {
    const id = LAB.exec((bundle[name]?.facadeModuleId ?? '').replaceAll('\\', '/'))?.[1];
    return id === undefined ? [] : [{ id, name }];
  });
  const roots = new Set(labs.map(({ name }) => name));
  const entries = names.filter((name) => {
    const { isEntry, facadeModuleId } = bundle[name] ?? {};
    return isEntry && !OTHER_PAGE.test((facadeModuleId ?? '').replaceAll('\\', '/'));
  });
  const shell = reach(bundle, entries, roots);
  return {
    all: names.sort(),
    shell: [...shell, 'favicon.svg'].sort(),
    labs: Object.fromEntries(
      labs.map(({ id, name }) => {
        const others = new Set([...roots].filter((other) => other !== name));
        const code = [...reach(bundle, [name], others)].filter((file) => !shell.has(file));
        return [id, [...code, ...dataOf(id, names, root)].sort()];
      }),
    ),
  };
}

/**
 * Everything that files lead to, except through `closed`.
 * @param {Readonly<Record<string, BuiltFile>>} bundle
 * @param {readonly string[]} from
 * @param {ReadonlySet<string>} closed
 */
function reach(bundle, from, closed) {
  const found = new Set(from);
  for (const name of found) {
    for (const next of leadsTo(bundle, name)) {
      if (bundle[next] && !closed.has(next) && !LATER.some((kind) => kind.test(next))) found.add(next);
    }
  }
  return found;
}

/** @param {Readonly<Record<string, BuiltFile>>} bundle @param {string} name */
function leadsTo(bundle, name) {
  const file = bundle[name];
  if (!file) return [];
  const { imports = [], dynamicImports = [], viteMetadata } = file;
  const css = [...(viteMetadata?.importedCss ?? [])];
  // What Vite does not report is found in the text: workers in chunks, runtimes and further code in
  // workers, fonts in style sheets.
  const mentioned = name.endsWith('.css')
    ? FONT
    : file.type === 'chunk'
      ? /\.worker-[\w-]+\.js$/
      : /\.(wasm|m?js)$/;
  const text = textOf(file);
  const inText = Object.keys(bundle).filter(
    (other) => mentioned.test(other) && text.includes(basename(other)),
  );
  return [...imports, ...dynamicImports, ...css, ...inText];
}

/** @param {BuiltFile} file */
function textOf({ code, source }) {
  return code ?? (typeof source === 'string' ? source : Buffer.from(source ?? []).toString('latin1'));
}

/**
 * `src/labs/<id>/offline.json`: `assets` by their names before the hash, `files` of public/, in which a * stands for
 * anything.
 * @param {string} id @param {readonly string[]} names @param {string} root
 */
function dataOf(id, names, root) {
  /** @type {{ assets?: string[]; files?: string[] }} */
  const { assets = [], files = [] } = readOptional(join(root, 'src/labs', id, 'offline.json'));
  const built = assets.map((asset) => {
    const [stem = '', extension = ''] = asset.split(/(\.\w+)$/);
    const name = names.find((one) => basename(one).startsWith(`${stem}-`) && one.endsWith(extension));
    if (!name) throw new Error(`src/labs/${id}/offline.json names ${asset}, which the build does not have.`);
    return name;
  });
  return [...built, ...files.flatMap((pattern) => publicFiles(pattern, id, root))];
}

/** @param {string} pattern @param {string} id @param {string} root */
function publicFiles(pattern, id, root) {
  const [folder = '', file = ''] = pattern.split('/');
  const expression = new RegExp(`^${file.replaceAll('.', '\\.').replaceAll('*', '.*')}$`);
  const found = readdirSync(join(root, 'public', folder)).filter((name) => expression.test(name));
  if (found.length === 0) throw new Error(`src/labs/${id}/offline.json names ${pattern}: there is none.`);
  return found.map((name) => `${folder}/${name}`);
}

/** @param {string} path */
function readOptional(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return {};
    throw error;
  }
}
