import { TokenoscopeError } from '../../../core/errors';
import type { Tokenizer } from '../../../core/text/tokens';
import { decodeUtf8 } from '../../../core/text/utf8';
import { tokenizerFromJson } from '../hugging-face/tokenizer-json';
import { tokenizerFromSentencePiece } from './sentencepiece-model';
import { tokenizerFromTiktoken } from './tiktoken-file';

/** A file that a user gave. */
export interface TokenizerFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A tokenizer out of files, and what the user should know about it. */
export interface TokenizerOfFiles {
  readonly tokenizer: Tokenizer;
  readonly notes: readonly string[];
}

/**
 * Builds a tokenizer from a `tokenizer.json`, a `.tiktoken` file, a SentencePiece `.model`, or `vocab.json` and
 * `merges.txt` together. The kind is told by content, not by name.
 * @throws TokenoscopeError `tokenizer-corrupt` that names the place
 */
export function tokenizerFromFiles(files: readonly TokenizerFile[]): TokenizerOfFiles {
  if (files.length > 2 || files.length === 0) {
    throw unusable('it takes one file, or vocab.json and merges.txt', 'Choose one tokenizer at a time.');
  }
  const [first, second] = files as [TokenizerFile, TokenizerFile | undefined];
  if (second) return fromTwo(first, second);
  if (startsAsJson(first.bytes)) {
    const json = parseJson(first);
    if (!isVocabulary(json)) return tokenizerFromJson(json);
    throw unusable(`${first.name} is only a vocabulary`, 'Give its merges.txt with it.');
  }
  if (/^[A-Za-z0-9+/=]+ \d+\r?\n/.test(decodeUtf8(first.bytes.subarray(0, 512)))) {
    return tokenizerFromTiktoken(decodeUtf8(first.bytes));
  }
  if (first.bytes[0] === 0x0a) return tokenizerFromSentencePiece(first.bytes);
  throw unusable(
    `${first.name} is no tokenizer file`,
    'Known are tokenizer.json, .tiktoken, SentencePiece .model, and vocab.json with merges.txt.',
  );
}

function fromTwo(a: TokenizerFile, b: TokenizerFile): TokenizerOfFiles {
  const [vocabulary, merges] = startsAsJson(a.bytes) ? [a, b] : [b, a];
  const vocab = parseJson(vocabulary);
  if (!isVocabulary(vocab))
    throw unusable(`${vocabulary.name} is no vocabulary`, 'It should map tokens to ids.');
  const lines = decodeUtf8(merges.bytes).split(/\r?\n/);
  const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: false, use_regex: true };
  const special = Object.entries(vocab).filter(([token]) => /^<\|.*\|>$/.test(token));
  const { tokenizer, notes } = tokenizerFromJson({
    added_tokens: special.map(([content, id]) => ({ id, content, special: true, normalized: false })),
    pre_tokenizer: byteLevel,
    decoder: byteLevel,
    model: {
      type: 'BPE',
      vocab,
      merges: lines.filter((line) => line !== '' && !line.startsWith('#version')),
    },
  });
  return {
    tokenizer,
    notes: [...notes, 'The files do not say how text is cut into pieces: cut as for GPT-2.'],
  };
}

function startsAsJson(bytes: Uint8Array): boolean {
  return /^\ufeff?\s*[{[]/.test(decodeUtf8(bytes.subarray(0, 64))) && bytes[0] !== 0x0a;
}

function isVocabulary(json: unknown): json is Record<string, number> {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return false;
  const values = Object.values(json);
  return values.length > 0 && values.every((value) => typeof value === 'number');
}

function parseJson({ name, bytes }: TokenizerFile): unknown {
  try {
    return JSON.parse(decodeUtf8(bytes).replace(/^\ufeff/, ''));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw unusable(`${name} is no JSON: ${why}`, 'Check that the file is complete and unchanged.');
  }
}

function unusable(what: string, hint: string): TokenoscopeError {
  return new TokenoscopeError('tokenizer-corrupt', `This is not usable: ${what}.`, hint);
}
