import { Graph, type Value } from '../onnx/graph';
import type { BuiltModel } from './checkpoint';

/** How a model works on pictures of one size and on tokens of one number. */
export interface OnePassEach {
  /** Pixels along a side of the picture. */
  readonly side: number;
  /** Ids of a picture. */
  readonly length: number;
  /** Pictures [1, 3, side, side] in [0, 1] -> ids [1, length]. */
  encode(graph: Graph, image: Value): Value;
  /** Ids [1, length] and how many of them count, k [1] -> pictures [1, 3, side, side] in [0, 1]. */
  decode(graph: Graph, ids: Value, k: Value): Value;
}

/** The graphs of a model that encodes in one pass and decodes in another, by the contract in manifest.ts. */
export function twoGraphs({
  side,
  length,
  encode,
  decode,
}: OnePassEach): Pick<BuiltModel, 'encoder' | 'decoder' | 'multiplications'> {
  const encoder = new Graph('encoder');
  encoder.output(encode(encoder, encoder.input('image', 'float32', [1, 3, side, side])), 'ids', 'int32');
  const decoder = new Graph('decoder');
  const [ids, k] = [decoder.input('ids', 'int32', [1, length]), decoder.input('k', 'int32', [1])];
  decoder.output(decode(decoder, ids, k), 'image', 'float32');
  return {
    encoder: encoder.encode(),
    decoder: decoder.encode(),
    multiplications: { encode: encoder.multiplications, decode: decoder.multiplications },
  };
}
