import type { TrainedMerges } from './bpe';
import type { TrainedUnigram } from './unigram';
import { CONTINUING, type TrainedWordPiece } from './wordpiece';

/** A tokenizer.json, as Hugging Face's `tokenizers` reads it. */
export interface TokenizerJson {
  readonly version: '1.0';
  readonly added_tokens: readonly AddedToken[];
  readonly normalizer: object | null;
  readonly pre_tokenizer: object;
  readonly post_processor: null;
  readonly decoder: object;
  readonly model: object;
}

interface AddedToken {
  readonly id: number;
  readonly content: string;
  readonly single_word: false;
  readonly lstrip: false;
  readonly rstrip: false;
  readonly normalized: false;
  readonly special: true;
}

/** Byte-level BPE and SuperBPE. @param pattern how texts are divided before merging, in the library's syntax */
export function bpeJson({ names, special, merges }: TrainedMerges, pattern: string): TokenizerJson {
  const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false };
  const split = { type: 'Split', pattern: { Regex: pattern }, behavior: 'Isolated', invert: false };
  return {
    ...frame(special),
    normalizer: null,
    pre_tokenizer: { type: 'Sequence', pretokenizers: [split, byteLevel] },
    decoder: byteLevel,
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: false,
      vocab: Object.fromEntries(names.map((name, id) => [name, id])),
      merges: merges.map(([left, right]) => [names[left]!, names[right]!]),
    },
  };
}

/** Words begin with ▁; whitespace between them is one space, as in T5. The first special token is the unknown one. */
export function unigramJson({ special, pieces, scores }: TrainedUnigram): TokenizerJson {
  const metaspace = { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true };
  return {
    ...frame(special),
    normalizer: null,
    pre_tokenizer: { type: 'Sequence', pretokenizers: [{ type: 'WhitespaceSplit' }, metaspace] },
    decoder: metaspace,
    model: {
      type: 'Unigram',
      unk_id: 0,
      vocab: [...special.map((name) => [name, 0]), ...pieces.map((piece, at) => [piece, scores[at]!])],
      byte_fallback: false,
    },
  };
}

/** As BERT's: words and punctuation apart. The first special token is the unknown one. */
export function wordPieceJson(
  { names, special }: TrainedWordPiece,
  options: { readonly lowercase: boolean },
): TokenizerJson {
  return {
    ...frame(special),
    normalizer: {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase: options.lowercase,
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    decoder: { type: 'WordPiece', prefix: CONTINUING, cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: special[0],
      continuing_subword_prefix: CONTINUING,
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(names.map((name, id) => [name, id])),
    },
  };
}

function frame(special: readonly string[]) {
  const added = special.map(
    (content, id): AddedToken => ({
      id,
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    }),
  );
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: added,
    post_processor: null,
  } as const;
}
