import type { AddedToken } from '../added-tokens';
import { bertShortcut } from '../models/bert-words';
import type { TokenModel } from '../models/model';
import { WordPieceModel } from '../models/word-piece';
import { PipelineTokenizer, type Shortcut } from '../pipeline-tokenizer';
import { decoderFrom } from './decoders';
import { booleanAt, corrupt, idFrom, isObject, type JsonObject, stringAt } from './json';
import { bertOptions, normalizerFrom } from './normalizers';
import { type Expressions, expressionsIn } from './patterns';
import { postProcessorFrom } from './post-processors';
import { preTokenizerFrom } from './pre-tokenizers';

/** A tokenizer from a file, and the parts of the file that were ignored. */
export interface LoadedTokenizerFile {
  readonly tokenizer: PipelineTokenizer;
  /** For the user: parts of the file that are left out on purpose. */
  readonly notes: readonly string[];
}

/**
 * Assembles a tokenizer from its model and the rest of its `tokenizer.json`.
 * @param expressions where it has any (`expressionsIn`)
 * @param emptyIds tokens of the model without a text, which never occur but are counted
 * @param shortcutFor a faster way to the same tokens, where the caller knows one
 * @throws TokenoscopeError as `tokenizerFromJson`
 */
export function assemble(
  json: JsonObject,
  model: TokenModel,
  expressions: Expressions | undefined,
  emptyIds: readonly number[] = [],
  shortcutFor?: (added: readonly AddedToken[]) => Shortcut | undefined,
): LoadedTokenizerFile {
  const notes: string[] = [];
  for (const part of ['truncation', 'padding'] as const) {
    if (json[part]) notes.push(`The file asks for ${part}; here whole texts are shown as they are.`);
  }
  for (const expression of expressionsIn([json['normalizer'], json['pre_tokenizer']])) {
    if (expressions?.mayBeEndless(expression)) {
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
    normalize:
      part('normalizer', (value, place) => normalizerFrom(value, place, expressions)) ?? ((text) => text),
    preTokenize:
      part('pre_tokenizer', (value, place) => preTokenizerFrom(value, place, expressions)) ??
      ((text) => [text]),
    model,
    postProcessor: part('post_processor', (value, place) => postProcessorFrom(value, place, tokenOf)),
    decoder: part('decoder', (value, place) => decoderFrom(value, place, expressions)),
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
