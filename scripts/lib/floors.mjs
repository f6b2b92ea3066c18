// @ts-check
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';

/**
 * @typedef {object} Floor
 * @property {readonly string[]} below floors that it may import, besides itself
 * @property {readonly string[]} [packages] packages that it must not import, by the beginning of their names
 * @property {boolean} [rooms] whether its folders are rooms that must not import each other
 * @property {boolean} [stateless] whether a module may hold no state of its own (variables, stores, growing maps)
 * @property {string} why the reason shown when one of its rules is broken
 */

const REACT = ['react', 'react-dom', 'zustand'];
const ORT = ['onnxruntime-web', 'onnxruntime-common', 'onnxruntime-node'];
const PURE = ['core'];
const ENGINE = [...PURE, 'measures', 'tokenizers', 'engine'];
const VIEWS = [...ENGINE, 'ui', 'catalog', 'views'];

/**
 * The floors of src/. Imports go down only: `app | cli -> labs -> experiments -> views -> ui, catalog -> engine ->
 * measures, tokenizers -> core`. `package` stands beside them on the catalogue; the command line builds on it.
 * @type {Readonly<Record<string, Floor>>}
 */
export const floors = {
  core: {
    below: [],
    packages: [...REACT, ...ORT],
    why: 'core is plain TypeScript and knows nothing above it',
  },
  measures: { below: PURE, packages: [...REACT, ...ORT], why: 'a measure depends on core alone' },
  tokenizers: { below: PURE, packages: [...REACT, ...ORT], why: 'the text algorithms depend on core alone' },
  engine: { below: ENGINE, packages: REACT, why: 'engine runs things: no React, no state of the page' },
  catalog: { below: ENGINE, packages: REACT, why: 'a catalogue entry is data' },
  ui: { below: PURE, packages: ['zustand', ...ORT], why: 'ui knows nothing of tokens or pictures' },
  views: {
    below: VIEWS,
    packages: ['zustand', ...ORT],
    stateless: true,
    why: 'a view is given all it shows: no store of its own',
  },
  experiments: {
    below: VIEWS,
    packages: ORT,
    rooms: true,
    stateless: true,
    why: 'an experiment builds on views',
  },
  labs: {
    below: [...VIEWS, 'experiments'],
    packages: ORT,
    rooms: true,
    stateless: true,
    why: 'a lab is an instance, and knows no other lab',
  },
  app: { below: [...VIEWS, 'experiments', 'labs'], packages: ORT, stateless: true, why: 'app composes labs' },
  package: {
    below: [...ENGINE, 'catalog'],
    packages: REACT,
    stateless: true,
    why: 'the package is the engine and the catalogue, without the page',
  },
  cli: {
    below: [...ENGINE, 'catalog', 'package', 'experiments', 'labs'],
    packages: REACT,
    why: 'the command line builds on experiments, package, catalog and engine',
  },
};

/** Files outside the rooms of a floor: the contract that all rooms share. */
const isRoom = (/** @type {string} */ name) => !/\.tsx?$/.test(name);

// Imports, exports from elsewhere, dynamic imports, and workers (`new URL('./x.worker.ts', import.meta.url)`).
const SPECIFIER =
  /(?:^|\s)(?:import|export)\s(?:[^'"`;]*?\sfrom\s)?\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]|new URL\(\s*['"](\.[^'"]+)['"]/gm;
const MODULE_STATE =
  /^(?:export )?(?:let \w+|const \w+(?:: [^=\n]+)? = (?:create|createStore|signal)\b|const \w+(?:: [^=\n]+)? = new (?:Weak)?(?:Map|Set)(?:<.*>)?\(\))/gm;

/**
 * What is wrong with one file of src/, in sentences.
 * @param {string} path from the repository's root, with forward slashes: `src/labs/image/store.ts`
 * @param {string} source
 * @returns {string[]}
 */
export function findFloorFaults(path, source) {
  const [, floor = '', room = ''] = path.split('/');
  if (!Object.hasOwn(floors, floor)) return [`${path} is on no floor: src/${floor} is not known.`];
  const rules = /** @type {Floor} */ (floors[floor]);
  const isTest = /\.test\.tsx?$|\/testing\//.test(path);
  /** @type {string[]} */
  const faults = [];
  const fault = (/** @type {string} */ what) => faults.push(`${path} ${what}: ${rules.why}.`);
  for (const match of source.matchAll(SPECIFIER)) {
    const specifier = match[1] ?? match[2] ?? match[3] ?? '';
    if (!specifier.startsWith('.')) {
      const refused = (rules.packages ?? []).some((name) => `${specifier}/`.startsWith(`${name}/`));
      if (refused && !isTest) fault(`imports ${specifier}`);
      continue;
    }
    const target = posix.join(posix.dirname(path), specifier).split('/');
    if (target[0] !== 'src') continue;
    const [, other = '', otherRoom = ''] = target;
    if (other !== floor && !rules.below.includes(other)) fault(`imports ${specifier}`);
    const isShared = isTest && otherRoom === 'testing';
    if (
      other === floor &&
      rules.rooms &&
      isRoom(room) &&
      target.length > 3 &&
      otherRoom !== room &&
      !isShared
    ) {
      fault(`imports ${specifier}`);
    }
  }
  if (rules.stateless && !isTest) {
    for (const [state] of source.matchAll(MODULE_STATE)) fault(`has "${state}" at module level`);
  }
  return faults;
}

/**
 * The same for every TypeScript file below src/.
 * @param {string} root the repository's root
 * @returns {string[]}
 */
export function findAllFloorFaults(root) {
  return readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .map((name) => posix.join('src', ...name.split(/[\\/]/)))
    .filter((path) => /\.tsx?$/.test(path) && statSync(join(root, path)).isFile())
    .flatMap((path) => findFloorFaults(path, readFileSync(join(root, path), 'utf8')));
}
