import type { Graph, Value } from '../onnx/graph';
import { silu } from './convolutions';
import { attend, linear } from './transformer';
import type { Weights } from './weights';

/** PyTorch's default for nn.LayerNorm. */
const EPSILON = 1e-5;

/**
 * What the time makes of a block's norms and gates: `count` values for every token, which are the same for all, or for
 * all of one part.
 * @param own for each token, which part it is of
 * @returns [tokens, width] or [1, width] each
 */
export function modulations(
  graph: Graph,
  weights: Weights,
  name: string,
  time: Value,
  count: number,
  own: readonly number[],
): Value[] {
  const width = time.dims[1]!;
  const [size = 0] = weights.dims(`${name}.weight`, 2);
  const parts = Math.round(size / (count * width));
  const all = graph.reshape(linear(graph, weights, name, time, parts * count * width), [
    parts,
    count * width,
  ]);
  const each =
    parts === 1
      ? all
      : graph.op('Gather', [all, graph.int32s(own, [own.length])], [own.length, count * width], { axis: 0 });
  const dims = [each.dims[0]!, width];
  return graph.ops('Split', [each], Array<number[]>(count).fill(dims), { axis: 1, num_outputs: count });
}

/** x (1 + scale) + shift. */
export function modulate(graph: Graph, x: Value, shift: Value, scale: Value): Value {
  return graph.binary('Add', graph.binary('Mul', x, graph.binary('Add', scale, graph.floats([1]))), shift);
}

/** nn.LayerNorm over the last axis, without weights. */
export function plainNorm(graph: Graph, x: Value): Value {
  const width = x.dims.at(-1)!;
  const ones = graph.floats(Array<number>(width).fill(1), [width]);
  return graph.op('LayerNormalization', [x, ones], x.dims, { axis: -1, epsilon: { float: EPSILON } });
}

interface Attention {
  readonly head: number;
  readonly normed: boolean;
  readonly mask?: Value | undefined;
}

/** FlexSelfAttention: scores are scaled by 8 / head, so that widths can be tuned for each other (muP). */
export function selfAttention(
  graph: Graph,
  weights: Weights,
  block: string,
  x: Value,
  { head, normed, mask }: Attention,
): Value {
  const [count = 0, width = 0] = x.dims;
  const heads = width / head;
  const project = (name: string, value: Value) => dense(graph, weights, `${block}attn.${name}`, value, width);
  const apart = (value: Value) =>
    normed
      ? graph.reshape(plainNorm(graph, graph.reshape(value, [count * heads, head])), [count, width])
      : value;
  const [q, k] = [apart(project('wq', x)), apart(project('wk', x))];
  return project('proj', attend(graph, q, k, project('wv', x), heads, mask, 8 / head));
}

/** SwiGLU: down(silu(up(x)) gate(x)). */
export function feedForward(graph: Graph, weights: Weights, block: string, x: Value): Value {
  const [wide = 0] = weights.dims(`${block}mlp.fc1.weight`, 2);
  const up = silu(graph, dense(graph, weights, `${block}mlp.fc1`, x, wide));
  const gated = graph.binary('Mul', up, dense(graph, weights, `${block}mlp.fc3`, x, wide));
  return dense(graph, weights, `${block}mlp.fc2`, gated, x.dims[1]!);
}

/** A linear layer, with a bias where the checkpoint has one. */
function dense(graph: Graph, weights: Weights, name: string, x: Value, out: number): Value {
  if (weights.has(`${name}.bias`)) return linear(graph, weights, name, x, out);
  return graph.linear(x, weights.get(graph, `${name}.weight`, [out, x.dims[1]!]));
}
