// @ts-check
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { CODEC, SOLVER, WEBGPU } from './offline-list.mjs';

/**
 * A file of a part: `[path, bytes]`, and its sha256 where the store of models keeps it by content.
 * @typedef {[path: string, bytes: number, sha256?: string]} PartFile
 */

/**
 * What "Keep everything" offers to keep. `store` says where: with the pages, or with the models. A part that needs
 * WebGPU is of no use without it.
 * @typedef {{ id: string; label: string; store: 'pages' | 'models'; needs?: 'webgpu'; files: PartFile[] }} OfflinePart
 */

/** @typedef {import('./offline-list.mjs').BuiltFile} BuiltFile */

/**
 * Everything that the page can be asked for, in parts.
 * @param {Readonly<Record<string, BuiltFile>>} bundle by file name
 * @param {string} root the repository
 * @returns {OfflinePart[]}
 */
export function offlineParts(bundle, root) {
  const built = Object.entries(bundle)
    .filter(([name]) => /^assets\/|^\w[\w-]*\.html$/.test(name) && !name.endsWith('.map'))
    .map(([name, file]) => /** @type {PartFile} */ ([name, sizeOf(file)]));
  const others = filesOf(join(root, 'public'))
    // Nothing of the page asks for the eye yet.
    .filter((path) => !/^(models|measures|lm|eye)\//.test(path))
    .map((path) => /** @type {PartFile} */ ([path, statSync(join(root, 'public', path)).size]));
  /** @param {RegExp} pattern @param {readonly PartFile[]} from */
  const matching = (pattern, from) => from.filter(([name]) => pattern.test(name));
  // The models that read writing (.onnx) are kept once they were used, by the store of models.
  const rest = built.filter(([name]) => !/\.(wasm|bin|onnx|txt)$/.test(name) && !WEBGPU.test(name));
  const page = /** @type {PartFile} */ (['./', sizeOf(bundle['index.html'])]);
  /** @type {OfflinePart[]} */
  const pages = [
    {
      id: 'app',
      label: 'The page and its lessons',
      store: 'pages',
      files: [
        page,
        ...rest.filter(([name]) => name !== 'index.html'),
        ...others.filter(([name]) => !name.startsWith('samples/')),
      ],
    },
    {
      id: 'runtime',
      label: 'Runtime of models',
      store: 'pages',
      files: matching(/\.wasm$/, built).filter(
        ([name]) => !WEBGPU.test(name) && !CODEC.test(name) && !SOLVER.test(name),
      ),
    },
    {
      id: 'codecs',
      label: 'AVIF and JPEG XL, to compare with',
      store: 'pages',
      files: matching(CODEC, built),
    },
    { id: 'solver', label: 'Solver of an experiment', store: 'pages', files: matching(SOLVER, built) },
    {
      id: 'webgpu',
      label: 'The same for graphics processors',
      store: 'pages',
      needs: 'webgpu',
      files: matching(WEBGPU, built),
    },
    { id: 'tokenizers', label: 'Tokenizers', store: 'pages', files: matching(/\.bin$/, built) },
    { id: 'samples', label: 'Sample pictures', store: 'pages', files: matching(/^samples\//, others) },
  ];
  return [...pages, ...modelParts(root)].filter(({ files }) => files.length > 0);
}

/**
 * Image models, each with what it alone needs; what several share; the learned measures; and language models.
 * @param {string} root
 */
function modelParts(root) {
  const models = manifestsIn(root, 'models', 'manifest.json');
  const measures = manifestsIn(root, 'measures', 'measure.json');
  const language = manifestsIn(root, 'lm', 'manifest.json');
  const uses = new Map();
  for (const { files } of models) for (const [path] of files) uses.set(path, (uses.get(path) ?? 0) + 1);
  const shared = new Map(
    models.flatMap(({ files }) =>
      files.filter(([path]) => uses.get(path) > 1).map((file) => [file[0], file]),
    ),
  );
  /** @type {OfflinePart[]} */
  const parts = models.map(({ id, label, files }) => ({
    id: `model-${id}`,
    label,
    store: 'models',
    files: files.filter(([path]) => !shared.has(path)),
  }));
  return [
    {
      id: 'shared',
      label: sharedLabel(models, shared),
      store: /** @type {const} */ ('models'),
      files: [...shared.values()],
    },
    ...parts,
    {
      id: 'measures',
      label: 'Learned distance',
      store: /** @type {const} */ ('models'),
      files: measures.flatMap(({ files }) => files),
    },
    ...language.map(({ id, label, files }) => ({
      id: `language-model-${id}`,
      label: `Language model: ${label}`,
      store: /** @type {const} */ ('models'),
      files,
    })),
  ];
}

/** @param {readonly { label: string; files: PartFile[] }[]} models @param {ReadonlyMap<string, unknown>} shared */
function sharedLabel(models, shared) {
  const names = models
    .filter(({ files }) => files.some(([path]) => shared.has(path)))
    .map(({ label }) => label);
  return `Shared by ${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** @param {string} root @param {string} folder of public/ @param {string} name */
function manifestsIn(root, folder, name) {
  const base = join(root, 'public', folder);
  if (!existsSync(base)) return [];
  return readdirSync(base)
    .filter((id) => existsSync(join(base, id, name)))
    .sort()
    .map((id) => {
      const text = readFileSync(join(base, id, name));
      const manifest = JSON.parse(text.toString('utf8'));
      /** @type {Map<string, PartFile>} */
      const files = new Map([[`${folder}/${id}/${name}`, [`${folder}/${id}/${name}`, text.length]]]);
      for (const { path, from, bytes, sha256 } of filesIn(manifest)) {
        const address = posix.join(folder, id, from ?? path);
        files.set(address, [address, bytes, sha256]);
      }
      return { id, label: String(manifest.label ?? id), files: [...files.values()] };
    });
}

/**
 * Every file that a manifest names, wherever in it.
 * @param {unknown} value
 * @returns {{ path: string; from?: string; bytes: number; sha256: string }[]}
 */
function filesIn(value) {
  if (typeof value !== 'object' || value === null) return [];
  const { path, bytes, sha256 } = /** @type {Record<string, unknown>} */ (value);
  if (typeof path === 'string' && typeof bytes === 'number' && typeof sha256 === 'string') {
    return [/** @type {{ path: string; from?: string; bytes: number; sha256: string }} */ (value)];
  }
  return Object.values(value).flatMap(filesIn);
}

/** @param {string} folder @returns {string[]} */
function filesOf(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort();
}

/** @param {BuiltFile | undefined} file */
function sizeOf(file) {
  const content = file?.code ?? file?.source ?? '';
  return typeof content === 'string' ? Buffer.byteLength(content) : content.length;
}
