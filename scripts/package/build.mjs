// @ts-check
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { ensureVocabularies } from '../lib/build.mjs';
import { inRoot } from '../lib/paths.mjs';
import { fail, run } from '../lib/run.mjs';
import { ensureFresh } from '../lib/stamp.mjs';
import { copyData } from './data.mjs';
import { copyDeclarations } from './declarations.mjs';
import { licencesOf } from './licences.mjs';

const OUT = 'dist-package';

/** Loaded at run time from where the package is installed, by what needs them. */
const PEERS = /^(?:onnxruntime-node|onnxruntime-web|sharp|highs)(?:\/|$)/;

/**
 * Builds the package into dist-package/ where it is stale: code, types, and the data that works without a network
 * (docs/decisions/0012-the-package.md says what that is). Messages go to standard error.
 */
export async function ensurePackage() {
  await ensureVocabularies();
  await ensureFresh({
    name: 'package',
    output: `${OUT}/text.js`,
    inputs: [
      'src',
      'public',
      'generated',
      'scripts/package',
      'scripts/lib',
      'package-lock.json',
      'tsconfig.json',
    ],
    build: async () => {
      console.error('Building the package ...');
      await buildCode();
      await buildTypes();
      copyData(inRoot(OUT));
      await writeTerms();
    },
  });
}

async function buildCode() {
  const result = await build({
    root: inRoot(),
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    define: { 'import.meta.env.TOKENOSCOPE_PACKAGE': '"yes"' },
    build: {
      outDir: OUT,
      emptyOutDir: true,
      target: 'es2023',
      minify: false,
      lib: {
        entry: {
          text: inRoot('src/package/text.ts'),
          image: inRoot('src/package/image.ts'),
          'image.node': inRoot('src/package/image.node.ts'),
          'run-process': inRoot('src/cli/run-process.ts'),
        },
        formats: ['es'],
      },
      rolldownOptions: {
        external: [/^node:/, PEERS],
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
  const outputs = [result].flat().flatMap((part) => ('output' in part ? part.output : []));
  const modules = outputs.flatMap((output) => (output.type === 'chunk' ? output.moduleIds : []));
  writeFileSync(inRoot(OUT, 'THIRD-PARTY-LICENCES.txt'), licencesOf(modules));
  const cli = inRoot(OUT, 'cli.js');
  writeFileSync(
    cli,
    "#!/usr/bin/env node\nimport { runProcess } from './run-process.js';\n\nawait runProcess();\n",
  );
  chmodSync(cli, 0o755);
}

async function buildTypes() {
  const folder = mkdtempSync(join(tmpdir(), 'tokenoscope-types-'));
  try {
    const project = inRoot('scripts/package/tsconfig.json');
    const { code, output } = await run('tsc', ['-p', project, '--outDir', folder, '--pretty', 'false'], {
      quiet: true,
    });
    if (code !== 0) fail(`${output}\nThe package's types could not be built (see above).`);
    copyDeclarations(folder, inRoot(OUT, 'types'), ['package/text.d.ts', 'package/image.d.ts']);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The terms of every vocabulary, beside them. */
async function writeTerms() {
  /** @type {typeof import('../../src/package/text')} */
  const { catalogue } = await import(pathToFileURL(inRoot(OUT, 'text.js')).href);
  const kept = catalogue.filter(({ licence }) => !licence.startsWith('None needed'));
  const lines = kept.map(({ id, label, publisher, licence, licenceUrl }) => {
    return `${id}: ${label} by ${publisher}. ${licence}: ${licenceUrl}\n`;
  });
  writeFileSync(inRoot(OUT, 'vocabularies/LICENCES.txt'), lines.join(''));
}
