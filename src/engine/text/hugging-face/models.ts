import { BpeModel, type BpeOptions } from '../models/bpe';
import type { Merge } from '../models/merge-table';
import type { TokenModel } from '../models/model';
import { UnigramModel } from '../models/unigram';
import { WordLevelModel } from '../models/word-level';
import { WordPieceModel, type WordPieceOptions } from '../models/word-piece';
import {
  arrayAt,
  booleanAt,
  corrupt,
  idFrom,
  type JsonObject,
  numberAt,
  objectAt,
  stringAt,
  unsupported,
} from './json';

/**
 * The model that a tokenizer.json describes.
 * @throws TokenoscopeError `tokenizer-corrupt` that names the place
 */
export function modelFrom(json: JsonObject): TokenModel {
  const place = 'model';
  // Old files do not name the type.
  const type = stringAt(json, 'type', place, guessedType(json));
  switch (type) {
    case 'BPE':
      return bpeFrom(json, place);
    case 'WordPiece': {
      const ids = vocabularyFrom(objectAt(json, 'vocab', place), `${place}.vocab`);
      return new WordPieceModel(ids, wordPieceOptionsFrom(json, ids));
    }
    case 'WordLevel': {
      const ids = vocabularyFrom(objectAt(json, 'vocab', place), `${place}.vocab`);
      return new WordLevelModel(ids, ids.get(stringAt(json, 'unk_token', place, '<unk>')));
    }
    case 'Unigram':
      return unigramFrom(json, place);
    default:
      throw unsupported(`${place}.type`, type);
  }
}

/**
 * Options of a WordPiece model, whose vocabulary is already known.
 * @throws TokenoscopeError `tokenizer-corrupt` that names the place
 */
export function wordPieceOptionsFrom(json: JsonObject, ids: ReadonlyMap<string, number>): WordPieceOptions {
  const place = 'model';
  return {
    unknown: known(ids, stringAt(json, 'unk_token', place, '[UNK]'), `${place}.unk_token`),
    prefix: stringAt(json, 'continuing_subword_prefix', place, '##'),
    maxCharacters: numberAt(json, 'max_input_chars_per_word', place, 100),
  };
}

function guessedType(json: JsonObject): string {
  if (Array.isArray(json['merges'])) return 'BPE';
  if (Array.isArray(json['vocab'])) return 'Unigram';
  return 'continuing_subword_prefix' in json ? 'WordPiece' : 'WordLevel';
}

function vocabularyFrom(vocab: JsonObject, place: string): Map<string, number> {
  const ids = new Map<string, number>();
  const seen = new Set<number>();
  for (const [token, value] of Object.entries(vocab)) {
    const id = idFrom(value, `${place}[${JSON.stringify(token)}]`);
    if (seen.has(id)) throw corrupt(`${place}[${JSON.stringify(token)}]`, `repeats the id ${id}`);
    seen.add(id);
    ids.set(token, id);
  }
  if (ids.size > 0 && Math.max(...topIds(seen)) > ids.size * 16 + 1_000_000) {
    throw corrupt(place, 'has ids far beyond its size');
  }
  return ids;
}

/** The largest id, without spreading a long list into a call. */
function topIds(ids: ReadonlySet<number>): [number] {
  let top = 0;
  for (const id of ids) if (id > top) top = id;
  return [top];
}

function known(ids: ReadonlyMap<string, number>, token: string, place: string): number {
  const id = ids.get(token);
  if (id === undefined)
    throw corrupt(place, `names ${JSON.stringify(token)}, which is not in the vocabulary`);
  return id;
}

function bpeFrom(json: JsonObject, place: string): TokenModel {
  const ids = vocabularyFrom(objectAt(json, 'vocab', place), `${place}.vocab`);
  return new BpeModel(ids, mergesFrom(json, ids, place), bpeOptionsFrom(json, ids));
}

/**
 * Options of a BPE model, whose vocabulary and merges are already known.
 * @throws TokenoscopeError `tokenizer-corrupt` that names the place
 */
export function bpeOptionsFrom(json: JsonObject, ids: ReadonlyMap<string, number>): BpeOptions {
  const place = 'model';
  if (typeof json['dropout'] === 'number' && json['dropout'] > 0) {
    throw unsupported(`${place}.dropout`, `${json['dropout']}; segmentation by chance has no one answer`);
  }
  const unknown = json['unk_token'];
  return {
    unknown: typeof unknown === 'string' ? ids.get(unknown) : undefined,
    fuseUnknown: booleanAt(json, 'fuse_unk', place, false),
    byteFallback: booleanAt(json, 'byte_fallback', place, false),
    ignoreMerges: booleanAt(json, 'ignore_merges', place, false),
    continuingPrefix: stringAt(json, 'continuing_subword_prefix', place, ''),
    endOfWordSuffix: stringAt(json, 'end_of_word_suffix', place, ''),
  };
}

function mergesFrom(json: JsonObject, ids: ReadonlyMap<string, number>, place: string): Merge[] {
  const prefix = stringAt(json, 'continuing_subword_prefix', place, '');
  return arrayAt(json, 'merges', place).map((value, i): Merge => {
    const at = `${place}.merges[${i}]`;
    const [left, right] = halves(value, at);
    const merged = left + (prefix !== '' && right.startsWith(prefix) ? right.slice(prefix.length) : right);
    return [known(ids, left, at), known(ids, right, at), known(ids, merged, at)];
  });
}

function halves(value: unknown, place: string): [string, string] {
  const parts: unknown = typeof value === 'string' ? value.split(' ') : value;
  if (Array.isArray(parts) && parts.length === 2) {
    const [left, right] = parts as unknown[];
    if (typeof left === 'string' && typeof right === 'string') return [left, right];
  }
  throw corrupt(place, 'is no pair of tokens');
}

function unigramFrom(json: JsonObject, place: string): TokenModel {
  const vocabulary = arrayAt(json, 'vocab', place).map((value, i): [string, number] => {
    if (Array.isArray(value) && typeof value[0] === 'string' && typeof value[1] === 'number') {
      return [value[0], value[1]];
    }
    throw corrupt(`${place}.vocab[${i}]`, 'is no pair of token and score');
  });
  const unknown = json['unk_id'] ?? undefined;
  if (unknown !== undefined && idFrom(unknown, `${place}.unk_id`) >= vocabulary.length) {
    throw corrupt(`${place}.unk_id`, 'is beyond the vocabulary');
  }
  return new UnigramModel(
    vocabulary,
    unknown as number | undefined,
    booleanAt(json, 'byte_fallback', place, false),
  );
}
