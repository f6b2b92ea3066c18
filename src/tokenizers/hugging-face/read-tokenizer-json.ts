import { JsonReader } from '../files/json-reader';
import type { Steps } from '../files/steps';
import { within } from '../files/steps';
import { invalidUtf8, utf8Fault } from '../files/utf8-check';
import type { Vocabulary } from '../vocabulary';
import type { JsonObject } from './json';
import type { ModelParts } from './models';
import { readMerges } from './read-merges';
import { type ReadVocabulary, readVocabulary } from './read-vocabulary';

/** A `tokenizer.json`, read. */
export interface ReadTokenizerJson {
  /** All but the model. */
  readonly json: JsonObject;
  readonly model: ModelParts;
  /** Ids of tokens without a text, which are holes in the vocabulary. */
  readonly emptyIds: readonly number[];
}

/**
 * Reads a `tokenizer.json` in small steps: vocabulary and merges into typed arrays, the rest as plain values.
 * @throws TokenoscopeError that names line, column, byte and path
 */
export function* readTokenizerJson(bytes: Uint8Array, name: string): Steps<ReadTokenizerJson> {
  const reader = new JsonReader(bytes, name);
  const invalid = yield* within(0, 0.05, invalidUtf8(bytes));
  if (invalid >= 0) throw reader.failure(utf8Fault(bytes, invalid), invalid);
  return yield* within(0.05, 1, readFile(reader));
}

function* readFile(reader: JsonReader): Steps<ReadTokenizerJson> {
  const json: Record<string, unknown> = {};
  let model: Model | undefined;
  for (let more = reader.open('{'); more; more = reader.next('}')) {
    const key = reader.key();
    reader.path.push(key);
    if (key === 'model') model = yield* readModel(reader);
    else if (key === 'added_tokens' && reader.peek() === 0x5b) json[key] = yield* readList(reader);
    else json[key] = reader.value();
    reader.path.pop();
    yield reader.at / reader.bytes.length;
  }
  reader.finish();
  if (model) return { json, ...model };
  if ('tokenizer_class' in json || 'added_tokens_decoder' in json) {
    throw reader.failure(
      'it is a tokenizer_config.json, which has settings only: give the tokenizer.json',
      0,
    );
  }
  throw reader.failure(`it has no "model", as a tokenizer.json does`, 0);
}

const PREFIX = 'continuing_subword_prefix';

/** Old files do not name the type. */
function isBpe(json: JsonObject): boolean {
  return (json['type'] ?? 'BPE') === 'BPE';
}

function prefixOf(json: JsonObject): string {
  return String(json[PREFIX] ?? '');
}

type Model = Pick<ReadTokenizerJson, 'model' | 'emptyIds'>;

function* readModel(reader: JsonReader): Steps<Model> {
  const json: Record<string, unknown> = {};
  const opened = reader.at;
  let read: ReadVocabulary | undefined;
  let merges: ReadMerges | undefined;
  let mergesAt = -1;
  for (let more = reader.open('{'); more; more = reader.next('}')) {
    const key = reader.key();
    reader.path.push(key);
    if (key === 'vocab') read = yield* readVocabulary(reader);
    else if (key === 'merges') {
      reader.peek();
      mergesAt = reader.at;
      merges = read && isBpe(json) ? yield* tryMerges(reader, read.vocabulary, json) : undefined;
      if (!merges) yield* reader.skip();
    } else json[key] = reader.value();
    reader.path.pop();
  }
  if (!read) throw reader.failure('it has no "vocab"', opened);
  if (!isBpe(json)) merges = undefined;
  else if (mergesAt >= 0 && merges?.prefix !== prefixOf(json)) {
    const end = reader.at;
    reader.at = mergesAt;
    reader.path.push('merges');
    merges = yield* mergesOf(reader, read.vocabulary, json);
    reader.path.pop();
    reader.at = end;
  }
  const { vocabulary, scores, emptyIds } = read;
  return { model: { json, vocabulary, scores, merges: merges?.ids }, emptyIds };
}

/** Merges, as ids, and the prefix of continuing tokens that their meaning depends on. */
interface ReadMerges {
  readonly ids: Int32Array;
  readonly prefix: string;
}

function* mergesOf(reader: JsonReader, vocabulary: Vocabulary, json: JsonObject): Steps<ReadMerges> {
  const prefix = prefixOf(json);
  return { ids: yield* readMerges(reader, vocabulary, prefix), prefix };
}

/** The same; undefined, and nothing read, where a part that follows may explain what seems wrong with them. */
function* tryMerges(
  reader: JsonReader,
  vocabulary: Vocabulary,
  json: JsonObject,
): Steps<ReadMerges | undefined> {
  const { at } = reader;
  const depth = reader.path.length;
  try {
    return yield* mergesOf(reader, vocabulary, json);
  } catch (error) {
    if (PREFIX in json && 'type' in json) throw error;
    reader.at = at;
    reader.path.length = depth;
    return undefined;
  }
}

function* readList(reader: JsonReader): Steps<unknown[]> {
  const list: unknown[] = [];
  for (let more = reader.open('['); more; more = reader.next(']')) {
    reader.path.push(list.length);
    list.push(reader.value());
    reader.path.pop();
    if ((list.length & 255) === 0) yield reader.at / reader.bytes.length;
  }
  return list;
}
