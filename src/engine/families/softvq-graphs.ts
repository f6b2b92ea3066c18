import type { Graph, Value } from '../onnx/graph';
import { convolution, silu, twice } from './convolutions';
import { normalize } from './token-ids';
import { hideFrom, linear, rows, stack } from './transformer';
import { rotatePairs, vit } from './vit';
import type { Weights } from './weights';

/** How features of a patch become its pixels. */
export type ToPixel = 'linear' | 'conv' | 'siren';

/** Sizes and switches of a SoftVQ-VAE or MAETok, out of its config.json and its tensors. */
export interface SoftvqSizes {
  /** Pixels along a side of the picture. */
  readonly side: number;
  /** Pixels along a side of a patch, where the encoder reads and where the decoder writes. */
  readonly encoderPatch: number;
  readonly decoderPatch: number;
  /** K. */
  readonly tokens: number;
  /** Numbers in a token. */
  readonly channels: number;
  readonly toPixel: ToPixel;
  /** Whether the tokens themselves scale and shift the decoder's norms. */
  readonly modulated: boolean;
}

/** A codebook for each part of the tokens, whose entries are mixed. */
export interface SoftCodebook {
  readonly books: number;
  readonly entries: number;
  /** What similarities are divided by before the softmax. */
  readonly temperature: number;
  /** Whether tokens and entries have length 1. */
  readonly normalized: boolean;
}

/** Widths of the published sizes (small, base, large), whose attention heads have 64 numbers; others have 32. */
const PUBLISHED_WIDTHS = [384, 768, 1024];

/**
 * The encoder up to its quantiser: TimmViTEncoder in timm_vit_models.py and quant_conv,
 * github.com/Hhhhhhao/continuous_tokenizer.
 * @param image [1, 3, side, side] in [0, 1]
 * @returns [K, channels]
 */
export function softvqEncoder(graph: Graph, weights: Weights, sizes: SoftvqSizes, image: Value): Value {
  const { side, encoderPatch: patch, tokens, channels } = sizes;
  const grid = side / patch;
  const patches = grid * grid;
  const [width = 0] = weights.dims('encoder.model.patch_embed.proj.weight', 4);
  const kernel = weights.get(graph, 'encoder.model.patch_embed.proj.weight', [width, 3, patch, patch]);
  const bias = weights.get(graph, 'encoder.model.patch_embed.proj.bias', [width]);
  const centred = graph.binary('Sub', graph.binary('Mul', image, graph.floats([2])), graph.floats([1]));
  const embedded = graph.conv(centred, kernel, bias, 'patches');
  const cells = graph.transpose(graph.reshape(embedded, [width, patches]), [1, 0]);
  const seen = withClass(graph, weights, 'encoder.', cells);
  const placed = graph.binary('Add', seen, positions(graph, weights, 'encoder.', seen));
  const one = [1, tokens, width];
  const asking = graph.binary(
    'Add',
    weights.get(graph, 'encoder.latent_tokens', one, [tokens, width]),
    weights.get(graph, 'encoder.latent_pos_embed', one, [tokens, width]),
  );
  const x = stack(graph, placed, asking);
  const rotate = rotations(graph, weights, 'encoder.', x, seen.dims[0]! - patches, grid);
  const result = vit(graph, weights, 'encoder.model.', x, { heads: headsOf(width), rotate });
  const [before, all] = [seen.dims[0]!, x.dims[0]!];
  return linear(graph, weights, 'quant_conv', rows(graph, result, before, all), channels);
}

/**
 * The mean of a codebook's entries, weighted by a softmax over how alike they are to the token (SoftVectorQuantizer in
 * softvq.py). Every book is for as many tokens that follow each other.
 * @param z [K, channels]
 */
export function mixEntries(
  graph: Graph,
  weights: Weights,
  { books, entries, temperature, normalized }: SoftCodebook,
  z: Value,
): Value {
  const [tokens = 0, channels = 0] = z.dims;
  const table = weights.get(
    graph,
    'quantize.embedding',
    [books, entries, channels],
    [books * entries, channels],
  );
  const unit = (value: Value) => (normalized ? normalize(graph, value) : value);
  const book = graph.reshape(unit(table), [books, entries, channels]);
  const asked = graph.reshape(unit(z), [books, tokens / books, channels]);
  const alike = graph.matmul(asked, graph.transpose(book, [0, 2, 1]));
  const scores = graph.binary('Div', alike, graph.floats([temperature]));
  const shares = graph.op('Softmax', [scores], scores.dims, { axis: -1 });
  return graph.reshape(graph.matmul(shares, book), [tokens, channels]);
}

/**
 * The decoder: post_quant_conv and TimmViTDecoder.
 * @param given [K, channels]
 * @param k [1], int32, in numbers of tokens: those from there on are hidden from the attention
 * @returns [1, 3, side, side]
 */
export function softvqDecoder(
  graph: Graph,
  weights: Weights,
  sizes: SoftvqSizes,
  given: Value,
  k: Value,
): Value {
  const { side, decoderPatch: patch, tokens, channels } = sizes;
  const grid = side / patch;
  const patches = grid * grid;
  const [, , width = 0] = weights.dims('decoder.mask_token', 3);
  const told = graph.binary(
    'Add',
    linear(graph, weights, 'post_quant_conv', given, width),
    weights.get(graph, 'decoder.latent_pos_embed', [1, tokens, width], [tokens, width]),
  );
  const blank = weights.get(graph, 'decoder.mask_token', [1, 1, width], [1, width]);
  const cells = graph.op('Expand', [blank, graph.int64s([patches, width])], [patches, width]);
  let seen = withClass(graph, weights, 'decoder.', cells);
  const before = seen.dims[0]! - patches;
  // With rotations, the decoder has no other positions; the encoder has both.
  if (!weights.has('decoder.freqs')) {
    seen = graph.binary('Add', seen, positions(graph, weights, 'decoder.', seen));
  }
  const x = stack(graph, seen, told);
  const result = vit(graph, weights, 'decoder.model.', x, {
    heads: headsOf(width),
    mask: hideFrom(graph, k, before + patches, tokens, channels),
    rotate: rotations(graph, weights, 'decoder.', x, before, grid),
    modulate: sizes.modulated ? modulation(graph, weights, given) : undefined,
  });
  const features = rows(graph, result, before, before + patches);
  const pixels = toPixels(graph, weights, sizes, features);
  const half = graph.floats([0.5]);
  return graph.binary('Add', graph.binary('Mul', pixels, half), half);
}

/** The class token, where the checkpoint has one, before [patches, width]. */
function withClass(graph: Graph, weights: Weights, prefix: string, cells: Value): Value {
  const name = `${prefix}model.cls_token`;
  if (!weights.has(name)) return cells;
  const width = cells.dims[1]!;
  return stack(graph, weights.get(graph, name, [1, 1, width], [1, width]), cells);
}

function positions(graph: Graph, weights: Weights, prefix: string, seen: Value): Value {
  return weights.get(graph, `${prefix}model.pos_embed`, [1, ...seen.dims], seen.dims);
}

/**
 * Rotations of MAETok, whose speeds are learned for every layer and pair of numbers, across and down the grid; the class
 * token and the tokens are not turned (compute_mixed_cis in rope_utils.py).
 * @param before rows of x that precede the patches
 * @returns undefined where the checkpoint has none
 */
function rotations(
  graph: Graph,
  weights: Weights,
  prefix: string,
  x: Value,
  before: number,
  grid: number,
): ((value: Value, layer: number) => Value) | undefined {
  if (!weights.has(`${prefix}freqs`)) return undefined;
  const [all = 0, width = 0] = x.dims;
  const [, layers = 0] = weights.dims(`${prefix}freqs`, 3);
  const speeds = weights.get(graph, `${prefix}freqs`, [2, layers, width / 2], [2 * layers, width / 2]);
  const along = (place: (cell: number) => number) => {
    const cells = Array.from({ length: all }, (_, i) => i - before);
    const places = cells.map((cell) => (cell >= 0 && cell < grid * grid ? place(cell) : 0));
    return graph.floats(places, [all, 1]);
  };
  const across = along((cell) => cell % grid);
  const down = along((cell) => Math.floor(cell / grid));
  const turns = Array.from({ length: layers }, (_, layer) => {
    const speed = (axis: number) => rows(graph, speeds, axis * layers + layer, axis * layers + layer + 1);
    return graph.binary('Add', graph.binary('Mul', across, speed(0)), graph.binary('Mul', down, speed(1)));
  });
  return (value, layer) => rotatePairs(graph, value, turns[layer]!);
}

/** In a norm of the decoder, the rows of the tokens are scaled and shifted by the tokens themselves (MoVQBlockv2). */
function modulation(graph: Graph, weights: Weights, given: Value) {
  const bent = silu(graph, given);
  const [tokens = 0] = given.dims;
  return (x: Value, name: string, part: number): Value => {
    const [all = 0, width = 0] = x.dims;
    const [out = 0] = weights.dims(`${name}.weight`, 2);
    const told = linear(graph, weights, name, bent, out);
    const column = (i: number) => {
      const cut = [graph.int64s([i * width]), graph.int64s([(i + 1) * width]), graph.int64s([1])];
      return graph.op('Slice', [told, ...cut], [tokens, width]);
    };
    const own = graph.binary('Mul', rows(graph, x, all - tokens, all), column(2 * part + 1));
    return stack(graph, rows(graph, x, 0, all - tokens), graph.binary('Add', own, column(2 * part)));
  };
}

/** ToPixel in to_pixel.py. @param features [patches, width] @returns [1, 3, side, side] */
function toPixels(graph: Graph, weights: Weights, sizes: SoftvqSizes, features: Value): Value {
  const { side, decoderPatch: patch, toPixel } = sizes;
  const grid = side / patch;
  const width = features.dims[1]!;
  const model = 'decoder.to_pixel.model';
  const image = [1, 3, side, side];
  if (toPixel === 'linear') {
    const values = linear(graph, weights, model, features, 3 * patch * patch);
    const laid = graph.reshape(values, [grid, grid, patch, patch, 3]);
    return graph.reshape(graph.transpose(laid, [4, 0, 2, 1, 3]), image);
  }
  if (toPixel === 'siren') {
    const wave = (name: string, x: Value, out: number) => {
      const turned = graph.binary('Mul', linear(graph, weights, name, x, out), graph.floats([OMEGA]));
      return graph.op('Sin', [turned], turned.dims);
    };
    const hidden = wave(`${model}.0.linear`, features, 2 * width);
    return graph.reshape(wave(`${model}.1.linear`, hidden, 3 * grid * patch), image);
  }
  let planes = graph.reshape(graph.transpose(features, [1, 0]), [1, width, grid, grid]);
  for (const [layer, index] of CONVOLUTIONS.entries()) {
    if (layer > 0) planes = twice(graph, graph.op('Relu', [planes], planes.dims));
    planes = convolution(graph, weights, `${model}.${index}`, planes);
  }
  return planes;
}

/** The frequency of sine layers. */
const OMEGA = 30;
/** Which members of nn.Sequential are convolutions; before each but the first, pictures double. */
const CONVOLUTIONS = [1, 4, 7, 10, 13];

function headsOf(width: number): number {
  return Math.max(1, PUBLISHED_WIDTHS.includes(width) ? width / 64 : width / 32);
}
