import type { Graph, Value } from '../onnx/graph';
import { maskgitDecoder } from './maskgit-vqgan';
import { hideFrom, layerNorm, linear, rows, transformer } from './transformer';
import type { Weights } from './weights';

/** Sizes of a TiTok, out of its config.json and its tensors. */
export interface TitokSizes {
  /** Pixels along a side of the picture. */
  readonly side: number;
  /** Pixels along a side of a patch, and patches along a side of the picture. */
  readonly patch: number;
  readonly grid: number;
  /** K. */
  readonly tokens: number;
  /** Numbers in a token, as the decoder takes it. */
  readonly channels: number;
  readonly legacy: boolean;
}

/** Widths of the published sizes (small, base, large), whose attention heads have 64 numbers; others have 32. */
const PUBLISHED_WIDTHS = [512, 768, 1024];

/**
 * The encoder up to its last convolution (TiTokEncoder in blocks.py, github.com/bytedance/1d-tokenizer).
 * @param image [1, 3, side, side] in [0, 1]
 * @returns [K, channels], or twice the channels where the checkpoint gives means and variances
 */
export function titokEncoder(graph: Graph, weights: Weights, sizes: TitokSizes, image: Value): Value {
  const { patch, tokens } = sizes;
  const patches = sizes.grid * sizes.grid;
  const [width = 0] = weights.dims('encoder.patch_embed.weight', 4);
  const kernel = weights.get(graph, 'encoder.patch_embed.weight', [width, 3, patch, patch]);
  const bias = weights.get(graph, 'encoder.patch_embed.bias', [width]);
  const embedded = graph.conv(image, kernel, bias, 'patches');
  const seen = canvas(
    graph,
    weights,
    'encoder.',
    graph.transpose(graph.reshape(embedded, [width, patches]), [1, 0]),
  );
  const asking = graph.binary(
    'Add',
    weights.get(graph, 'latent_tokens', [tokens, width]),
    weights.get(graph, 'encoder.latent_token_positional_embedding', [tokens, width]),
  );
  let x = graph.op('Concat', [seen, asking], [1 + patches + tokens, width], { axis: 0 });
  x = layerNorm(graph, weights, 'encoder.ln_pre', x);
  x = transformer(graph, weights, 'encoder.transformer.', x, headsOf(width));
  x = layerNorm(graph, weights, 'encoder.ln_post', rows(graph, x, 1 + patches, 1 + patches + tokens));
  // Legacy checkpoints were trained with a reshape where a transposition was meant; it is part of the weights.
  const planes = graph.reshape(sizes.legacy ? x : graph.transpose(x, [1, 0]), [1, width, tokens, 1]);
  const narrow = pointwise(graph, weights, 'encoder.conv_out', planes);
  return graph.transpose(graph.reshape(narrow, [narrow.dims[1]!, tokens]), [1, 0]);
}

/**
 * The decoder (TiTokDecoder in blocks.py, and the MaskGIT decoder behind legacy checkpoints).
 * @param given [K, channels]
 * @param k [1], int32: tokens from there on are hidden from the attention
 * @param unit how many of k's units a token counts
 * @returns [1, 3, side, side]
 */
export function titokDecoder(
  graph: Graph,
  weights: Weights,
  sizes: TitokSizes,
  given: Value,
  k: Value,
  unit = 1,
): Value {
  const { grid, tokens } = sizes;
  const patches = grid * grid;
  const [width = 0] = weights.dims('decoder.decoder_embed.weight', 2);
  const embedded = graph.binary(
    'Add',
    linear(graph, weights, 'decoder.decoder_embed', given, width),
    weights.get(graph, 'decoder.latent_token_positional_embedding', [tokens, width]),
  );
  const mask = weights.get(graph, 'decoder.mask_token', [1, 1, width], [1, width]);
  const blank = graph.op('Expand', [mask, graph.int64s([patches, width])], [patches, width]);
  const seen = canvas(graph, weights, 'decoder.', blank);
  let x = graph.op('Concat', [seen, embedded], [1 + patches + tokens, width], { axis: 0 });
  x = layerNorm(graph, weights, 'decoder.ln_pre', x);
  const hidden = hideFrom(graph, k, 1 + patches, tokens, unit);
  x = transformer(graph, weights, 'decoder.transformer.', x, headsOf(width), hidden);
  x = layerNorm(graph, weights, 'decoder.ln_post', rows(graph, x, 1, 1 + patches));
  const planes = graph.reshape(graph.transpose(x, [1, 0]), [1, width, grid, grid]);
  return sizes.legacy
    ? fromCodebook(graph, weights, planes)
    : fromPatches(graph, weights, planes, sizes.patch);
}

/** Class token and patches with their positions: [1 + patches, width]. */
function canvas(graph: Graph, weights: Weights, prefix: string, patches: Value): Value {
  const [count = 0, width = 0] = patches.dims;
  const classToken = weights.get(graph, `${prefix}class_embedding`, [1, width]);
  const all = graph.op('Concat', [classToken, patches], [1 + count, width], { axis: 0 });
  return graph.binary('Add', all, weights.get(graph, `${prefix}positional_embedding`, [1 + count, width]));
}

/** Logits over the MaskGIT codebook; their mean entry, weighted by softmax, goes through its decoder. */
function fromCodebook(graph: Graph, weights: Weights, planes: Value): Value {
  const [, , grid = 0] = planes.dims;
  const hidden = graph.unary('Tanh', pointwise(graph, weights, 'decoder.ffn.0', planes));
  const logits = pointwise(graph, weights, 'decoder.ffn.2', hidden);
  const [entries = 0, channels = 0] = weights.dims('pixel_quantize.embedding.weight', 2);
  const scores = graph.transpose(graph.reshape(logits, [entries, grid * grid]), [1, 0]);
  const shares = graph.op('Softmax', [scores], scores.dims, { axis: -1 });
  const table = weights.get(graph, 'pixel_quantize.embedding.weight', [entries, channels]);
  const mean = graph.transpose(graph.matmul(shares, table), [1, 0]);
  return maskgitDecoder(graph, weights, 'pixel_decoder.', graph.reshape(mean, [1, channels, grid, grid]));
}

/** Pixels of each patch ("b (p1 p2 c) h w -> b c (h p1) (w p2)"), smoothed by a 3x3 convolution. */
function fromPatches(graph: Graph, weights: Weights, planes: Value, patch: number): Value {
  const [, , grid = 0] = planes.dims;
  const side = grid * patch;
  const values = pointwise(graph, weights, 'decoder.ffn.0', planes);
  const pixels = graph.reshape(values, [patch, patch, 3, grid, grid]);
  const image = graph.reshape(graph.transpose(pixels, [2, 3, 0, 4, 1]), [1, 3, side, side]);
  const weight = weights.get(graph, 'decoder.conv_out.weight', [3, 3, 3, 3]);
  return graph.conv(image, weight, weights.get(graph, 'decoder.conv_out.bias', [3]));
}

function pointwise(graph: Graph, weights: Weights, name: string, x: Value): Value {
  const [out = 0] = weights.dims(`${name}.weight`, 4);
  const weight = weights.get(graph, `${name}.weight`, [out, x.dims[1]!, 1, 1]);
  return graph.conv(x, weight, weights.get(graph, `${name}.bias`, [out]));
}

function headsOf(width: number): number {
  return Math.max(1, PUBLISHED_WIDTHS.includes(width) ? width / 64 : width / 32);
}
