import { decodeUtf8, encodeUtf8 } from '../../core/text/utf8';
import { letterOfByte } from '../byte-letters';
import type { JsonObject } from '../hugging-face/json';
import type { Vocabulary } from '../vocabulary';

/** How models of one kind treat text, which `vocab.json` and `merges.txt` do not say. */
export interface PairKind {
  /** A `tokenizer.json` without its model. */
  readonly json: JsonObject;
  /** The model without vocabulary and merges. */
  readonly model: JsonObject;
  /** For the user: what was assumed, and why. */
  readonly note: string;
}

const ENDING = '</w>';
const ROBERTA = ['<s>', '<pad>', '</s>', '<unk>', '<mask>'];
/** Tokens of another form are no special tokens. */
const LONGEST_SPECIAL = 64;

/**
 * Tells by their tokens whose vocabulary and merges two files hold: the first GPT's, CLIP's, RoBERTa's or, where
 * nothing says otherwise, GPT-2's.
 * @param merges ids, flat: left, right, merged
 */
export function recognisePair(vocabulary: Vocabulary, merges: Int32Array): PairKind {
  const specials = specialsOf(vocabulary, merges);
  const has = (content: string) => specials.some((token) => token.content === content);
  if (endings(vocabulary) * 10 < vocabulary.size) {
    return has('<mask>') && has('<s>') && has('</s>') ? roberta(specials) : gpt2(specials);
  }
  const isByteLevel = letterOfByte.every((letter) => idOf(vocabulary, String.fromCodePoint(letter)) >= 0);
  return isByteLevel ? clip(specials) : gpt(specials);
}

interface Special {
  readonly id: number;
  readonly content: string;
}

function gpt2(specials: readonly Special[]): PairKind {
  const decoder = byteLevel(false);
  return {
    json: { added_tokens: specials.map(added), pre_tokenizer: decoder, decoder },
    model: { type: 'BPE' },
    note: 'The files do not say how to split text into pieces: it is split as for GPT-2.',
  };
}

/** RoBERTa, BART and their kin. */
function roberta(specials: readonly Special[]): PairKind {
  const { json, model } = gpt2(specials);
  const pair = (content: string) => [content, specials.find((token) => token.content === content)!.id];
  return {
    json: {
      ...json,
      post_processor: {
        ...{ type: 'RobertaProcessing', cls: pair('<s>'), sep: pair('</s>') },
        ...{ trim_offsets: true, add_prefix_space: false },
      },
    },
    model,
    note: 'The files do not say how to treat text. They have <s>, </s> and <mask>, so it is treated as for RoBERTa.',
  };
}

function clip(specials: readonly Special[]): PairKind {
  const expression = String.raw`'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+`;
  const split = { type: 'Split', pattern: { Regex: expression }, behavior: 'Removed', invert: true };
  const start = specials.find(({ content }) => content === '<|startoftext|>');
  const end = specials.find(({ content }) => content === '<|endoftext|>');
  const around = start && end && { cls: [start.content, start.id], sep: [end.content, end.id] };
  return {
    json: {
      added_tokens: specials.map(added),
      normalizer: {
        type: 'Sequence',
        normalizers: [
          { type: 'NFC' },
          { type: 'Replace', pattern: { Regex: '\\s+' }, content: ' ' },
          { type: 'Lowercase' },
        ],
      },
      pre_tokenizer: { type: 'Sequence', pretokenizers: [split, byteLevel(true)] },
      post_processor: around
        ? { type: 'RobertaProcessing', ...around, trim_offsets: false, add_prefix_space: false }
        : null,
      decoder: {
        type: 'Sequence',
        decoders: [
          byteLevel(true),
          { type: 'Replace', pattern: { String: ENDING }, content: ' ' },
          { type: 'Strip', content: ' ', start: 0, stop: 1 },
        ],
      },
    },
    model: { type: 'BPE', end_of_word_suffix: ENDING, unk_token: end ? end.content : null },
    note: 'The files do not say how to treat text. Their words end in </w> and are spelled in bytes, so it is treated as for CLIP, in lower case.',
  };
}

/** The first GPT, and others before byte-level BPE. */
function gpt(specials: readonly Special[]): PairKind {
  return {
    json: {
      added_tokens: specials.map(added),
      normalizer: {
        ...{ type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true },
        ...{ strip_accents: null, lowercase: true },
      },
      pre_tokenizer: { type: 'BertPreTokenizer' },
      decoder: { type: 'BPEDecoder', suffix: ENDING },
    },
    model: {
      type: 'BPE',
      end_of_word_suffix: ENDING,
      unk_token: specials.some(({ content }) => content === '<unk>') ? '<unk>' : null,
    },
    note: 'The files do not say how to treat text. Their words end in </w> and are spelled in characters, so it is treated as for the first GPT, in lower case.',
  };
}

function byteLevel(trim: boolean): object {
  return { type: 'ByteLevel', add_prefix_space: false, trim_offsets: trim, use_regex: true };
}

function added({ id, content }: Special): object {
  const flags = { single_word: false, lstrip: content === '<mask>', rstrip: false };
  return { id, content, ...flags, normalized: false, special: true };
}

/** Tokens such as `<|endoftext|>` and RoBERTa's, where no merge makes them: the files do not mark them. */
function specialsOf(vocabulary: Vocabulary, merges: Int32Array): Special[] {
  const { pool, offsets, size } = vocabulary;
  const found = new Map<number, string>();
  for (let id = 0; id < size; id++) {
    const end = offsets[id + 1]!;
    const length = end - offsets[id]!;
    if (length < 3 || length > LONGEST_SPECIAL || pool[offsets[id]!] !== 0x3c || pool[end - 1] !== 0x3e)
      continue;
    const content = decodeUtf8(vocabulary.bytesOf(id));
    if (/^<\|.*\|>$/.test(content) || ROBERTA.includes(content)) found.set(id, content);
  }
  for (let i = 2; i < merges.length && found.size > 0; i += 3) found.delete(merges[i]!);
  return Array.from(found, ([id, content]) => ({ id, content }));
}

/** How many tokens end a word. */
function endings({ pool, offsets, size }: Vocabulary): number {
  const ending = encodeUtf8(ENDING);
  let count = 0;
  for (let id = 0; id < size; id++) {
    const start = offsets[id + 1]! - ending.length;
    if (start >= offsets[id]! && ending.every((byte, i) => pool[start + i] === byte)) count++;
  }
  return count;
}

function idOf(vocabulary: Vocabulary, token: string): number {
  const bytes = encodeUtf8(token);
  return vocabulary.find(bytes, 0, bytes.length);
}
