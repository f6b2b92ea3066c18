import { TokenoscopeError } from '../../core/errors';
import { decodeUtf8, encodeUtf8 } from '../../core/text/utf8';
import { isObject, type JsonObject } from '../hugging-face/json';
import type { Vocabulary } from '../vocabulary';
import { JsonReader } from './json-reader';
import { drain } from './steps';
import { invalidUtf8, utf8Fault } from './utf8-check';

/** What a `tokenizer_config.json` (and a `chat_template.jinja`) says that the vocabulary beside it does not. */
export interface TokenizerConfig {
  /** As entries of a tokenizer.json's `added_tokens`, by id; empty where it lists none. */
  readonly added: readonly AddedTokenJson[];
  readonly addBos: boolean;
  readonly addEos: boolean;
  readonly bos: string | undefined;
  readonly eos: string | undefined;
  /** BERT's: undefined where it does not say. */
  readonly lowercase: boolean | undefined;
  readonly stripAccents: boolean | undefined;
  readonly chineseCharacters: boolean | undefined;
  /** A Jinja template. */
  readonly chatTemplate: string | undefined;
}

interface AddedTokenJson {
  readonly id: number;
  readonly content: string;
  readonly single_word: boolean;
  readonly lstrip: boolean;
  readonly rstrip: boolean;
  readonly normalized: boolean;
  readonly special: boolean;
}

/** Known ones have less than 1 MB. */
const LONGEST = 16_000_000;

/**
 * Reads a `tokenizer_config.json`.
 * @throws TokenoscopeError `tokenizer-corrupt` that names the place
 */
export function readTokenizerConfig(bytes: Uint8Array, name: string): TokenizerConfig {
  const fail = (what: string) =>
    new TokenoscopeError(
      'tokenizer-corrupt',
      `${name} is not usable: ${what}.`,
      'Get it again, or open the tokenizer without it.',
    );
  if (bytes.length > LONGEST) throw fail('it is larger than any such file (16 MB)');
  const reader = new JsonReader(bytes, name);
  const invalid = drain(invalidUtf8(bytes));
  if (invalid >= 0) throw reader.failure(utf8Fault(bytes, invalid), invalid);
  const json = reader.value();
  reader.finish();
  if (!isObject(json)) throw fail('it is not an object');
  const flag = (key: string) => (typeof json[key] === 'boolean' ? json[key] : undefined);
  return {
    added: addedFrom(json['added_tokens_decoder'], fail),
    addBos: flag('add_bos_token') ?? false,
    addEos: flag('add_eos_token') ?? false,
    bos: contentOf(json['bos_token']),
    eos: contentOf(json['eos_token']),
    lowercase: flag('do_lower_case'),
    stripAccents: flag('strip_accents'),
    chineseCharacters: flag('tokenize_chinese_chars'),
    chatTemplate: templateFrom(json['chat_template']),
  };
}

/** A chat template that lies in a file of its own. */
export function readChatTemplate(bytes: Uint8Array): string {
  return decodeUtf8(bytes.subarray(0, LONGEST));
}

function addedFrom(listed: unknown, fail: (what: string) => TokenoscopeError): AddedTokenJson[] {
  if (!isObject(listed)) return [];
  return Object.entries(listed)
    .map(([key, value]) => {
      const id = Number(key);
      if (!/^\d+$/.test(key) || id > 0x7fffffff) throw fail(`added_tokens_decoder has the id "${key}"`);
      const content = isObject(value) ? value['content'] : undefined;
      if (!isObject(value) || typeof content !== 'string') {
        throw fail(`added_tokens_decoder["${key}"] has no "content"`);
      }
      const flag = (name: string) => value[name] === true;
      return {
        id,
        content,
        single_word: flag('single_word'),
        lstrip: flag('lstrip'),
        rstrip: flag('rstrip'),
        normalized: flag('normalized'),
        special: flag('special'),
      };
    })
    .sort((a, b) => a.id - b.id);
}

/** `"<s>"`, or `{"content": "<s>", ...}`. */
function contentOf(token: unknown): string | undefined {
  const content = isObject(token) ? token['content'] : token;
  return typeof content === 'string' ? content : undefined;
}

/** A template, or several with names: then the one for ordinary conversations. */
function templateFrom(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (!Array.isArray(value)) return undefined;
  const named = value.filter(isObject);
  const { template } = named.find(({ name }) => name === 'default') ?? named[0] ?? {};
  return typeof template === 'string' ? template : undefined;
}

/**
 * A tokenizer.json without its model, with what the settings add: the tokens they list take the place of those of the
 * same text, and a beginning or an end that they ask for is put around texts.
 */
export function withConfig(json: JsonObject, vocabulary: Vocabulary, config: TokenizerConfig): JsonObject {
  const { added, addBos, addEos, bos, eos } = config;
  const before = Array.isArray(json['added_tokens']) ? json['added_tokens'].filter(isObject) : [];
  const kept = before.filter((one) => !added.some(({ content }) => content === one['content']));
  const all: JsonObject[] = [...kept, ...added.map((token) => ({ ...token }))];
  all.sort((a, b) => Number(a['id']) - Number(b['id']));
  const idOf = (content: string) => {
    const bytes = encodeUtf8(content);
    const known = vocabulary.find(bytes, 0, bytes.length);
    return known >= 0 ? known : Number(all.find((token) => token['content'] === content)?.['id'] ?? -1);
  };
  const start = addBos && bos !== undefined && idOf(bos) >= 0 ? bos : undefined;
  const end = addEos && eos !== undefined && idOf(eos) >= 0 ? eos : undefined;
  return {
    ...json,
    added_tokens: all,
    ...(start === undefined && end === undefined ? {} : { post_processor: surrounding(start, end, idOf) }),
  };
}

/** The post-processor that puts a beginning and an end around a text. */
export function surrounding(
  start: string | undefined,
  end: string | undefined,
  idOf: (content: string) => number,
): JsonObject {
  const part = (content: string | undefined) =>
    content === undefined ? [] : [{ SpecialToken: { id: content, type_id: 0 } }];
  const text = (id: string) => ({ Sequence: { id, type_id: 0 } });
  const tokens = [start, end].flatMap((content) => content ?? []);
  return {
    type: 'TemplateProcessing',
    single: [...part(start), text('A'), ...part(end)],
    pair: [...part(start), text('A'), ...part(end), ...part(start), text('B'), ...part(end)],
    special_tokens: Object.fromEntries(
      tokens.map((content) => [content, { id: content, ids: [idOf(content)], tokens: [content] }]),
    ),
  };
}
