import type { Graph, Value } from '../onnx/graph';
import * as inRows from './convolutions';
import { convolveTiles, doubleAndConvolve, mixChannels, type Tiles, untiled } from './tiles';
import type { Weights } from './weights';
import { TILE } from './winograd';

/** What a level works on: [1, channels, side, side], or tiles. */
type Field = Value | Tiles;

/** A decoder's tensors. */
interface Context {
  readonly graph: Graph;
  readonly weights: Weights;
  readonly prefix: string;
}

/**
 * The first part of MaskGIT's decoder (maskgit-decoder.ts) for a processor: its larger levels convolve in tiles, with about a
 * quarter of the multiplications. It ends before the picture is doubled for the last time.
 * @param prefix `pixel_decoder.`
 * @returns [1, channels, 8 g, 8 g]
 */
export function maskgitFeatures(graph: Graph, weights: Weights, prefix: string, x: Value): Value {
  const context = { graph, weights, prefix };
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
export function maskgitPicture(graph: Graph, weights: Weights, prefix: string, features: Value): Value {
  const context = { graph, weights, prefix };
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
  if (!isTiled(x)) return inRows.convolution(graph, weights, name, x, { biased });
  const [rows = 0, , height = 0, width = 0] = weights.dims(`${name}.weight`, 4);
  const shape = [rows, x.channels, height, width];
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
  if (!isTiled(x) && !(size === 3 && isWorthTiles(2 * x.dims[2]!, out))) {
    return convolution(context, path, inRows.twice(graph, x), true);
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

function groupNorm({ graph, weights, prefix }: Context, path: string, x: Field): Field {
  const name = `${prefix}${path}`;
  if (!isTiled(x)) return inRows.groupNorm(graph, weights, name, x);
  const scale = weights.get(graph, `${name}.weight`, [x.channels], [x.channels, 1]);
  const bias = weights.get(graph, `${name}.bias`, [x.channels], [x.channels, 1]);
  const normed = inRows.plainGroupNorm(graph, graph.transpose(x.value, [1, 0, 2]));
  const value = graph.binary('Mul', graph.transpose(normed, [1, 0, 2]), scale);
  return { ...x, value: graph.binary('Add', value, bias) };
}

function silu(graph: Graph, x: Field): Field {
  return withValue(x, inRows.silu(graph, pixelsOf(x)));
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
