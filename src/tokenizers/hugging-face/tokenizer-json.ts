import { encodeUtf8 } from '../../core/text/utf8';
import type { AddedToken } from '../added-tokens';
import { drain, type Steps, within } from '../files/steps';
import { bertShortcut } from '../models/bert-words';
import type { TokenModel } from '../models/model';
import { WordPieceModel } from '../models/word-piece';
import { PipelineTokenizer, type Shortcut } from '../pipeline-tokenizer';
import { mayBeEndless } from '../pretokenizers/endless-patterns';
import { decoderFrom } from './decoders';
import { booleanAt, corrupt, idFrom, isObject, type JsonObject, stringAt } from './json';
import { modelSteps } from './models';
import { bertOptions, normalizerFrom } from './normalizers';
import { postProcessorFrom } from './post-processors';
import { preTokenizerFrom } from './pre-tokenizers';
import { readTokenizerJson } from './read-tokenizer-json';
import { checkRequired } from './required';

/** A tokenizer from a file, and the parts of the file that were ignored. */
export interface LoadedTokenizerFile {
  readonly tokenizer: PipelineTokenizer;
  /** For the user: parts of the file that are left out on purpose. */
  readonly notes: readonly string[];
}

/**
 * Builds a tokenizer from a Hugging Face `tokenizer.json`, at once.
 * @param json the parsed file
 * @throws TokenoscopeError as `tokenizerJsonSteps`
 */
export function tokenizerFromJson(json: unknown): LoadedTokenizerFile {
  return drain(tokenizerJsonSteps(encodeUtf8(JSON.stringify(json)), 'tokenizer.json'));
}

/**
 * Builds a tokenizer from the bytes of a Hugging Face `tokenizer.json`, in small steps.
 * @param name of the file, for messages
 * @throws TokenoscopeError `tokenizer-corrupt` that names the place in the file, also where it uses something
 * that this engine does not have: never a silently wrong answer
 */
export function* tokenizerJsonSteps(bytes: Uint8Array, name: string): Steps<LoadedTokenizerFile> {
  const { json, model: parts, emptyIds } = yield* within(0, 0.8, readTokenizerJson(bytes, name));
  checkRequired(json, parts.json);
  const model = yield* within(0.8, 0.99, modelSteps(parts));
  const { tokenizer, notes } = assemble(json, model, emptyIds);
  return { tokenizer, notes: [...notes, ...dropoutNote(parts.json)] };
}

/**
 * Assembles a tokenizer from its model and the rest of its `tokenizer.json`.
 * @param emptyIds tokens of the model without a text, which never occur but are counted
 * @param shortcutFor a faster way to the same tokens, where the caller knows one
 * @throws TokenoscopeError as `tokenizerFromJson`
 */
export function assemble(
  json: JsonObject,
  model: TokenModel,
  emptyIds: readonly number[] = [],
  shortcutFor?: (added: readonly AddedToken[]) => Shortcut | undefined,
): LoadedTokenizerFile {
  const notes: string[] = [];
  for (const part of ['truncation', 'padding'] as const) {
    if (json[part]) notes.push(`The file asks for ${part}; here whole texts are shown as they are.`);
  }
  for (const expression of expressionsIn([json['normalizer'], json['pre_tokenizer']])) {
    if (mayBeEndless(expression)) {
      notes.push(
        `The expression ${expression} nests one repetition in another: some texts may take very long.`,
      );
    }
  }
  const listed = json['added_tokens'] ?? [];
  if (!Array.isArray(listed)) throw corrupt('added_tokens', 'is not a list');
  const added = renumbered(listed.map(addedTokenFrom), model, emptyIds, notes);
  const tokenOf = (id: number) => model.tokenOf(id) ?? '';
  const part = <T>(key: string, from: (json: JsonObject, place: string) => T): T | undefined => {
    const value = json[key] ?? undefined;
    if (value === undefined) return undefined;
    if (!isObject(value)) throw corrupt(key, 'is not an object');
    return from(value, key);
  };
  const tokenizer = new PipelineTokenizer({
    addedTokens: added,
    normalize: part('normalizer', normalizerFrom) ?? ((text) => text),
    preTokenize: part('pre_tokenizer', preTokenizerFrom) ?? ((text) => [text]),
    model,
    postProcessor: part('post_processor', (value, place) => postProcessorFrom(value, place, tokenOf)),
    decoder: part('decoder', decoderFrom),
    shortcut: shortcutFor?.(added) ?? shortcutForBert(json, model, added),
  });
  return { tokenizer, notes };
}

function shortcutForBert(
  json: JsonObject,
  model: TokenModel,
  added: readonly AddedToken[],
): Shortcut | undefined {
  const { normalizer, pre_tokenizer: preTokenizer } = json;
  const isBert = isObject(normalizer) && normalizer['type'] === 'BertNormalizer';
  if (!isBert || !isObject(preTokenizer) || preTokenizer['type'] !== 'BertPreTokenizer') return undefined;
  if (!(model instanceof WordPieceModel)) return undefined;
  return bertShortcut(model, bertOptions(normalizer, 'normalizer'), added);
}

function dropoutNote({ dropout }: JsonObject): string[] {
  if (typeof dropout !== 'number' || dropout === 0) return [];
  if (dropout === 1) return ['The file asks for dropout 1, which skips all merges: here as well.'];
  return [`The file asks for dropout ${dropout}, which skips merges at random; here no merge is skipped.`];
}

/** The expressions within parts of a description. */
function expressionsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'Regex' && typeof inner === 'string' ? [inner] : expressionsIn(inner),
  );
}

/**
 * Gives added tokens the ids that Hugging Face gives them, whatever the file says: that of the model's own token
 * with the same text, else the next from the number of the model's tokens on. Those without a text are left out; of
 * two with one id the later counts.
 * @param emptyIds become tokens that no text has
 */
function renumbered(
  listed: readonly AddedToken[],
  model: TokenModel,
  emptyIds: readonly number[],
  notes: string[],
): AddedToken[] {
  const { offsets } = model.vocabulary;
  let next = emptyIds.length;
  for (let id = 0; id < model.size; id++) if (offsets[id] !== offsets[id + 1]) next++;
  const known = new Map<string, AddedToken>();
  const byId = new Map<number, AddedToken>(emptyIds.map((id) => [id, withoutText(id)]));
  for (const token of listed) {
    const { content } = token;
    if (content === '') {
      notes.push(`The file lists an added token without a text, with the id ${token.id}: it is left out.`);
      continue;
    }
    const before = known.get(content);
    const id = before?.id ?? model.idOf(content) ?? next++;
    const special = token.special || before?.special === true;
    known.set(content, { ...token, id, special });
    byId.set(id, { ...token, id, special });
    if (id !== token.id) {
      notes.push(`The file gives ${content} the id ${token.id}; its place makes it ${id}.`);
    }
  }
  return [...byId.values()];
}

function withoutText(id: number): AddedToken {
  const flags = { singleWord: false, leftStrip: false, rightStrip: false, normalized: false, special: false };
  return { id, content: '', ...flags };
}

function addedTokenFrom(value: unknown, i: number): AddedToken {
  const place = `added_tokens[${i}]`;
  if (!isObject(value)) throw corrupt(place, 'is not an object');
  const special = booleanAt(value, 'special', place, false);
  return {
    id: idFrom(value['id'], `${place}.id`),
    content: stringAt(value, 'content', place),
    singleWord: booleanAt(value, 'single_word', place, false),
    leftStrip: booleanAt(value, 'lstrip', place, false),
    rightStrip: booleanAt(value, 'rstrip', place, false),
    normalized: booleanAt(value, 'normalized', place, !special),
    special,
  };
}
