import { decodeUtf8 } from '../../src/core/text/utf8';
import { unpackPipeline } from '../../src/tokenizers/compiled/pipeline-format';
import type { TokenizerSpec } from '../../src/tokenizers/spec';
import { gunzip, readCompiledVocabulary } from '../../src/tokenizers/vocabulary';

/**
 * A tokenizer.json that means the same as a rank vocabulary, for peers that read nothing else.
 * Merges in rank order; byte-level letters as GPT-2 introduced them.
 */
export async function huggingFaceJson(
  spec: Extract<TokenizerSpec, { kind: 'bpe-ranks' }>,
  file: Uint8Array,
): Promise<object> {
  const { vocabulary, leftLengths } = await readCompiledVocabulary(spec.vocabulary, file);
  const letters = byteLetters();
  const spell = (bytes: Uint8Array) => Array.from(bytes, (byte) => letters[byte]).join('');
  const vocab: Record<string, number> = {};
  const merges: [string, string][] = [];
  for (let id = 0; id < vocabulary.size; id++) {
    const bytes = vocabulary.bytesOf(id);
    if (bytes.length === 0) continue;
    vocab[spell(bytes)] = id;
    const left = leftLengths[id]!;
    if (left > 0) merges.push([spell(bytes.subarray(0, left)), spell(bytes.subarray(left))]);
  }
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [],
    normalizer: null,
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [
        { type: 'Split', pattern: { Regex: spec.pattern }, behavior: 'Isolated', invert: false },
        { type: 'ByteLevel', add_prefix_space: false, trim_offsets: false, use_regex: false },
      ],
    },
    post_processor: null,
    decoder: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: false, use_regex: false },
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: '',
      end_of_word_suffix: '',
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: true,
      vocab,
      merges,
    },
  };
}

/** The tokenizer.json out of which a WordPiece or WordLevel vocabulary was compiled. */
export async function wordPieceJson(name: string, file: Uint8Array): Promise<object> {
  const { json, model } = unpackPipeline(name, await gunzip(name, file));
  const vocab: Record<string, number> = {};
  for (let id = 0; id < model.vocabulary.size; id++) {
    const token = decodeUtf8(model.vocabulary.bytesOf(id));
    if (token !== '') vocab[token] = id;
  }
  return { version: '1.0', truncation: null, padding: null, ...json, model: { ...model.json, vocab } };
}

function byteLetters(): string[] {
  const letters: string[] = [];
  let next = 256;
  for (let byte = 0; byte < 256; byte++) {
    const printable = (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
    letters.push(String.fromCharCode(printable ? byte : next++));
  }
  return letters;
}
