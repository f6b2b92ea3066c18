import type { Graph, Value } from '../onnx/graph';
import type { Weights } from './weights';

const GROUPS = 32;
/** What VQGANs and their successors give nn.GroupNorm; its default is 1e-5. */
const EPSILON = 1e-6;

/** How a convolution differs from a biased one that keeps the size. */
interface Convolution {
  readonly biased?: boolean;
  readonly how?: Parameters<Graph['conv']>[3];
}

/**
 * nn.Conv2d of the checkpoint.
 * @param x [1, in, height, width]
 */
export function convolution(
  graph: Graph,
  weights: Weights,
  name: string,
  x: Value,
  { biased = true, how }: Convolution = {},
): Value {
  const [out = 0, , high = 0, wide = 0] = weights.dims(`${name}.weight`, 4);
  const weight = weights.get(graph, `${name}.weight`, [out, x.dims[1]!, high, wide]);
  const bias = biased ? weights.get(graph, `${name}.bias`, [out]) : undefined;
  return graph.conv(x, weight, bias, how);
}

/** nn.GroupNorm with 32 groups: [1, channels, height, width] -> the same. */
export function groupNorm(graph: Graph, weights: Weights, name: string, x: Value): Value {
  const channels = x.dims[1]!;
  const scale = weights.get(graph, `${name}.weight`, [channels], [channels, 1, 1]);
  const bias = weights.get(graph, `${name}.bias`, [channels], [channels, 1, 1]);
  return graph.binary('Add', graph.binary('Mul', plainGroupNorm(graph, x), scale), bias);
}

/** nn.GroupNorm without scale and bias, by instance normalisation of the groups. */
export function plainGroupNorm(graph: Graph, x: Value): Value {
  const grouped = graph.reshape(x, [1, GROUPS, x.dims.reduce((a, b) => a * b, 1) / GROUPS]);
  const ones = graph.floats(Array<number>(GROUPS).fill(1), [GROUPS]);
  const zeros = graph.floats(Array<number>(GROUPS).fill(0), [GROUPS]);
  const normed = graph.op('InstanceNormalization', [grouped, ones, zeros], grouped.dims, {
    epsilon: { float: EPSILON },
  });
  return graph.reshape(normed, x.dims);
}

/** x sigmoid(x), also called swish. */
export function silu(graph: Graph, x: Value): Value {
  return graph.binary('Mul', x, graph.unary('Sigmoid', x));
}

/**
 * A residual block of a VQGAN or an autoencoder: norm, SiLU and convolution, twice. Where the number of channels changes,
 * the shortcut is a convolution of the block's input.
 * @param shortcut the shortcut's name behind the prefix
 */
export function residualBlock(
  graph: Graph,
  weights: Weights,
  prefix: string,
  x: Value,
  shortcut: string,
): Value {
  const h = normedTwice(graph, weights, prefix, x);
  const past = weights.has(`${prefix}${shortcut}.weight`)
    ? convolution(graph, weights, `${prefix}${shortcut}`, x)
    : x;
  return graph.binary('Add', past, h);
}

/** The two convolutions of a residual block, each behind a norm and SiLU. */
export function normedTwice(
  graph: Graph,
  weights: Weights,
  prefix: string,
  x: Value,
  how?: Convolution,
): Value {
  let h = silu(graph, groupNorm(graph, weights, `${prefix}norm1`, x));
  h = convolution(graph, weights, `${prefix}conv1`, h, how);
  h = silu(graph, groupNorm(graph, weights, `${prefix}norm2`, h));
  return convolution(graph, weights, `${prefix}conv2`, h, how);
}

/** Twice as high and wide, every value repeated. */
export function twice(graph: Graph, x: Value): Value {
  const [, channels = 0, height = 0, width = 0] = x.dims;
  const dims = [1, channels, 2 * height, 2 * width];
  return graph.op('Resize', [x, undefined, graph.floats([1, 1, 2, 2], [4])], dims, {
    mode: 'nearest',
    nearest_mode: 'floor',
    coordinate_transformation_mode: 'asymmetric',
  });
}
