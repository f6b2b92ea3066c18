import { TokenoscopeError } from '../../core/errors';
import type { Tokenizer } from '../../core/text/tokens';
import { decodeUtf8 } from '../../core/text/utf8';
import { tokenizerJsonSteps } from '../hugging-face/tokenizer-json';
import { isBesideTokenizer, isConfig, isSettings, isTemplate } from './beside';
import type { Encodings } from './choose-encoding';
import { recogniseOther } from './file-kinds';
import { ggufSteps } from './gguf-file';
import { JsonReader } from './json-reader';
import { lexiconSteps } from './lexicon-json';
import { RECOGNITION_BYTES, recogniseTokenizer } from './recognise-tokenizer';
import { sentencePieceSteps } from './sentencepiece-model';
import { inSlices, type Steps, type WorkOptions } from './steps';
import { tekkenSteps } from './tekken-file';
import { tiktokenSteps } from './tiktoken-file';
import { readChatTemplate, readTokenizerConfig, type TokenizerConfig } from './tokenizer-config';
import { fromUtf16 } from './utf16';
import { vocabularyAndMergesSteps } from './vocabulary-and-merges';
import { wordPieceSteps } from './word-piece-file';

/** A file that a user gave. */
export interface TokenizerFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A tokenizer from files, and what the user should know about it. */
export interface TokenizerOfFiles {
  readonly tokenizer: Tokenizer;
  readonly notes: readonly string[];
  /** Of a .tiktoken file, which does not say how texts are split: what was chosen, and what else there is. */
  readonly encodings?: Encodings;
  /** The Jinja template that puts conversations together, from the file itself or from what lies beside it. */
  readonly chatTemplate?: string;
}

/** Options of `tokenizerFromFiles`. */
export interface FileOptions extends WorkOptions {
  /** The id of the encoding that a .tiktoken file is of (tiktoken-encodings.ts). */
  readonly encoding?: string;
}

const TIKTOKEN = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}[A-Za-z0-9+/=]=)? \d+\r?(?:\n|$)/;
const MERGES = /^\ufeff?(?:#version:.*\r?\n|[^\s]+ [^\s]+\r?\n[^\s]+ [^\s]+\r?(?:\n|$))/;
const KNOWN =
  'Supported are tokenizer.json, .tiktoken, SentencePiece .model, tekken.json, GGUF, vocab.txt, lexicon.json, and vocab.json with merges.txt.';

/**
 * Builds a tokenizer from a `tokenizer.json`, a `.tiktoken` file, a SentencePiece `.model`, Mistral's `tekken.json`, a
 * GGUF file's metadata, BERT's `vocab.txt`, a `lexicon.json` of the training lab, or `vocab.json` and `merges.txt` together, in slices of a few milliseconds.
 * The content decides the kind, not the name. A `tokenizer_config.json` or `chat_template.jinja` among them is heeded.
 * @param options `onProgress` receives the share done, 0 to 1
 * @throws TokenoscopeError `tokenizer-corrupt` that names the place; `tokenizer-unsupported` that names what a file is
 *   instead, and what to do; `tokenizer-unknown` for an encoding that does not exist; `aborted`
 */
export async function tokenizerFromFiles(
  files: readonly TokenizerFile[],
  options: FileOptions = {},
): Promise<TokenizerOfFiles> {
  const beside = files.length > 1 ? files.filter(({ name }) => isBesideTokenizer(name)) : [];
  const [first, second, third] = files.filter((file) => !beside.includes(file)).map(asUtf8);
  if (!first || third) {
    throw unusable('it takes one file, or vocab.json and merges.txt', 'Choose one tokenizer at a time.');
  }
  const { encoding } = options;
  const settings = beside.find(({ name }) => isConfig(name));
  const config = settings && readTokenizerConfig(settings.bytes, settings.name);
  const steps = second ? ofTwo(first, second, config) : ofOne(first, encoding, config);
  const made = await inSlices(steps, options);
  if (encoding !== undefined && !made.encodings) {
    const hint = 'An encoding is only chosen for .tiktoken files.';
    throw unusable(`${first.name} says itself how it splits text`, hint);
  }
  const template = beside.find(({ name }) => isTemplate(name));
  const chatTemplate = (template && readChatTemplate(template.bytes)) ?? config?.chatTemplate;
  const unneeded = beside.filter(({ name }) => !isSettings(name));
  return {
    ...made,
    notes: [...made.notes, ...unneeded.map(({ name }) => `${name} was not needed.`)],
    ...(chatTemplate === undefined ? {} : { chatTemplate }),
  };
}

function asUtf8(file: TokenizerFile): TokenizerFile {
  const bytes = fromUtf16(file.bytes);
  return bytes ? { name: file.name, bytes } : file;
}

function ofOne(
  { name, bytes }: TokenizerFile,
  encoding: string | undefined,
  config: TokenizerConfig | undefined,
): Steps<TokenizerOfFiles> {
  if (bytes.length === 0) {
    throw new TokenoscopeError('tokenizer-corrupt', `${name} is empty.`, 'Check that the file is complete.');
  }
  refuseOther(bytes, name);
  const kind = recogniseTokenizer(bytes.subarray(0, RECOGNITION_BYTES));
  if (kind === 'GGUF') return ggufSteps(bytes, name);
  if (kind === 'tekken.json') return tekkenSteps(bytes, name);
  if (kind === 'lexicon.json') return lexiconSteps(bytes, name);
  if (kind === 'vocab.txt') return wordPieceSteps(bytes, name, config);
  if (startsAsJson(bytes)) {
    if (!isVocabulary(bytes, name)) return tokenizerJsonSteps(bytes, name);
    throw unusable(`${name} is only a vocabulary`, 'Give its merges.txt with it.');
  }
  const head = decodeUtf8(bytes.subarray(0, 4096));
  if (TIKTOKEN.test(head) || name.endsWith('.tiktoken')) return tiktokenSteps(bytes, name, encoding, config);
  if (bytes[0] === 0x0a || name.endsWith('.model')) return sentencePieceSteps(bytes, name, config);
  if (MERGES.test(head)) throw unusable(`${name} holds only merges`, 'Give its vocab.json with it.');
  throw unusable(`${name} is not a tokenizer file`, KNOWN);
}

function ofTwo(
  a: TokenizerFile,
  b: TokenizerFile,
  config: TokenizerConfig | undefined,
): Steps<TokenizerOfFiles> {
  for (const { name, bytes } of [a, b]) refuseOther(bytes, name);
  const [vocabulary, merges] = startsAsJson(a.bytes) ? [a, b] : [b, a];
  if (!startsAsJson(vocabulary.bytes) || !isVocabulary(vocabulary.bytes, vocabulary.name)) {
    const whole = startsAsJson(vocabulary.bytes) ? ' Where it is a whole tokenizer.json, give it alone.' : '';
    throw unusable(`${vocabulary.name} is not a vocabulary`, `It should map tokens to ids.${whole}`);
  }
  if (startsAsJson(merges.bytes)) {
    throw unusable(`${merges.name} is not a list of merges`, 'Two files are vocab.json and merges.txt.');
  }
  return vocabularyAndMergesSteps(vocabulary, merges, config);
}

function startsAsJson(bytes: Uint8Array): boolean {
  // A SentencePiece model begins with a line feed.
  return /^\ufeff?\s*[{[]/.test(decodeUtf8(bytes.subarray(0, 4096))) && !isSentencePiece(bytes);
}

/** Its first field is a piece, whose first field is a text: `0a length 0a length`. */
function isSentencePiece(bytes: Uint8Array): boolean {
  return bytes[0] === 0x0a && bytes[2] === 0x0a && bytes[3]! + 2 <= bytes[1]!;
}

/** Whether an object begins that maps texts to numbers. */
function isVocabulary(bytes: Uint8Array, name: string): boolean {
  const reader = new JsonReader(bytes, name);
  try {
    if (!reader.open('{')) return false;
    reader.keySpan();
    const byte = reader.peek();
    return byte === 0x2d || (byte >= 0x30 && byte <= 0x39);
  } catch {
    return false;
  }
}

/** @throws TokenoscopeError `tokenizer-unsupported` where a file is known to be something else */
function refuseOther(bytes: Uint8Array, name: string): void {
  const head = bytes.subarray(0, RECOGNITION_BYTES);
  const other = recogniseTokenizer(head) ? undefined : recogniseOther(head, name);
  if (other) throw unusable(`${name} is ${other.what}`, other.hint);
}

function unusable(what: string, hint: string): TokenoscopeError {
  return new TokenoscopeError('tokenizer-unsupported', `This is not usable: ${what}.`, hint);
}
