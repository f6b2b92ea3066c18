// @ts-check
import { existsSync } from 'node:fs';
import { inRoot } from './paths.mjs';
import { precompress } from './precompress.mjs';
import { fail, run } from './run.mjs';
import { ensureFresh } from './stamp.mjs';

const tool = ['package-lock.json', 'vite.config.ts', 'scripts/lib'];

const catalog = ['src/catalog/tokenizers', 'src/catalog/tokenizers.ts'];

/** Compiles the vocabularies and the Universal Declaration from their sources into generated/, where they are stale. */
export async function ensureVocabularies() {
  await ensureDeclaration();
  const script = 'scripts/vocabularies/build.mjs';
  if (!existsSync(inRoot(script))) return;
  await ensureFresh({
    name: 'vocabularies',
    output: 'generated/vocabularies',
    inputs: ['scripts/vocabularies', 'src/core', 'src/tokenizers', ...catalog, 'data/tokenizers', ...tool],
    build: () => quietly('Compiling vocabularies', process.execPath, [script]),
  });
}

async function ensureDeclaration() {
  const script = 'scripts/declaration/build.mjs';
  if (!existsSync(inRoot(script))) return;
  await ensureFresh({
    name: 'declaration',
    output: 'generated/declaration/articles.pack',
    inputs: ['scripts/declaration', 'src/catalog/declaration.ts', ...tool],
    build: () => quietly('Compiling the Universal Declaration', process.execPath, [script]),
  });
}

/** Builds the app into dist/ where it is stale. Messages go to standard error. */
export async function ensureBuilt() {
  await ensureVocabularies();
  await ensureFresh({
    name: 'app',
    output: 'dist/index.html',
    inputs: ['src', 'public', 'generated', 'index.html', 'embed.html', 'tsconfig.json', ...tool],
    settings: process.env['VITE_PUBLIC_URL'] ?? '',
    build: async () => {
      await quietly('Building the app', 'vite', ['build', '--logLevel', 'warn']);
      await precompress(inRoot('dist'));
    },
  });
}

/**
 * Builds a TypeScript program for Node where it is stale, and the vocabularies that it may load.
 * @param {string} name the bundle's folder in dist-cli/
 * @param {string} entry for example `src/cli/main.ts`
 * @param {readonly string[]} inputs
 * @returns {Promise<string>} the file to import
 */
export async function ensureProgram(name, entry, inputs) {
  await ensureVocabularies();
  return await buildProgram(name, entry, [...inputs, 'generated']);
}

/**
 * The same without the vocabularies (vite SSR; node_modules stay outside).
 * @param {string} name
 * @param {string} entry
 * @param {readonly string[]} inputs
 * @returns {Promise<string>}
 */
export async function buildProgram(name, entry, inputs) {
  const output = `dist-cli/${name}/main.mjs`;
  await ensureFresh({
    name: `program-${name}`,
    output,
    inputs: [...inputs, 'tsconfig.json', ...tool],
    build: async () => {
      const { build } = await import('vite');
      await build({
        root: inRoot(),
        configFile: false,
        logLevel: 'error',
        build: {
          ssr: inRoot(entry),
          outDir: inRoot('dist-cli', name),
          emptyOutDir: true,
          copyPublicDir: false,
          target: 'node20',
          // A file of its own: Node reads the map only for stack traces, where it is asked to, but an inline one with the code.
          sourcemap: true,
          rolldownOptions: { output: { entryFileNames: 'main.mjs', chunkFileNames: '[name]-[hash].mjs' } },
        },
      });
    },
  });
  return inRoot(output);
}

/**
 * Runs a build step; shows its output only where it fails.
 * @param {string} title
 * @param {string} command
 * @param {readonly string[]} args
 */
async function quietly(title, command, args) {
  console.error(`${title} ...`);
  const { code, output } = await run(command, args, { quiet: true });
  if (code !== 0) fail(`${output}\n${title} failed (see above).`);
}
