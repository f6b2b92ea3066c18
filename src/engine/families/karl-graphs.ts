import type { Graph, Value } from '../onnx/graph';
import { maskgitDecoder, maskgitEncoder } from './maskgit-vqgan';
import type { TokenIds } from './token-ids';
import { layerNorm, linear, rows, stack, transformer } from './transformer';
import type { Weights } from './weights';

/** Sizes of a KARL, out of its config and its tensors. */
export interface KarlSizes {
  /** Pixels along a side of the picture. */
  readonly side: number;
  /** Cells along a side of the grid that the VQGAN makes of it. */
  readonly grid: number;
  /** K, the budget. */
  readonly tokens: number;
  /** Entries of the codebook: one more than the largest id of a token that is used. */
  readonly entries: number;
  /** Mean absolute error of pixels, in [0, 1], that the encoder is asked for. */
  readonly error: number;
}

/** A token is not used where the chance that it is not needed is greater (prepare_decoder_latents). */
const HALTED = 0.75;

/** Errors that were learned; the encoder takes the first that is no smaller than the one it is asked for. */
const ERRORS = [
  0.005, 0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.09, 0.1, 0.12, 0.14, 0.16, 0.18, 0.2, 0.24, 0.28, 0.32,
  0.38,
];

/** The row of an error's embedding; that of the last where none is as large. */
export function errorRow(error: number): number {
  const row = ERRORS.findIndex((one) => one >= error);
  return row < 0 ? ERRORS.length - 1 : row;
}

const VQGAN = 'base_tokenizer.vqgan.';

/**
 * The encoder: KARLTokenizer in karl_vqgan.py, github.com/ShivamDuggal4/karl, in one pass with the whole budget.
 * @param image [1, 3, side, side] in [0, 1]
 * @returns ids, int32 [1, K]: of a token that is not used, the number of entries
 */
export function karlEncoder(
  graph: Graph,
  weights: Weights,
  sizes: KarlSizes,
  ids: TokenIds,
  image: Value,
): Value {
  const { grid, tokens, entries, error } = sizes;
  const cells = grid * grid;
  const [all = 0, width = 0] = weights.dims('latent_tokens', 2);
  const cellRows = (planes: Value) =>
    graph.transpose(graph.reshape(planes, [planes.dims[1]!, cells]), [1, 0]);
  const [, , patch = 0] = weights.dims('patch_embed.weight', 4);
  const [out = 0] = weights.dims('patch_embed.weight', 4);
  const kernel = weights.get(graph, 'patch_embed.weight', [out, 3, patch, patch]);
  const bias = weights.get(graph, 'patch_embed.bias', [out]);
  const patches = cellRows(graph.conv(image, kernel, bias, 'patches'));
  const features = cellRows(maskgitEncoder(graph, weights, `${VQGAN}encoder.`, image));
  const joined = graph.op('Concat', [patches, features], [cells, out + features.dims[1]!], { axis: 1 });
  const seen = graph.binary('Add', joined, positions(graph, weights, 'encoder', width, grid));
  const wanted = weights.get(graph, 'rec_loss_embeddings', [ERRORS.length, width]);
  const row = errorRow(error);
  const asking = rows(graph, weights.get(graph, 'latent_tokens', [all, width]), 0, tokens);
  let x = stack(graph, rows(graph, wanted, row, row + 1), seen, asking);
  x = layerNorm(graph, weights, 'encoder_ln_pre', x);
  x = transformer(graph, weights, 'encoder.transformer.', x, headsOf(width));
  x = rows(graph, x, 1 + cells, 1 + cells + tokens);
  const code = linear(
    graph,
    weights,
    'pre_quantizer_mlp',
    layerNorm(graph, weights, 'encoder_ln_post', x),
    weights.dims('pre_quantizer_mlp.weight', 2)[0]!,
  );
  const chances = halting(graph, weights, x);
  const halted = graph.op('Greater', [chances, graph.floats([HALTED])], [1, tokens]);
  const none = graph.int32s([entries], [1, 1]);
  return graph.op('Where', [halted, none, ids.toIds(graph, code)], [1, tokens]);
}

/** The chance that a token is not needed, for each: [K, width] -> [1, K]. */
function halting(graph: Graph, weights: Weights, x: Value): Value {
  const normed = layerNorm(graph, weights, 'encoder_ln_post_halt', x);
  const [wide = 0] = weights.dims('halting_mlp.0.weight', 2);
  const hidden = graph.unary('Tanh', linear(graph, weights, 'halting_mlp.0', normed, wide));
  const scores = graph.unary('Sigmoid', linear(graph, weights, 'halting_mlp.2', hidden, 1));
  return graph.reshape(scores, [1, x.dims[0]!]);
}

/**
 * The decoder: a mean of the VQGAN's entries for every cell, weighted by softmax, becomes a picture.
 * @param given int32 [1, K]
 * @param k [1], int32: tokens from there on are hidden from the attention, as those that are not used
 * @returns [1, 3, side, side]
 */
export function karlDecoder(
  graph: Graph,
  weights: Weights,
  sizes: KarlSizes,
  ids: TokenIds,
  given: Value,
  k: Value,
): Value {
  const { grid, tokens, entries } = sizes;
  const cells = grid * grid;
  const [all = 0, width = 0] = weights.dims('decoder_latent_tokens_timestep_embed', 2);
  const unused = graph.op('Equal', [given, graph.int32s([entries], [1, 1])], [1, tokens]);
  const known = graph.op('Where', [unused, graph.int32s([0], [1, 1]), given], [1, tokens]);
  const embedded = linear(graph, weights, 'decoder_embed', ids.fromIds(graph, known), width);
  const places = weights.get(graph, 'decoder_latent_tokens_timestep_embed', [all, width]);
  const told = graph.binary('Add', embedded, rows(graph, places, 0, tokens));
  const blank = weights.get(graph, 'decoder_mask_token', [1, 1, width], [1, width]);
  const asked = graph.binary('Add', positions(graph, weights, 'decoder', width, grid), blank);
  let x = layerNorm(graph, weights, 'decoder.ln_pre', stack(graph, asked, told));
  const mask = hide(graph, cells, unused, k);
  x = transformer(graph, weights, 'decoder.transformer.', x, headsOf(width), mask);
  x = layerNorm(graph, weights, 'decoder.ln_post', rows(graph, x, 0, cells));
  const [wide = 0] = weights.dims('decoder.ffn.0.weight', 2);
  const hidden = graph.unary('Tanh', linear(graph, weights, 'decoder.ffn.0', x, wide));
  const [codes = 0, channels = 0] = weights.dims(`${VQGAN}quantize.embedding.weight`, 2);
  const scores = linear(graph, weights, 'decoder.ffn.2', hidden, codes);
  const shares = graph.op('Softmax', [scores], scores.dims, { axis: -1 });
  const table = weights.get(graph, `${VQGAN}quantize.embedding.weight`, [codes, channels]);
  const mean = graph.transpose(graph.matmul(shares, table), [1, 0]);
  const planes = graph.reshape(mean, [1, channels, grid, grid]);
  return maskgitDecoder(graph, weights, `${VQGAN}decoder.`, planes);
}

/** [1, 1, cells + K] to add to scores: hides tokens that are not used, and those from k on. */
function hide(graph: Graph, cells: number, unused: Value, k: Value): Value {
  const tokens = unused.dims[1]!;
  const index = graph.int32s([...Array(tokens).keys()], [1, tokens]);
  const shown = graph.op('Less', [index, k], [1, tokens]);
  const counted = [graph.floats([0]), graph.floats([HIDDEN])] as const;
  const late = graph.op('Where', [shown, ...counted], [1, tokens]);
  const own = graph.op('Where', [unused, counted[1], counted[0]], [1, tokens]);
  const free = graph.floats(Array<number>(cells).fill(0), [1, cells]);
  const all = graph.op('Concat', [free, graph.binary('Add', late, own)], [1, cells + tokens], { axis: 1 });
  return graph.reshape(all, [1, 1, cells + tokens]);
}

/** Added to a score before the softmax, leaves nothing of it. */
const HIDDEN = -1e9;

/** Positions of a larger grid, of which every so many are taken: [grid * grid, width] (F.interpolate, nearest). */
function positions(
  graph: Graph,
  weights: Weights,
  part: 'encoder' | 'decoder',
  width: number,
  grid: number,
): Value {
  const name = `${part}_positional_embedding`;
  const [, known = 0] = weights.dims(name, 3);
  const table = weights.get(graph, name, [width, known, known]);
  const picks = Array.from({ length: grid }, (_, i) => Math.floor((i * known) / grid));
  const index = graph.int32s(picks, [grid]);
  const down = graph.op('Gather', [table, index], [width, grid, known], { axis: 1 });
  const both = graph.op('Gather', [down, index], [width, grid, grid], { axis: 2 });
  return graph.transpose(graph.reshape(both, [width, grid * grid]), [1, 0]);
}

/** Heads of "karl_small", whose transformers are 1,024 wide; others have 32 numbers a head. */
function headsOf(width: number): number {
  return width === 1024 ? 8 : Math.max(1, width / 32);
}
