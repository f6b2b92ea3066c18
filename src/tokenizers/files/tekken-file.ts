import type { Tokenizer } from '../../core/text/tokens';
import { halvesByRank } from '../bpe/left-lengths';
import { rankBpe } from '../bpe/rank-bpe';
import { RankTokenizer } from '../bpe/rank-tokenizer';
import { isObject } from '../hugging-face/json';
import { scannerFor } from '../pretokenizers/scanner-for';
import { SpecialTokens } from '../special-tokens';
import type { Vocabulary } from '../vocabulary';
import { decodeBase64 } from './base64';
import { JsonReader } from './json-reader';
import { filled } from './reserved-tokens';
import { type Steps, within } from './steps';
import { TokenList } from './token-list';
import { invalidUtf8, utf8Fault } from './utf8-check';

/** A tokenizer from a tekken.json. */
export interface TekkenFile {
  readonly tokenizer: Tokenizer;
  readonly notes: readonly string[];
}

/** More special tokens are a sign of damage; known files have 1000. */
const MOST_SPECIAL = 100_000;

/** Those of files before version 7, which name none (mistral-common's `DEPRECATED_SPECIAL_TOKENS`). */
const EARLY_SPECIAL =
  '<unk> <s> </s> [INST] [/INST] [AVAILABLE_TOOLS] [/AVAILABLE_TOOLS] [TOOL_RESULTS] [/TOOL_RESULTS] [TOOL_CALLS] [IMG] <pad> [IMG_BREAK] [IMG_END] [PREFIX] [MIDDLE] [SUFFIX] [SYSTEM_PROMPT] [/SYSTEM_PROMPT] [TOOL_CONTENT]'.split(
    ' ',
  );

interface TekkenConfig {
  readonly pattern: string;
  readonly vocabularySize: number;
  readonly specialCount: number;
}

/**
 * Builds a tokenizer from Mistral's `tekken.json`, in small steps: `config` (pattern, sizes), `vocab` (a list of ranks and
 * base64) and perhaps `special_tokens`. The special tokens have the first ids; a token's id is its rank behind them, and
 * ranks beyond `default_vocab_size` are not used, as in mistral-common.
 * @throws TokenoscopeError `tokenizer-corrupt` that names the place
 */
export function* tekkenSteps(bytes: Uint8Array, name: string): Steps<TekkenFile> {
  const reader = new JsonReader(bytes, name);
  const invalid = yield* within(0, 0.05, invalidUtf8(bytes));
  if (invalid >= 0) throw reader.failure(utf8Fault(bytes, invalid), invalid);
  const { config, special, vocabAt } = yield* within(0.05, 0.2, outline(reader));
  const { count, vocabulary } = yield* within(0.2, 0.6, readVocab(reader, vocabAt, config));
  const halves = yield* within(0.6, 1, halvesByRank(vocabulary));
  const tokens = new SpecialTokens(special);
  const bpe = rankBpe({ vocabulary, ...halves });
  return {
    tokenizer: new RankTokenizer(vocabulary, bpe, scannerFor(config.pattern), tokens),
    notes: unusedNote(count, config),
  };
}

interface Outline {
  readonly config: TekkenConfig;
  /** Ids by text. */
  readonly special: Readonly<Record<string, number>>;
  /** Where the list of tokens begins. */
  readonly vocabAt: number;
}

function* outline(reader: JsonReader): Steps<Outline> {
  let config: TekkenConfig | undefined;
  let special: unknown;
  let vocabAt = -1;
  for (let more = reader.open('{'); more; more = reader.next('}')) {
    const key = reader.key();
    reader.path.push(key);
    reader.peek();
    if (key === 'config') config = configFrom(reader);
    else if (key === 'special_tokens') special = reader.value();
    else {
      if (key === 'vocab') vocabAt = reader.at;
      yield* reader.skip();
    }
    reader.path.pop();
    yield reader.at / reader.bytes.length;
  }
  reader.finish();
  if (!config) throw reader.failure('it has no "config", as a tekken.json does', 0);
  if (vocabAt < 0) throw reader.failure('it has no "vocab", as a tekken.json does', 0);
  return { config, special: specialFrom(reader, special, config), vocabAt };
}

function configFrom(reader: JsonReader): TekkenConfig {
  const { at } = reader;
  const value = reader.value();
  if (!isObject(value)) throw reader.failure('this is not an object', at);
  const { pattern, default_vocab_size: size, default_num_special_tokens: special } = value;
  if (typeof pattern !== 'string') throw reader.failure('it has no "pattern"', at);
  const count = (key: string, number: unknown, most: number) => {
    if (typeof number === 'number' && Number.isInteger(number) && number >= 0 && number <= most)
      return number;
    throw reader.failure(`"${key}" is not a whole number up to ${most.toLocaleString('en')}`, at);
  };
  const specialCount = count('default_num_special_tokens', special, MOST_SPECIAL);
  const vocabularySize = count('default_vocab_size', size, 1 << 24);
  if (vocabularySize > specialCount) return { pattern, vocabularySize, specialCount };
  throw reader.failure('"default_vocab_size" leaves no room behind the special tokens', at);
}

function specialFrom(
  reader: JsonReader,
  listed: unknown,
  { specialCount }: TekkenConfig,
): Record<string, number> {
  const named: Record<string, number> = Object.create(null);
  const add = (content: unknown, id: unknown, place: string) => {
    const isId = typeof id === 'number' && Number.isInteger(id) && id >= 0 && id < specialCount;
    if (!isId) throw reader.failure(`${place}.rank is none of the ${specialCount} ids of special tokens`, 0);
    if (typeof content !== 'string' || content === '' || content in named) {
      throw reader.failure(`${place}.token_str is missing, or there twice`, 0);
    }
    named[content] = id;
  };
  if (listed === undefined || listed === null) {
    for (const [id, content] of EARLY_SPECIAL.slice(0, specialCount).entries()) add(content, id, '');
  } else if (!Array.isArray(listed)) throw reader.failure('"special_tokens" is not a list', 0);
  else {
    listed.forEach((token: unknown, i) => {
      const { token_str: content, rank } = isObject(token) ? token : {};
      add(content, rank, `special_tokens[${i}]`);
    });
  }
  return filled(named, 0, specialCount, (id) => `<SPECIAL_${id}>`);
}

function* readVocab(
  reader: JsonReader,
  vocabAt: number,
  { vocabularySize, specialCount }: TekkenConfig,
): Steps<{ count: number; vocabulary: Vocabulary }> {
  const list = new TokenList((what, at) => reader.failure(what, at));
  const used = vocabularySize - specialCount;
  let token = new Uint8Array(1024);
  let count = 0;
  reader.at = vocabAt;
  reader.path.push('vocab');
  for (let more = reader.open('['); more; more = reader.next(']')) {
    reader.path.push(count++);
    reader.peek();
    const { at } = reader;
    let rank = -1;
    let length = -1;
    for (let part = reader.open('{'); part; part = reader.next('}')) {
      const key = reader.key();
      if (key === 'rank') rank = reader.number();
      else if (key === 'token_bytes') {
        reader.string();
        const { start, end } = reader;
        if (end - start > token.length) token = new Uint8Array(2 * (end - start));
        length = decodeBase64(reader.bytes, start, end, token);
        if (length < 0) throw reader.failure('"token_bytes" is not base64', start);
      } else reader.value();
    }
    if (!(Number.isInteger(rank) && rank >= 0)) throw reader.failure('a token has no "rank"', at);
    if (length < 1) throw reader.failure('a token has no "token_bytes"', at);
    if (rank < used) list.add(token, 0, length, rank + specialCount, at);
    reader.path.pop();
    if ((count & 1023) === 0) yield (0.8 * reader.at) / reader.bytes.length;
  }
  if (list.count < used) {
    throw reader.failure(
      `it has ${list.count} of the ${used} tokens that "default_vocab_size" promises`,
      vocabAt,
    );
  }
  reader.path.pop();
  return { count, vocabulary: yield* within(0.8, 1, list.finish(false)) };
}

function unusedNote(count: number, { vocabularySize, specialCount }: TekkenConfig): string[] {
  const unused = count - (vocabularySize - specialCount);
  if (unused <= 0) return [];
  return [
    `The file lists ${unused.toLocaleString('en')} more tokens than its models use: they are left out, as in mistral-common.`,
  ];
}
