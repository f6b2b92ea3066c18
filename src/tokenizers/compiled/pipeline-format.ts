import { encodeUtf8 } from '../../core/text/utf8';
import type { JsonObject } from '../hugging-face/json';
import type { ModelParts } from '../hugging-face/models';
import type { ReadTokenizerJson } from '../hugging-face/read-tokenizer-json';
import { damaged, Vocabulary } from '../vocabulary';
import { canonicalMerges } from './canonical-merges';

const MAGIC = 0x32504b54; // 'TKP2'

/**
 * The compiled form of a whole tokenizer of any model type, version 2. Little-endian, gzipped by the build, because
 * many static hosts send .bin files uncompressed. Columns, not rows: they compress better.
 *
 *   u32  magic 'TKP2'
 *   u32  count: ids are 0..count-1
 *   u32  jsonLength
 *   u8   json[jsonLength]           a `Head`
 *   u8   length[count * width]      bytes of each token; 0 marks an id without a token (a hole); low bytes of all
 *                                   tokens first, then, where width is 2, high bytes
 *   with merges:
 *   u8   leftLength[count * width]  bytes of the left half of the one merge that makes the token; 0 where none does
 *   i32  rankStep[count]            rank of that merge less that of the merged token before it, by id
 *   i32  irregular[4 * irregular]   the other merges: rank, left, right, merged
 *   with scores:
 *   f32 or f64  score[count]        log probabilities
 *   u8   bytes[]                    the tokens' UTF-8, one after the other, in id order
 *
 * `leftLength` makes merge tables cheap: with it the reader finds both halves of a merge in two look-ups.
 */
interface Head {
  /** The tokenizer.json without its model. */
  readonly json: JsonObject;
  /** The model without vocabulary and merges. */
  readonly model: JsonObject;
  readonly emptyIds: readonly number[];
  /** Bytes of a length. */
  readonly width: 1 | 2;
  /** Irregular merges; null where the model has no merges at all. */
  readonly irregular: number | null;
  /** Whether the other merges can be used for backtracking. */
  readonly regular: boolean;
  /** Bytes of a score; 0 where there are none. */
  readonly scoreBytes: 0 | 4 | 8;
}

/** A compiled tokenizer, read back. */
export interface CompiledPipeline extends ReadTokenizerJson {
  /** For models with merges: the data for faster algorithms with the same result. */
  readonly merged: CompiledMerges | undefined;
}

/** Merges in both forms: `ModelParts.merges` lists them all. */
export interface CompiledMerges {
  /** Bytes of the left half by id; 0 where there is no regular merge. */
  readonly leftLengths: Uint8Array | Uint16Array;
  /** By rank the token that a regular merge makes; -1 where the merge is irregular. */
  readonly order: Int32Array;
  /** Tokens that irregular merges make. */
  readonly irregular: ReadonlySet<number>;
  /** Whether tokens in the order of their merges can be encoded by backtracking. */
  readonly isRegular: boolean;
}

/**
 * Packs a tokenizer for `unpackPipeline`; not gzipped yet.
 * @throws RangeError where a token has 65,536 bytes or more
 */
export function packPipeline({ json, model, emptyIds }: ReadTokenizerJson): Uint8Array {
  const { vocabulary, scores } = model;
  const { offsets, size: count, pool, longest } = vocabulary;
  if (longest > 0xffff) throw new RangeError(`A token has ${longest} bytes; the format holds 65,535.`);
  const width = longest > 255 ? 2 : 1;
  const merges = model.merges && canonicalMerges(vocabulary, model.merges, hasAffixes(model.json));
  const head: Head = {
    json,
    model: model.json,
    emptyIds,
    width,
    irregular: merges ? merges.irregular.length / 4 : null,
    regular: merges?.isRegular ?? false,
    scoreBytes: scores ? (scores.every((score) => Object.is(Math.fround(score), score)) ? 4 : 8) : 0,
  };
  const lengths = Uint16Array.from({ length: count }, (_, id) => offsets[id + 1]! - offsets[id]!);
  const text = encodeUtf8(JSON.stringify(head));
  const start = new Uint8Array(12 + text.length);
  const view = new DataView(start.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, count, true);
  view.setUint32(8, text.length, true);
  start.set(text, 12);
  const parts = [start, planes(lengths, width)];
  if (merges) {
    let last = 0;
    const steps = merges.ranks.map((rank, id) => {
      if (merges.leftLengths[id] === 0) return 0;
      const step = rank - last;
      last = rank;
      return step;
    });
    parts.push(planes(merges.leftLengths, width), ofNumbers(steps), ofNumbers(merges.irregular));
  }
  if (scores) parts.push(ofNumbers(head.scoreBytes === 4 ? Float32Array.from(scores) : scores));
  return joined([...parts, pool]);
}

/**
 * Reads what `packPipeline` wrote.
 * @param bytes no longer gzipped
 * @throws TokenoscopeError `tokenizer-corrupt` where the bytes are not one
 */
export function unpackPipeline(name: string, bytes: Uint8Array): CompiledPipeline {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || view.getUint32(0, true) !== MAGIC) throw damaged(name, 'it does not start as one');
  const count = view.getUint32(4, true);
  const columns = 12 + view.getUint32(8, true);
  if (columns > bytes.length) throw damaged(name, 'it ends early');
  const head = JSON.parse(new TextDecoder().decode(bytes.subarray(12, columns))) as Head;
  const { width, irregular } = head;
  const ranks = columns + 2 * width * count;
  const scoresAt = irregular === null ? columns + width * count : ranks + 4 * count + 16 * irregular;
  const poolAt = scoresAt + head.scoreBytes * count;
  if (poolAt > bytes.length) throw damaged(name, 'it ends early');
  const lengths = fromPlanes(bytes, columns, count, width);
  const offsets = new Uint32Array(count + 1);
  for (let id = 0; id < count; id++) offsets[id + 1] = offsets[id]! + lengths[id]!;
  if (poolAt + offsets[count]! !== bytes.length) throw damaged(name, 'its length is wrong');

  const vocabulary = new Vocabulary(bytes.subarray(poolAt), offsets);
  const scores = head.scoreBytes === 0 ? undefined : scoresFrom(view, scoresAt, count, head.scoreBytes);
  const rest = { json: head.json, emptyIds: head.emptyIds };
  if (irregular === null) {
    const model: ModelParts = { json: head.model, vocabulary, scores, merges: undefined };
    return { ...rest, model, merged: undefined };
  }
  const leftLengths = fromPlanes(bytes, columns + width * count, count, width);
  const odd = Int32Array.from({ length: 4 * irregular }, (_, i) =>
    view.getInt32(ranks + 4 * (count + i), true),
  );
  const order = mergeOrder(leftLengths, view, ranks, irregular);
  const merges = allMerges(vocabulary, leftLengths, order, odd);
  const made = new Set(odd.filter((_, i) => i % 4 === 3));
  const model: ModelParts = { json: head.model, vocabulary, scores, merges };
  return { ...rest, model, merged: { leftLengths, order, irregular: made, isRegular: head.regular } };
}

function hasAffixes(model: JsonObject): boolean {
  return Boolean(model['continuing_subword_prefix']) || Boolean(model['end_of_word_suffix']);
}

/** Low bytes of all numbers, then, where `width` is 2, high bytes, which compress to almost nothing. */
function planes(numbers: Uint16Array, width: number): Uint8Array {
  const bytes = new Uint8Array(width * numbers.length);
  numbers.forEach((number, i) => {
    bytes[i] = number & 255;
    if (width > 1) bytes[numbers.length + i] = number >> 8;
  });
  return bytes;
}

function fromPlanes(bytes: Uint8Array, at: number, count: number, width: number): Uint8Array | Uint16Array {
  if (width === 1) return bytes.subarray(at, at + count);
  return Uint16Array.from({ length: count }, (_, i) => bytes[at + i]! | (bytes[at + count + i]! << 8));
}

function ofNumbers(numbers: Int32Array | Float32Array | Float64Array): Uint8Array {
  const bytes = new Uint8Array(numbers.byteLength);
  const view = new DataView(bytes.buffer);
  numbers.forEach((number: number, i: number) => {
    if (numbers instanceof Int32Array) view.setInt32(4 * i, number, true);
    else if (numbers instanceof Float32Array) view.setFloat32(4 * i, number, true);
    else view.setFloat64(8 * i, number, true);
  });
  return bytes;
}

function scoresFrom(view: DataView, at: number, count: number, bytes: number): Float64Array {
  const scores = new Float64Array(count);
  for (let id = 0; id < count; id++) {
    scores[id] = bytes === 4 ? view.getFloat32(at + 4 * id, true) : view.getFloat64(at + 8 * id, true);
  }
  return scores;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function mergeOrder(
  leftLengths: Uint8Array | Uint16Array,
  view: DataView,
  ranks: number,
  irregular: number,
): Int32Array {
  let count = irregular;
  for (const length of leftLengths) if (length > 0) count++;
  const order = new Int32Array(count).fill(-1);
  let rank = 0;
  for (let id = 0; id < leftLengths.length; id++) {
    if (leftLengths[id] === 0) continue;
    rank += view.getInt32(ranks + 4 * id, true);
    order[rank] = id;
  }
  return order;
}

/** All merges in the order of their ranks, flat: left, right, merged. */
function allMerges(
  vocabulary: Vocabulary,
  leftLengths: Uint8Array | Uint16Array,
  order: Int32Array,
  irregular: Int32Array,
): Int32Array {
  const { pool, offsets } = vocabulary;
  const merges = new Int32Array(3 * order.length);
  for (let rank = 0; rank < order.length; rank++) {
    const id = order[rank]!;
    if (id < 0) continue;
    const start = offsets[id]!;
    const middle = start + leftLengths[id]!;
    merges[3 * rank] = vocabulary.find(pool, start, middle);
    merges[3 * rank + 1] = vocabulary.find(pool, middle, offsets[id + 1]!);
    merges[3 * rank + 2] = id;
  }
  for (let i = 0; i < irregular.length; i += 4)
    merges.set(irregular.subarray(i + 1, i + 4), 3 * irregular[i]!);
  return merges;
}
