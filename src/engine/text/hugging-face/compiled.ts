import { BpeModel } from '../models/bpe';
import { MergeTable } from '../models/merge-table';
import type { TokenModel } from '../models/model';
import { WordPieceModel } from '../models/word-piece';
import type { PipelineTokenizer } from '../pipeline-tokenizer';
import { damaged, gunzip, Vocabulary } from '../vocabulary';
import { arrayAt, isObject, type JsonObject, objectAt, stringAt, unsupported } from './json';
import { bpeOptionsFrom, wordPieceOptionsFrom } from './models';
import { assemble } from './tokenizer-json';

const MAGIC = 0x31504b54; // 'TKP1'

/**
 * Reads a compiled tokenizer.json (format: scripts/vocabularies/format.mjs).
 * @throws TokenoscopeError `tokenizer-corrupt` where the bytes are not one
 */
export async function readCompiledPipeline(name: string, file: Uint8Array): Promise<PipelineTokenizer> {
  const bytes = await gunzip(name, file);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || view.getUint32(0, true) !== MAGIC) throw damaged(name, 'it does not start as one');
  const count = view.getUint32(4, true);
  const columns = 12 + view.getUint32(8, true);
  const pool = columns + 6 * count;
  if (pool > bytes.length) throw damaged(name, 'it ends early');
  const offsets = new Uint32Array(count + 1);
  for (let id = 0; id < count; id++) offsets[id + 1] = offsets[id]! + bytes[columns + id]!;
  if (pool + offsets[count]! !== bytes.length) throw damaged(name, 'its length is wrong');
  const config: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(12, columns)));
  if (!isObject(config)) throw damaged(name, 'it has no description');

  const vocabulary = new Vocabulary(bytes.subarray(pool), offsets);
  const model = objectAt(config, 'model', name);
  const merges = () => {
    const regular = regularMerges(vocabulary, bytes.subarray(columns + count), view, columns + 2 * count);
    return inRankOrder([...regular, ...irregularMerges(config, name)]);
  };
  return assemble(config, modelOf(model, vocabulary, merges)).tokenizer;
}

function modelOf(json: JsonObject, vocabulary: Vocabulary, merges: () => Int32Array): TokenModel {
  const type = stringAt(json, 'type', 'model');
  if (type === 'BPE')
    return new BpeModel(vocabulary, new MergeTable(merges()), bpeOptionsFrom(json, vocabulary));
  if (type === 'WordPiece') return new WordPieceModel(vocabulary, wordPieceOptionsFrom(json, vocabulary));
  throw unsupported('model.type', type);
}

interface RankedMerge {
  readonly rank: number;
  readonly merge: readonly [left: number, right: number, merged: number];
}

function regularMerges(
  vocabulary: Vocabulary,
  leftLengths: Uint8Array,
  view: DataView,
  ranks: number,
): RankedMerge[] {
  const { pool, offsets, size } = vocabulary;
  const merges: RankedMerge[] = [];
  let rank = 0;
  for (let id = 0; id < size; id++) {
    const length = leftLengths[id]!;
    if (length === 0) continue;
    rank += view.getInt32(ranks + 4 * id, true);
    const start = offsets[id]!;
    const left = vocabulary.find(pool, start, start + length);
    const right = vocabulary.find(pool, start + length, offsets[id + 1]!);
    merges.push({ rank, merge: [left, right, id] });
  }
  return merges;
}

function irregularMerges(config: JsonObject, name: string): RankedMerge[] {
  return arrayAt(config, 'irregular_merges', name).map((value) => {
    const [rank, left, right, merged] = value as [number, number, number, number];
    return { rank, merge: [left, right, merged] };
  });
}

function inRankOrder(merges: RankedMerge[]): Int32Array {
  const flat = new Int32Array(3 * merges.length);
  merges
    .sort((a, b) => a.rank - b.rank)
    .forEach(({ merge }, i) => {
      flat.set(merge, 3 * i);
    });
  return flat;
}
