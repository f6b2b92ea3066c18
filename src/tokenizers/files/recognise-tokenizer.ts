import { decodeUtf8 } from '../../core/text/utf8';
import { LEXICON_FORMAT } from '../train/lexicon-file';
import { isGguf } from './gguf-scan';

/** What kind of file a tokenizer comes in, as its users call it. */
export type TokenizerFileKind =
  | 'tokenizer.json'
  | 'tiktoken'
  | 'SentencePiece'
  | 'vocab.json'
  | 'merges.txt'
  | 'vocab.json + merges.txt'
  | 'tekken.json'
  | 'GGUF'
  | 'vocab.txt'
  | 'lexicon.json';

/** Bytes of a file's beginning that tell its kind. */
export const RECOGNITION_BYTES = 65_536;

/** The parts of a Hugging Face tokenizer.json. Two of them in a file's beginning identify it. */
const PARTS =
  /"(?:added_tokens|truncation|padding|normalizer|pre_tokenizer|post_processor|decoder|model|vocab|merges|continuing_subword_prefix)"\s*:/g;

/** Tokens with their ids, as in `{"!": 0, "\"": 1`. */
const VOCABULARY = /^\ufeff?\s*\{(?:\s*"(?:[^"\\]|\\.)*"\s*:\s*\d+\s*(?:,|\})){20}/;

/** Base64 and rank, from rank 0: `IQ== 0`. */
const TIKTOKEN = /^[A-Za-z0-9+/]+={0,2} 0\r?\n[A-Za-z0-9+/]+={0,2} 1\r?\n/;

/** The keys of the outermost object of a JSON text that may be cut. */
export function keysOf(text: string): ReadonlySet<string> {
  const keys = new Set<string>();
  let depth = 0;
  for (const [part, key, colon] of text.matchAll(/"((?:[^"\\]|\\.)*)"(\s*:)?|[[\]{}]/g)) {
    if (part === '{' || part === '[') depth++;
    else if (part === '}' || part === ']') depth--;
    else if (depth === 1 && key !== undefined && colon !== undefined) keys.add(key);
  }
  return keys;
}

/** Whether a whole text of JSON gives ids to texts, all of them beyond a vocabulary's: an added_tokens.json. */
export function isAddedTokens(text: string): boolean {
  try {
    const ids = Object.values(JSON.parse(text) as object);
    return ids.length > 0 && ids.every((id) => Number.isInteger(id) && Number(id) >= ids.length);
  } catch {
    return false;
  }
}

/** Our own format begins with its name (train/lexicon-file.ts). */
const LEXICON = new RegExp(`^\\ufeff?\\s*\\{\\s*"format"\\s*:\\s*"${LEXICON_FORMAT}"`);

/** What Mistral's tekken.json has in its beginning, wherever its parts stand. */
const TEKKEN = /"(?:token_bytes|default_num_special_tokens)"\s*:/;

/** Special tokens of BERT's that a list of tokens begins with. */
const BERT = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'];

const MERGES = /^#version: ?\d[^\n]*\n(?:[^\s]+ [^\s]+\r?\n){2}/;

/**
 * The kind of tokenizer file that begins with these bytes; undefined for any other text or data. A text that only
 * mentions tokenizers is not one: the beginning must have a tokenizer file's form.
 * @param head the first `RECOGNITION_BYTES` bytes, or all where there are fewer
 */
export function recogniseTokenizer(head: Uint8Array): TokenizerFileKind | undefined {
  if (isGguf(head)) return 'GGUF';
  if (isSentencePiece(head)) return 'SentencePiece';
  const text = decodeUtf8(head);
  if (/^\ufeff?\s*\{/.test(text)) {
    if (LEXICON.test(text)) return 'lexicon.json';
    if (TEKKEN.test(text)) return 'tekken.json';
    if (new Set(text.match(PARTS)?.map((part) => part.replace(/\s*:$/, ''))).size >= 2) {
      // A model's config.json may have a "decoder", too.
      return keysOf(text).has('model_type') ? undefined : 'tokenizer.json';
    }
    return VOCABULARY.test(text) && !isAddedTokens(text) ? 'vocab.json' : undefined;
  }
  if (TIKTOKEN.test(text)) return 'tiktoken';
  if (MERGES.test(text)) return 'merges.txt';
  return isWordPiece(text) ? 'vocab.txt' : undefined;
}

/** A token a line, and among them BERT's special ones. */
function isWordPiece(text: string): boolean {
  const lines = text.split(/\r?\n/);
  const marks = new Set(lines.filter((line) => BERT.includes(line)));
  return marks.has('[UNK]') && marks.size >= 3 && !lines.some((line) => /\S\s+\S/.test(line));
}

/**
 * The protobuf of a SentencePiece model begins with its first piece: field 1 of the model, in it field 1 (the
 * text) and field 2 (the score, a float).
 */
function isSentencePiece(head: Uint8Array): boolean {
  const [field, length = 0, textField, textLength = 0] = head;
  return (
    field === 0x0a &&
    textField === 0x0a &&
    length < 0x80 &&
    textLength + 2 < length &&
    head[4 + textLength] === 0x15
  );
}
