import type { Graph, Value } from '../onnx/graph';
import { normalLevels } from './normal-levels';
import type { Weights } from './weights';

/** How a checkpoint's tokens become whole numbers, and those become tokens again. */
export interface TokenIds {
  /** Ids that a token takes. */
  readonly perToken: number;
  /** Each id is below this. */
  readonly codebookSize: number;
  /** [K, encoder's channels] -> int32 [1, K * perToken] */
  toIds(graph: Graph, latents: Value): Value;
  /** int32 [1, K * perToken] -> [K, channels] */
  fromIds(graph: Graph, ids: Value): Value;
}

/**
 * The index of the nearest entry (VectorQuantizer in quantizer.py, github.com/bytedance/1d-tokenizer), by
 * |z|^2 + |e|^2 - 2 z e, in the order that the official code adds in.
 * @param normalized where tokens and entries have length 1
 */
export function codebookIds(
  weights: Weights,
  entries: number,
  channels: number,
  normalized: boolean,
): TokenIds {
  const tableOf = (graph: Graph) => {
    const table = weights.get(graph, 'quantize.embedding.weight', [entries, channels]);
    return normalized ? normalize(graph, table) : table;
  };
  return {
    perToken: 1,
    codebookSize: entries,
    toIds(graph, latents) {
      const table = tableOf(graph);
      const z = normalized ? normalize(graph, latents) : latents;
      const sums = graph.binary('Add', squares(graph, z), graph.transpose(squares(graph, table), [1, 0]));
      const products = graph.matmul(z, graph.transpose(table, [1, 0]));
      const distances = graph.binary('Sub', sums, graph.binary('Mul', products, graph.floats([2])));
      const index = graph.op('ArgMin', [distances], [z.dims[0]!], { axis: 1, keepdims: 0 });
      return graph.reshape(graph.op('Cast', [index], index.dims, { to: 6 }), [1, z.dims[0]!]);
    },
    fromIds(graph, ids) {
      const tokens = ids.dims[1]!;
      return graph.op('Gather', [tableOf(graph), graph.reshape(ids, [tokens])], [tokens, channels], {
        axis: 0,
      });
    },
  };
}

/** Steps of one unit of a continuous token: variational autoencoders keep their numbers near a normal distribution. */
const STEPS = 32;
const LEVELS = 256;

/**
 * Continuous tokens travel as 8 bits a number: a step is 1/32 and the range -4 to just below 4, beyond which
 * numbers are cut. Means are followed by variances, which are not needed.
 */
export function scalarIds(channels: number): TokenIds {
  const zero = LEVELS / 2;
  return {
    perToken: channels,
    codebookSize: LEVELS,
    toIds(graph, latents) {
      const [tokens = 0] = latents.dims;
      const cut = [graph.int64s([0]), graph.int64s([channels]), graph.int64s([1])];
      const means = graph.op('Slice', [latents, ...cut], [tokens, channels]);
      const scaled = graph.binary('Mul', means, graph.floats([STEPS]));
      const level = graph.binary('Add', graph.op('Round', [scaled], scaled.dims), graph.floats([zero]));
      const limits = [graph.floats([0]), graph.floats([LEVELS - 1])];
      const clipped = graph.op('Clip', [level, ...limits], level.dims);
      return graph.reshape(graph.op('Cast', [clipped], level.dims, { to: 6 }), [1, tokens * channels]);
    },
    fromIds(graph, ids) {
      const level = graph.op('Cast', [ids], ids.dims, { to: 1 });
      const centred = graph.binary('Sub', level, graph.floats([zero]));
      const values = graph.binary('Div', centred, graph.floats([STEPS]));
      return graph.reshape(values, [ids.dims[1]! / channels, channels]);
    },
  };
}

/** Bits of a number, and how many standard deviations they reach (docs/decisions/0021-numbers-of-continuous-tokens.md). */
const BITS = 8;
const RANGE = 10;

/**
 * Continuous tokens that nothing keeps near a normal distribution: each number, as a multiple of their standard
 * deviation, takes the nearest of 256 levels, which stand closest where most numbers are.
 * @param mean of all numbers of all tokens, as `spread`, their standard deviation
 */
export function levelIds(channels: number, mean: number, spread: number): TokenIds {
  const levels = normalLevels(BITS, RANGE);
  const between = levels.slice(1).map((level, i) => (level + levels[i]!) / 2);
  return {
    perToken: channels,
    codebookSize: levels.length,
    toIds(graph, latents) {
      const count = latents.dims[0]! * channels;
      const centred = graph.binary('Sub', graph.reshape(latents, [count, 1]), graph.floats([mean]));
      const scaled = graph.binary('Div', centred, graph.floats([spread]));
      const limits = graph.floats(between, [1, between.length]);
      const above = graph.op('Greater', [scaled, limits], [count, between.length]);
      const counted = graph.op('Cast', [above], above.dims, { to: 1 });
      const id = graph.op('ReduceSum', [counted, graph.int64s([1])], [count], { keepdims: 0 });
      return graph.reshape(graph.op('Cast', [id], [count], { to: 6 }), [1, count]);
    },
    fromIds(graph, ids) {
      const values = levels.map((level) => mean + spread * level);
      const count = ids.dims[1]!;
      const table = graph.floats(values, [values.length]);
      const picked = graph.op('Gather', [table, graph.reshape(ids, [count])], [count], { axis: 0 });
      return graph.reshape(picked, [count / channels, channels]);
    },
  };
}

/** torch.nn.functional.normalize over rows. */
export function normalize(graph: Graph, rows: Value): Value {
  const lengths = graph.op('ReduceL2', [rows, graph.int64s([1])], [rows.dims[0]!, 1], { keepdims: 1 });
  return graph.binary('Div', rows, graph.binary('Max', lengths, graph.floats([1e-12])));
}

/** [rows, 1] */
function squares(graph: Graph, rows: Value): Value {
  return graph.op('ReduceSumSquare', [rows, graph.int64s([1])], [rows.dims[0]!, 1], { keepdims: 1 });
}
