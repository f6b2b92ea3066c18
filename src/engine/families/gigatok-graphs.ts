import type { Graph, Value } from '../onnx/graph';
import { convolution, groupNorm, plainGroupNorm, residualBlock, silu } from './convolutions';
import { crossAttention, gelu, hideFrom, layerNorm, linear, rows } from './transformer';
import type { Weights } from './weights';

/** Sizes of a GigaTok, out of its config and its tensors. */
export interface GigatokSizes {
  /** Pixels along a side of the picture. */
  readonly side: number;
  /** Cells along a side of the grid between the convolutions and the transformers. */
  readonly grid: number;
  /** K. */
  readonly tokens: number;
  /** Numbers in a code. */
  readonly channels: number;
  /** Channels of the grid, and of tokens outside the transformers. */
  readonly inner: number;
  /** Queries begin as means over ever smaller blocks of the grid; else all as the mean over the whole. */
  readonly levels: boolean;
}

/** Numbers in an attention head, in all published widths. */
const HEAD = 64;
/** What the adaptive norm adds to a variance before its root (AdaptiveGroupNorm in blocks.py). */
const EPSILON = 1e-6;

/**
 * The encoder (Encoder and ViTEncoder in tokenizer/tokenizer_image/vq/blocks.py, github.com/SilentView/GigaTok): a
 * convolutional network makes a grid of the picture, over which as many queries as there are tokens look.
 * @param image [1, 3, side, side] in [0, 1]
 * @returns [K, channels]
 */
export function gigatokEncoder(graph: Graph, weights: Weights, sizes: GigatokSizes, image: Value): Value {
  const { grid, tokens, inner, channels } = sizes;
  const scaled = graph.binary('Mul', image, graph.floats([2]));
  const planes = shrink(graph, weights, 'encoder.', graph.binary('Sub', scaled, graph.floats([1])));
  const cells = graph.transpose(graph.reshape(planes, [inner, grid * grid]), [1, 0]);

  const part = 's2to1encoder.';
  const [width = 0] = weights.dims(`${part}encoder_embed.weight`, 2);
  const seen = embedded(graph, weights, `${part}encoder_embed`, `${part}ln_pre`, cells, width);
  const means = sizes.levels ? blockMeans(graph, sizes, seen) : wholeMean(graph, tokens, seen);
  const asking = linear(graph, weights, `${part}global_proj`, means, width);
  const places = {
    asked: positions(graph, weights, `${part}latent_token_positional_embedding`, tokens, width),
    seen: positions(graph, weights, `${part}positional_embedding`, grid * grid, width),
  };
  const x = queryLayers(graph, weights, `${part}transformer.`, asking, seen, places);
  const narrow = pointwise(graph, weights, `${part}conv_out`, layerNorm(graph, weights, `${part}ln_post`, x));
  return pointwise(graph, weights, 'quant_conv', narrow, channels);
}

/**
 * The decoder (ViTDecoder and Decoder in blocks.py): one query for each cell of the grid, beginning as the first token,
 * looks over the tokens; a convolutional network makes a picture of the grid.
 * @param given [K, channels]
 * @param k [1], int32: tokens from there on are hidden from the attention
 * @returns [1, 3, side, side]
 */
export function gigatokDecoder(
  graph: Graph,
  weights: Weights,
  { grid, tokens, inner }: GigatokSizes,
  given: Value,
  k: Value,
): Value {
  const part = 's1to2decoder.';
  const cells = grid * grid;
  const [width = 0] = weights.dims(`${part}decoder_embed.weight`, 2);
  const wide = pointwise(graph, weights, 'post_quant_conv', given, inner);
  const told = embedded(graph, weights, `${part}decoder_embed`, `${part}ln_pre`, wide, width);
  const first = rows(graph, told, 0, 1);
  const asking = graph.op('Expand', [first, graph.int64s([cells, width])], [cells, width]);
  const places = {
    asked: positions(graph, weights, `${part}positional_embedding`, cells, width),
    seen: positions(graph, weights, `${part}latent_token_positional_embedding`, tokens, width),
  };
  const hidden = hideFrom(graph, k, 0, tokens, 1);
  let x = queryLayers(graph, weights, `${part}transformer.`, asking, told, places, hidden);
  x = layerNorm(graph, weights, `${part}ln_post`, x);
  const planes = graph.reshape(graph.transpose(x, [1, 0]), [1, width, grid, grid]);
  const pixels = enlarge(graph, weights, 'decoder.', convolution(graph, weights, `${part}conv_out`, planes));
  const half = graph.floats([0.5]);
  return graph.binary('Add', graph.binary('Mul', pixels, half), half);
}

/** Down by two at every level but the last: [1, 3, side, side] -> [1, inner, grid, grid]. */
function shrink(graph: Graph, weights: Weights, prefix: string, image: Value): Value {
  let h = convolution(graph, weights, `${prefix}conv_in`, image);
  const levels = weights.countFrom(`${prefix}conv_blocks.`, '.res.0.conv1.weight');
  for (let level = 0; level < levels; level++) {
    const block = `${prefix}conv_blocks.${level}.`;
    h = blocks(graph, weights, `${block}res.`, h);
    if (level < levels - 1) h = convolution(graph, weights, `${block}downsample.conv`, h, { how: 'halved' });
  }
  return outwards(graph, weights, prefix, blocks(graph, weights, `${prefix}mid.`, h));
}

/** The way back: every level begins with a norm that the grid's statistics scale and shift. */
function enlarge(graph: Graph, weights: Weights, prefix: string, z: Value): Value {
  let h = convolution(graph, weights, `${prefix}conv_in`, z);
  h = blocks(graph, weights, `${prefix}mid.`, h);
  const style = statistics(graph, z);
  const levels = weights.countFrom(`${prefix}conv_blocks.`, '.res.0.conv1.weight');
  for (let level = 0; level < levels; level++) {
    const block = `${prefix}conv_blocks.${level}.`;
    const channels = h.dims[1]!;
    const styled = (name: 'gamma' | 'beta', row: Value) =>
      graph.reshape(linear(graph, weights, `${prefix}adaptive.${level}.${name}`, row, channels), [
        channels,
        1,
        1,
      ]);
    h = graph.binary('Mul', plainGroupNorm(graph, h), styled('gamma', style.deviation));
    h = graph.binary('Add', h, styled('beta', style.mean));
    h = blocks(graph, weights, `${block}res.`, h);
    if (level < levels - 1) h = spread(graph, convolution(graph, weights, `${block}upsample.conv1`, h));
  }
  return outwards(graph, weights, prefix, h);
}

function blocks(graph: Graph, weights: Weights, prefix: string, x: Value): Value {
  let h = x;
  const count = weights.countFrom(prefix, '.conv1.weight');
  for (let i = 0; i < count; i++) h = residualBlock(graph, weights, `${prefix}${i}.`, h, 'nin_shortcut');
  return h;
}

function outwards(graph: Graph, weights: Weights, prefix: string, x: Value): Value {
  const h = silu(graph, groupNorm(graph, weights, `${prefix}norm_out`, x));
  return convolution(graph, weights, `${prefix}conv_out`, h);
}

/** Mean and standard deviation (divided by n - 1, as torch's var does) of each channel: [1, channels]. */
function statistics(graph: Graph, z: Value): { readonly mean: Value; readonly deviation: Value } {
  const [, channels = 0, height = 0, width = 0] = z.dims;
  const flat = graph.reshape(z, [channels, height * width]);
  const over = (type: 'ReduceMean' | 'ReduceSumSquare', value: Value) =>
    graph.op(type, [value, graph.int64s([1])], [channels, 1], { keepdims: 1 });
  const mean = over('ReduceMean', flat);
  const squares = over('ReduceSumSquare', graph.binary('Sub', flat, mean));
  const variance = graph.binary('Div', squares, graph.floats([height * width - 1]));
  const guarded = graph.binary('Add', variance, graph.floats([EPSILON]));
  const deviation = graph.op('Sqrt', [guarded], guarded.dims);
  return { mean: graph.reshape(mean, [1, channels]), deviation: graph.reshape(deviation, [1, channels]) };
}

/** Four channels become four pixels. */
function spread(graph: Graph, x: Value): Value {
  const [, channels = 0, height = 0, width = 0] = x.dims;
  return graph.op('DepthToSpace', [x], [1, channels / 4, 2 * height, 2 * width], {
    blocksize: 2,
    mode: 'DCR',
  });
}

/**
 * Means over the whole grid, again over the whole, over its halves, quarters, eighths, ..., row by row
 * (sample_multi_level_1d_tokens in blocks.py): 1 + 1 + 2 + 4 + ... = K.
 * @param seen [grid * grid, width]
 * @returns [K, width]
 */
function blockMeans(graph: Graph, { grid, tokens }: GigatokSizes, seen: Value): Value {
  const [, width = 0] = seen.dims;
  const planes = graph.reshape(graph.transpose(seen, [1, 0]), [1, width, grid, grid]);
  const levels = Array.from({ length: Math.log2(tokens) }, (_, level) => {
    const size = blockOf(grid, level);
    const [down, across] = [grid / size[0], grid / size[1]];
    const means = graph.op('AveragePool', [planes], [1, width, down, across], {
      kernel_shape: [...size],
      strides: [...size],
    });
    return graph.transpose(graph.reshape(means, [width, down * across]), [1, 0]);
  });
  return graph.op('Concat', [levels[0]!, ...levels], [tokens, width], { axis: 0 });
}

/** Cells down and across in a block of a level: its columns are halved first, then its rows. */
export function blockOf(grid: number, level: number): readonly [down: number, across: number] {
  return [grid / 2 ** Math.floor(level / 2), grid / 2 ** Math.ceil(level / 2)];
}

function wholeMean(graph: Graph, tokens: number, seen: Value): Value {
  const [, width = 0] = seen.dims;
  const mean = graph.op('ReduceMean', [seen, graph.int64s([0])], [1, width], { keepdims: 1 });
  return graph.op('Expand', [mean, graph.int64s([tokens, width])], [tokens, width]);
}

function embedded(
  graph: Graph,
  weights: Weights,
  name: string,
  norm: string,
  x: Value,
  width: number,
): Value {
  return linear(graph, weights, name, layerNorm(graph, weights, norm, x), width);
}

function positions(graph: Graph, weights: Weights, name: string, count: number, width: number): Value {
  return weights.get(graph, name, [count, 1, width], [count, width]);
}

/**
 * DETR's layers (TransformerDecoderLayer in blocks.py): queries look at each other, then at what is given, of which only
 * keys have positions; residual, each behind a norm.
 * @param asking [queries, width]
 * @param seen [others, width]
 * @param mask [1, 1, others] to add to scores over what is given
 */
function queryLayers(
  graph: Graph,
  weights: Weights,
  prefix: string,
  asking: Value,
  seen: Value,
  places: { readonly asked: Value; readonly seen: Value },
  mask?: Value,
): Value {
  const width = asking.dims[1]!;
  const heads = Math.max(1, width / HEAD);
  const keys = graph.binary('Add', seen, places.seen);
  const layers = weights.countFrom(prefix, '.norm1.weight');
  let x = asking;
  for (let layer = 0; layer < layers; layer++) {
    const block = `${prefix}${layer}.`;
    const own = layerNorm(graph, weights, `${block}norm1`, x);
    const placed = graph.binary('Add', own, places.asked);
    const among = crossAttention(graph, weights, `${block}self_attn`, [placed, placed, own], heads);
    x = graph.binary('Add', x, among);
    const asked = graph.binary('Add', layerNorm(graph, weights, `${block}norm2`, x), places.asked);
    const across = crossAttention(graph, weights, `${block}multihead_attn`, [asked, keys, seen], heads, mask);
    x = graph.binary('Add', x, across);
    const [wide = 0] = weights.dims(`${block}linear1.weight`, 2);
    const normed = layerNorm(graph, weights, `${block}norm3`, x);
    const hidden = gelu(graph, linear(graph, weights, `${block}linear1`, normed, wide));
    x = graph.binary('Add', x, linear(graph, weights, `${block}linear2`, hidden, width));
  }
  return x;
}

/** A convolution of single cells over [rows, in], as a linear layer. */
function pointwise(graph: Graph, weights: Weights, name: string, x: Value, channels?: number): Value {
  const [stored = 0] = weights.dims(`${name}.weight`, 4);
  const out = channels ?? stored;
  const from = x.dims[1]!;
  const weight = weights.get(graph, `${name}.weight`, [out, from, 1, 1], [out, from]);
  return graph.linear(x, weight, weights.get(graph, `${name}.bias`, [out]));
}
