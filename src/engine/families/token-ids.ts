import type { Graph, Value } from '../onnx/graph';
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

/** How far beyond its outermost level a number may be, as a share of the levels (FSQ.bound). */
const BEYOND = 1e-3;

/**
 * Finite scalar quantisation (Mentzer et al. 2023; FSQ in quantize_fsq.py, github.com/apple/ml-flextok): every number is
 * bounded and rounded to one of its levels, and those together are one id, the first number's the smallest part.
 * @param levels of each number
 */
export function finiteScalarIds(levels: readonly number[]): TokenIds {
  const dims = [1, levels.length];
  const half = levels.map((count) => ((count - 1) * (1 + BEYOND)) / 2);
  const offset = levels.map((count) => (count % 2 === 0 ? 0.5 : 0));
  const middle = levels.map((count) => Math.floor(count / 2));
  const basis = levels.map((_, i) => levels.slice(0, i).reduce((product, count) => product * count, 1));
  const codebookSize = levels.reduce((product, count) => product * count, 1);
  return {
    perToken: 1,
    codebookSize,
    toIds(graph, latents) {
      const [tokens = 0] = latents.dims;
      const row = (values: readonly number[]) => graph.floats(values, dims);
      const shift = row(half.map((width, i) => Math.atanh(offset[i]! / width)));
      const curved = graph.unary('Tanh', graph.binary('Add', latents, shift));
      const bounded = graph.binary('Sub', graph.binary('Mul', curved, row(half)), row(offset));
      const digits = graph.binary('Add', graph.op('Round', [bounded], bounded.dims), row(middle));
      const parts = graph.binary('Mul', digits, row(basis));
      const id = graph.op('ReduceSum', [parts, graph.int64s([1])], [tokens], { keepdims: 0 });
      return graph.reshape(graph.op('Cast', [id], id.dims, { to: 6 }), [1, tokens]);
    },
    fromIds(graph, ids) {
      const tokens = ids.dims[1]!;
      const row = (values: readonly number[]) => graph.floats(values, dims);
      // In floats, which hold every id: WebGPU has no remainder of whole numbers.
      const id = graph.reshape(graph.op('Cast', [ids], ids.dims, { to: 1 }), [tokens, 1]);
      const whole = (by: readonly number[]) => {
        const quotient = graph.binary('Div', id, row(by));
        return graph.op('Floor', [quotient], quotient.dims);
      };
      const above = graph.binary('Mul', whole(basis.map((one, i) => one * levels[i]!)), row(levels));
      const digits = graph.binary('Sub', whole(basis), above);
      return graph.binary('Div', graph.binary('Sub', digits, row(middle)), row(middle));
    },
  };
}

/** torch.nn.functional.normalize over rows. */
function normalize(graph: Graph, rows: Value): Value {
  const lengths = graph.op('ReduceL2', [rows, graph.int64s([1])], [rows.dims[0]!, 1], { keepdims: 1 });
  return graph.binary('Div', rows, graph.binary('Max', lengths, graph.floats([1e-12])));
}

/** [rows, 1] */
function squares(graph: Graph, rows: Value): Value {
  return graph.op('ReduceSumSquare', [rows, graph.int64s([1])], [rows.dims[0]!, 1], { keepdims: 1 });
}
