import type { Graph, Value } from '../onnx/graph';
import { convolveTiles, doubleAndConvolve, mixChannels, type Tiles, untiled } from './tiles';
import type { Weights } from './weights';
import { TILE } from './winograd';

const GROUPS = 32;
const EPSILON = 1e-6;

/** What a level works on: [1, channels, side, side], or tiles. */
type Field = Value | Tiles;

/** A decoder's tensors, and whether it may convolve in tiles. */
interface Context {
  readonly graph: Graph;
  readonly weights: Weights;
  readonly prefix: string;
  readonly mayTile: boolean;
}

/**
 * The convolutional decoder of MaskGIT's VQGAN as TiTok finetunes it (maskgit_vqgan.py in
 * github.com/bytedance/1d-tokenizer): [1, channels, g, g] -> [1, 3, 16 g, 16 g]. Numbers of levels, blocks and
 * channels are those of the tensors.
 * @param prefix `pixel_decoder.`
 */
export function maskgitDecoder(graph: Graph, weights: Weights, prefix: string, x: Value): Value {
  return maskgitPicture(graph, weights, prefix, maskgitFeatures(graph, weights, prefix, x));
}

/**
 * The first part of the decoder, which ends before the picture is doubled for the last time.
 * @param mayTile whether the larger levels convolve in tiles, with about a quarter of the multiplications
 * @returns [1, channels, 8 g, 8 g]
 */
export function maskgitFeatures(
  graph: Graph,
  weights: Weights,
  prefix: string,
  x: Value,
  mayTile = false,
): Value {
  const context = { graph, weights, prefix, mayTile };
  const last = lastDoubling(weights, prefix);
  let h = blocks(context, 'mid.', convolution(context, 'conv_in', x, true));
  for (let level = levelsOf(weights, prefix) - 1; level >= last; level--) {
    h = blocks(context, `up.${level}.block.`, h);
    if (level > last) h = doubled(context, `up.${level}.upsample_conv`, h);
  }
  return isTiled(h) ? untiled(graph, h) : h;
}

/** What `maskgitFeatures` gives. @param side pixels along a side of the picture */
export function featureDims(weights: Weights, prefix: string, side: number): number[] {
  const name = `${prefix}up.${lastDoubling(weights, prefix)}.upsample_conv.weight`;
  return [1, weights.dims(name, 4)[1]!, side / 2, side / 2];
}

/** The rest of it: what `maskgitFeatures` gives -> [1, 3, 16 g, 16 g]. */
export function maskgitPicture(
  graph: Graph,
  weights: Weights,
  prefix: string,
  features: Value,
  mayTile = false,
): Value {
  const context = { graph, weights, prefix, mayTile };
  const last = lastDoubling(weights, prefix);
  let h = doubled(context, `up.${last}.upsample_conv`, features);
  for (let level = last - 1; level >= 0; level--) h = blocks(context, `up.${level}.block.`, h);
  return toPixels(context, silu(graph, groupNorm(context, 'norm_out', h)));
}

function levelsOf(weights: Weights, prefix: string): number {
  return weights.countFrom(`${prefix}up.`, '.block.0.conv1.weight');
}

/** The level after which the picture is doubled for the last time: levels are counted from the picture. */
function lastDoubling(weights: Weights, prefix: string): number {
  let level = 0;
  while (level < levelsOf(weights, prefix) - 1 && !weights.has(`${prefix}up.${level}.upsample_conv.weight`))
    level++;
  return level;
}

function blocks(context: Context, path: string, x: Field): Field {
  let h = x;
  const count = context.weights.countFrom(context.prefix + path, '.conv1.weight');
  for (let i = 0; i < count; i++) h = residualBlock(context, `${path}${i}.`, h);
  return h;
}

/** Where the number of channels changes, the shortcut starts from the block's result, as in training. */
function residualBlock(context: Context, path: string, x: Field): Field {
  const { graph, weights, prefix } = context;
  let h = silu(graph, groupNorm(context, `${path}norm1`, x));
  h = convolution(context, `${path}conv1`, h, false);
  h = silu(graph, groupNorm(context, `${path}norm2`, h));
  h = convolution(context, `${path}conv2`, h, false);
  const shortcut = weights.has(`${prefix}${path}nin_shortcut.weight`)
    ? convolution(context, `${path}nin_shortcut`, h, false)
    : x;
  return withValue(h, graph.binary('Add', pixelsOf(h), pixelsOf(shortcut)));
}

function convolution(context: Context, path: string, x: Field, biased: boolean): Field {
  const { graph, weights, prefix } = context;
  const name = `${prefix}${path}`;
  const dims = weights.dims(`${name}.weight`, 4);
  const shape = [dims[0]!, channelsOf(x), dims[2]!, dims[3]!];
  if (!isTiled(x)) {
    const weight = weights.get(graph, `${name}.weight`, shape);
    return graph.conv(x, weight, biased ? weights.get(graph, `${name}.bias`, [dims[0]!]) : undefined);
  }
  const [out = 0, inner = 0, size = 0] = shape;
  if (size === 1) return mixChannels(graph, x, weights.get(graph, `${name}.weight`, shape, [out, inner]));
  const weight = weights.get(graph, `${name}.weight`, shape, [out * inner, size * size]);
  return addBias(context, name, convolveTiles(graph, x, weight), biased);
}

/** Twice as high and wide, every value repeated, then a convolution. */
function doubled(context: Context, path: string, x: Field): Field {
  const { graph, weights, prefix } = context;
  const name = `${prefix}${path}`;
  const [out = 0, , size = 0] = weights.dims(`${name}.weight`, 4);
  if (!isTiled(x) && !(context.mayTile && size === 3 && isWorthTiles(2 * x.dims[2]!, out))) {
    return convolution(context, path, twice(graph, x), true);
  }
  const shape = [out, channelsOf(x), size, size];
  const weight = weights.get(graph, `${name}.weight`, shape, [out * channelsOf(x), size * size]);
  return addBias(context, name, doubleAndConvolve(graph, x, weight), true);
}

/** Of small pictures with many channels the weights, which tiles make four times as large, are more than the pixels. */
function isWorthTiles(side: number, channels: number): boolean {
  const across = side / TILE;
  return Number.isInteger(across) && across >= 2 && across * across >= channels / 8;
}

function addBias({ graph, weights }: Context, name: string, x: Tiles, biased: boolean): Tiles {
  if (!biased) return x;
  const bias = weights.get(graph, `${name}.bias`, [x.channels], [x.channels, 1]);
  return { ...x, value: graph.binary('Add', x.value, bias) };
}

/**
 * The last convolution, [1, 3, side, side]. Of tiles: what every pixel gives to each of its neighbours in three colours,
 * which is then put in rows and added up.
 */
function toPixels(context: Context, x: Field): Value {
  if (!isTiled(x)) return pixelsOf(convolution(context, 'conv_out', x, true));
  const { graph, weights } = context;
  const name = `${context.prefix}conv_out`;
  const [out = 0, , size = 0] = weights.dims(`${name}.weight`, 4);
  const taps = size * size;
  const weight = weights.get(graph, `${name}.weight`, [out, x.channels, size, size], [out, x.channels, taps]);
  const byTap = graph.reshape(graph.transpose(weight, [2, 0, 1]), [taps * out, x.channels]);
  const given = untiled(graph, mixChannels(graph, x, byTap));
  const ones = Array.from({ length: out * taps * out * taps }, (_, i) => {
    const [to, tap, from, at] = [
      Math.floor(i / (taps * out * taps)),
      Math.floor(i / (out * taps)) % taps,
      Math.floor(i / taps) % out,
      i % taps,
    ];
    return to === from && tap === at ? 1 : 0;
  });
  return graph.conv(
    given,
    graph.floats(ones, [out, taps * out, size, size]),
    weights.get(graph, `${name}.bias`, [out]),
  );
}

/** nn.GroupNorm with 32 groups, by instance normalisation of the groups. */
function groupNorm({ graph, weights, prefix }: Context, path: string, x: Field): Field {
  const channels = channelsOf(x);
  const shape = isTiled(x) ? [channels, 1] : [channels, 1, 1];
  const scale = weights.get(graph, `${prefix}${path}.weight`, [channels], shape);
  const bias = weights.get(graph, `${prefix}${path}.bias`, [channels], shape);
  const byChannel = isTiled(x) ? graph.transpose(x.value, [1, 0, 2]) : x;
  const grouped = graph.reshape(byChannel, [1, GROUPS, byChannel.dims.reduce((a, b) => a * b, 1) / GROUPS]);
  const ones = graph.floats(Array<number>(GROUPS).fill(1), [GROUPS]);
  const zeros = graph.floats(Array<number>(GROUPS).fill(0), [GROUPS]);
  const normed = graph.reshape(
    graph.op('InstanceNormalization', [grouped, ones, zeros], grouped.dims, { epsilon: { float: EPSILON } }),
    byChannel.dims,
  );
  const ordered = isTiled(x) ? graph.transpose(normed, [1, 0, 2]) : normed;
  return withValue(x, graph.binary('Add', graph.binary('Mul', ordered, scale), bias));
}

function silu(graph: Graph, x: Field): Field {
  const value = pixelsOf(x);
  return withValue(x, graph.binary('Mul', value, graph.unary('Sigmoid', value)));
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

function isTiled(x: Field): x is Tiles {
  return 'across' in x;
}

function pixelsOf(x: Field): Value {
  return isTiled(x) ? x.value : x;
}

function channelsOf(x: Field): number {
  return isTiled(x) ? x.channels : x.dims[1]!;
}

function withValue(x: Field, value: Value): Field {
  return isTiled(x) ? { ...x, value } : value;
}
