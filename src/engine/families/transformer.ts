import type { Graph, Value } from '../onnx/graph';
import type { Weights } from './weights';

/** PyTorch's default for nn.LayerNorm. */
const EPSILON = 1e-5;

/** nn.LayerNorm over the last axis of [rows, width]. */
export function layerNorm(
  graph: Graph,
  weights: Weights,
  prefix: string,
  x: Value,
  epsilon: number = EPSILON,
): Value {
  const width = x.dims.at(-1)!;
  const scale = weights.get(graph, `${prefix}.weight`, [width]);
  const bias = weights.get(graph, `${prefix}.bias`, [width]);
  return graph.op('LayerNormalization', [x, scale, bias], x.dims, { axis: -1, epsilon: { float: epsilon } });
}

/** A linear layer of the checkpoint over [rows, in]. */
export function linear(graph: Graph, weights: Weights, prefix: string, x: Value, out: number): Value {
  return dense(graph, weights, `${prefix}.weight`, `${prefix}.bias`, x, out);
}

/**
 * Pre-norm residual attention blocks with GELU, as in TiTok's blocks.py (github.com/bytedance/1d-tokenizer):
 * x + attention(norm(x)), then x + MLP(norm(x)).
 * @param prefix `encoder.transformer.` or `decoder.transformer.`
 * @param x [tokens, width]
 * @param mask [1, 1, tokens] to add to every score before the softmax, or undefined
 */
export function transformer(
  graph: Graph,
  weights: Weights,
  prefix: string,
  x: Value,
  heads: number,
  mask?: Value,
): Value {
  const layers = weights.countFrom(prefix, '.ln_1.weight');
  let result = x;
  for (let layer = 0; layer < layers; layer++) {
    const block = `${prefix}${layer}`;
    const normed = layerNorm(graph, weights, `${block}.ln_1`, result);
    result = graph.binary('Add', result, attention(graph, weights, `${block}.attn`, normed, heads, mask));
    const wide = weights.dims(`${block}.mlp.c_fc.weight`, 2)[0]!;
    let hidden = layerNorm(graph, weights, `${block}.ln_2`, result);
    hidden = gelu(graph, linear(graph, weights, `${block}.mlp.c_fc`, hidden, wide));
    hidden = linear(graph, weights, `${block}.mlp.c_proj`, hidden, x.dims[1]!);
    result = graph.binary('Add', result, hidden);
  }
  return result;
}

/** nn.MultiheadAttention of every token over all. */
function attention(
  graph: Graph,
  weights: Weights,
  prefix: string,
  x: Value,
  heads: number,
  mask: Value | undefined,
): Value {
  const [tokens = 0, width = 0] = x.dims;
  const names = [`${prefix}.in_proj_weight`, `${prefix}.in_proj_bias`] as const;
  const projected = dense(graph, weights, ...names, x, 3 * width);
  const part = [tokens, width];
  const [q, k, v] = graph.ops('Split', [projected], [part, part, part], { axis: 1, num_outputs: 3 });
  return linear(graph, weights, `${prefix}.out_proj`, attend(graph, q!, k!, v!, heads, mask), width);
}

/**
 * nn.MultiheadAttention of queries over other tokens, whose keys and values differ (positions are added to keys only).
 * @param asked [tokens, width]
 * @param keys [others, width], as values
 * @param mask [1, 1 or tokens, others] to add to every score before the softmax, or undefined
 */
export function crossAttention(
  graph: Graph,
  weights: Weights,
  prefix: string,
  [asked, keys, values]: readonly [asked: Value, keys: Value, values: Value],
  heads: number,
  mask?: Value,
): Value {
  const width = asked.dims[1]!;
  const project = (third: number, x: Value) => {
    const [from, to] = [third * width, (third + 1) * width];
    const weight = weights.rows(graph, `${prefix}.in_proj_weight`, [3 * width, width], from, to);
    return graph.linear(x, weight, weights.rows(graph, `${prefix}.in_proj_bias`, [3 * width], from, to));
  };
  const mixed = attend(graph, project(0, asked), project(1, keys), project(2, values), heads, mask);
  return linear(graph, weights, `${prefix}.out_proj`, mixed, width);
}

/**
 * Scaled dot product attention: softmax(scale q k^T + mask) v, for every head.
 * @param q [tokens, width]
 * @param k [others, width], as v; the same tokens in self-attention
 * @param mask [1, 1 or tokens, others] to add to every score before the softmax, or undefined
 * @param scaled what scores are multiplied by; 1 / sqrt(width / heads) where it is not given
 */
export function attend(
  graph: Graph,
  q: Value,
  k: Value,
  v: Value,
  heads: number,
  mask?: Value,
  scaled?: number,
): Value {
  const [, width = 0] = q.dims;
  const inner = width / heads;
  const split = (value: Value, perm: readonly number[]) =>
    graph.transpose(graph.reshape(value, [value.dims[0]!, heads, inner]), perm);
  const scale = graph.floats([scaled ?? 1 / Math.sqrt(inner)]);
  let scores = graph.matmul(split(graph.binary('Mul', q, scale), [1, 0, 2]), split(k, [1, 2, 0]));
  if (mask) scores = graph.binary('Add', scores, mask);
  const shares = graph.op('Softmax', [scores], scores.dims, { axis: -1 });
  const mixed = graph.transpose(graph.matmul(shares, split(v, [1, 0, 2])), [1, 0, 2]);
  return graph.reshape(mixed, q.dims);
}

/** [1, 1, before + tokens] to add to scores: 0 for what is seen, and so little for the rest that softmax drops it. */
export function hideFrom(graph: Graph, k: Value, before: number, tokens: number, unit: number): Value {
  const last = Array.from({ length: before + tokens }, (_, i) => (i - before + 1) * unit - 1);
  const dims = [1, 1, last.length];
  const seen = graph.op('Less', [graph.int32s(last, dims), k], dims);
  return graph.op('Where', [seen, graph.floats([0]), graph.floats([-1e9])], dims);
}

/** All rows of the first, then those of the next, and so on; each [rows, width]. */
export function stack(graph: Graph, ...parts: readonly Value[]): Value {
  const count = parts.reduce((sum, { dims }) => sum + dims[0]!, 0);
  return graph.op('Concat', parts, [count, parts[0]!.dims[1]!], { axis: 0 });
}

/** Rows `from` to before `to` of [rows, width]. */
export function rows(graph: Graph, x: Value, from: number, to: number): Value {
  const inputs = [x, graph.int64s([from]), graph.int64s([to]), graph.int64s([0])];
  return graph.op('Slice', inputs, [to - from, x.dims[1]!]);
}

function dense(graph: Graph, weights: Weights, weight: string, bias: string, x: Value, out: number): Value {
  return graph.linear(x, weights.get(graph, weight, [out, x.dims[1]!]), weights.get(graph, bias, [out]));
}

/** x (1 + erf(x / sqrt 2)) / 2, exact; onnxruntime fuses it into one operator. */
export function gelu(graph: Graph, x: Value): Value {
  const erf = graph.unary('Erf', graph.binary('Div', x, graph.floats([Math.SQRT2])));
  const gate = graph.binary('Add', erf, graph.floats([1]));
  return graph.binary('Mul', graph.binary('Mul', x, gate), graph.floats([0.5]));
}
