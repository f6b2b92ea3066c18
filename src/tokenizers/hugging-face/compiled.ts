import { BpeModel } from '../models/bpe';
import { MergeTable } from '../models/merge-table';
import type { RegularBpe } from '../models/regular-bpe';
import { SpaceBpe } from '../models/space-bpe';
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
  const json = objectAt(config, 'model', name);
  const type = stringAt(json, 'type', 'model');
  if (type === 'WordPiece') {
    return assemble(config, new WordPieceModel(vocabulary, wordPieceOptionsFrom(json, vocabulary))).tokenizer;
  }
  if (type !== 'BPE') throw unsupported('model.type', type);
  const leftLengths = bytes.subarray(columns + count, columns + 2 * count);
  const irregular = irregularMerges(config, name);
  const order = mergeOrder(leftLengths, view, columns + 2 * count, irregular.length);
  const merges = allMerges(vocabulary, leftLengths, order, irregular);
  const model = new BpeModel(vocabulary, new MergeTable(merges), bpeOptionsFrom(json, vocabulary));
  const form = json['regular_merges'] === true ? spaceForm(config) : undefined;
  if (!form || !model.cuts) return assemble(config, model).tokenizer;
  const regular: RegularBpe = {
    model,
    leftLengths,
    order: order.filter((id) => id >= 0),
    irregular: new Set(irregular.map(([, , , merged]) => merged)),
  };
  return assemble(config, model, 0, (added) => SpaceBpe.shortcut(regular, added, form.prefix)).tokenizer;
}

/** Whether all that happens to a text before the model is that spaces become marks, and one may come in front. */
function spaceForm(config: JsonObject): { prefix: boolean } | undefined {
  const normalizer = isObject(config['normalizer']) ? config['normalizer'] : {};
  const steps = normalizer['type'] === 'Sequence' ? normalizer['normalizers'] : [normalizer];
  const spelled = JSON.stringify(steps);
  const replace = { type: 'Replace', pattern: { String: ' ' }, content: '\u2581' };
  const prepend = { type: 'Prepend', prepend: '\u2581' };
  const prefix = spelled === JSON.stringify([prepend, replace]);
  if (!prefix && spelled !== JSON.stringify([replace])) return undefined;
  // Gemma's splits at spaces, of which none are left.
  const split = isObject(config['pre_tokenizer']) ? config['pre_tokenizer'] : undefined;
  const idle = split?.['type'] === 'Split' && JSON.stringify(split['pattern']) === '{"String":" "}';
  return split === undefined || idle ? { prefix } : undefined;
}

type IrregularMerge = readonly [rank: number, left: number, right: number, merged: number];

function irregularMerges(config: JsonObject, name: string): readonly IrregularMerge[] {
  return arrayAt(config, 'irregular_merges', name) as unknown as readonly IrregularMerge[];
}

/** By rank the token that a regular merge makes; -1 where the merge is irregular. */
function mergeOrder(leftLengths: Uint8Array, view: DataView, ranks: number, irregular: number): Int32Array {
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
  leftLengths: Uint8Array,
  order: Int32Array,
  irregular: readonly IrregularMerge[],
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
  for (const [rank, ...merge] of irregular) merges.set(merge, 3 * rank);
  return merges;
}
