import type { Graph, Value } from '../onnx/graph';
import type { Weights } from './weights';

const GROUPS = 32;
const EPSILON = 1e-6;

/**
 * The convolutional decoder of MaskGIT's VQGAN as TiTok finetunes it (maskgit_vqgan.py in
 * github.com/bytedance/1d-tokenizer): [1, channels, g, g] -> [1, 3, 16 g, 16 g]. Numbers of levels, blocks and
 * channels are those of the tensors.
 * @param prefix `pixel_decoder.`
 */
export function maskgitDecoder(graph: Graph, weights: Weights, prefix: string, x: Value): Value {
  let h = convolution(graph, weights, `${prefix}conv_in`, x, true);
  h = blocks(graph, weights, `${prefix}mid.`, h);
  const levels = weights.countFrom(`${prefix}up.`, '.block.0.conv1.weight');
  for (let level = levels - 1; level >= 0; level--) {
    const up = `${prefix}up.${level}.`;
    h = blocks(graph, weights, `${up}block.`, h);
    if (weights.has(`${up}upsample_conv.weight`)) {
      h = convolution(graph, weights, `${up}upsample_conv`, twice(graph, h), true);
    }
  }
  h = silu(graph, groupNorm(graph, weights, `${prefix}norm_out`, h));
  return convolution(graph, weights, `${prefix}conv_out`, h, true);
}

function blocks(graph: Graph, weights: Weights, prefix: string, x: Value): Value {
  let h = x;
  const count = weights.countFrom(prefix, '.conv1.weight');
  for (let i = 0; i < count; i++) h = residualBlock(graph, weights, `${prefix}${i}.`, h);
  return h;
}

/** Where the number of channels changes, the shortcut starts from the block's result, as in training. */
function residualBlock(graph: Graph, weights: Weights, prefix: string, x: Value): Value {
  let h = silu(graph, groupNorm(graph, weights, `${prefix}norm1`, x));
  h = convolution(graph, weights, `${prefix}conv1`, h, false);
  h = silu(graph, groupNorm(graph, weights, `${prefix}norm2`, h));
  h = convolution(graph, weights, `${prefix}conv2`, h, false);
  const shortcut = weights.has(`${prefix}nin_shortcut.weight`)
    ? convolution(graph, weights, `${prefix}nin_shortcut`, h, false)
    : x;
  return graph.binary('Add', h, shortcut);
}

function convolution(graph: Graph, weights: Weights, name: string, x: Value, biased: boolean): Value {
  const dims = weights.dims(`${name}.weight`, 4);
  const weight = weights.get(graph, `${name}.weight`, [dims[0]!, x.dims[1]!, dims[2]!, dims[3]!]);
  return graph.conv(x, weight, biased ? weights.get(graph, `${name}.bias`, [dims[0]!]) : undefined);
}

/** nn.GroupNorm with 32 groups, by instance normalisation of the groups. */
function groupNorm(graph: Graph, weights: Weights, name: string, x: Value): Value {
  const channels = x.dims[1]!;
  const scale = weights.get(graph, `${name}.weight`, [channels], [channels, 1, 1]);
  const bias = weights.get(graph, `${name}.bias`, [channels], [channels, 1, 1]);
  const grouped = graph.reshape(x, [1, GROUPS, x.dims.reduce((a, b) => a * b, 1) / GROUPS]);
  const ones = graph.floats(Array<number>(GROUPS).fill(1), [GROUPS]);
  const zeros = graph.floats(Array<number>(GROUPS).fill(0), [GROUPS]);
  const normed = graph.op('InstanceNormalization', [grouped, ones, zeros], grouped.dims, {
    epsilon: { float: EPSILON },
  });
  return graph.binary('Add', graph.binary('Mul', graph.reshape(normed, x.dims), scale), bias);
}

function silu(graph: Graph, x: Value): Value {
  return graph.binary('Mul', x, graph.unary('Sigmoid', x));
}

/** Twice as high and wide, every value repeated. */
function twice(graph: Graph, x: Value): Value {
  const [, channels = 0, height = 0, width = 0] = x.dims;
  const dims = [1, channels, 2 * height, 2 * width];
  return graph.op('Resize', [x, undefined, graph.floats([1, 1, 2, 2], [4])], dims, {
    mode: 'nearest',
    nearest_mode: 'floor',
    coordinate_transformation_mode: 'asymmetric',
  });
}
