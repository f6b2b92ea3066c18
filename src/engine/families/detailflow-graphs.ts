import type { Graph, Value } from '../onnx/graph';
import { cubicTaps, triangleShares } from './resampling';
import { siglipTower } from './siglip-tower';
import { linear, rows } from './transformer';
import type { Weights } from './weights';

/** Sizes and switches of a DetailFlow tokenizer, out of its config.json. */
export interface DetailflowSizes {
  /** Pixels along a side of the picture. */
  readonly side: number;
  /** Pixels along a side of a patch, where the encoder reads and where the decoder writes. */
  readonly encoderPatch: number;
  readonly decoderPatch: number;
  /** K. */
  readonly tokens: number;
  /** Numbers in a token. */
  readonly channels: number;
  /** Tokens that are predicted together. */
  readonly group: number;
  /** How many tokens at the beginning see only those before them; later ones see their group too. */
  readonly causal: number;
  /** Whether tokens see only what precedes them, and patches do not see tokens. */
  readonly causalEncoder: boolean;
  /** Whether tokens see only what precedes them, and no patches. */
  readonly causalDecoder: boolean;
  /** How the resolution grows with k: the exponent of the power law. */
  readonly power: number;
}

/**
 * How many patches along a side the decoder writes after k tokens: k tokens stand for a picture of
 * S - (S - 1) ((K - k) / (K - 1))^power pixels, and whole patches are written (ResolutionDegradation in
 * detail_token.py, github.com/ByteFlow-AI/DetailFlow).
 * @param k 1 to K
 */
export function gridOf({ side, decoderPatch, tokens, power }: DetailflowSizes, k: number): number {
  const slope = (side - 1) / (tokens - 1) ** power;
  const resolution = Math.max(1, Math.trunc(side - slope * (tokens - k) ** power));
  return Math.ceil(Math.min(resolution, side) / decoderPatch);
}

/**
 * The encoder up to its quantiser: SiglipEncoder in siglip2_vit.py and quant_conv, github.com/ByteFlow-AI/DetailFlow.
 * @param image [1, 3, side, side] in [0, 1]
 * @returns [K, channels]
 */
export function detailflowEncoder(
  graph: Graph,
  weights: Weights,
  sizes: DetailflowSizes,
  image: Value,
): Value {
  const { side, encoderPatch: patch, tokens, channels } = sizes;
  const prefix = 'encoder.';
  const grid = side / patch;
  const patches = grid * grid;
  const [width = 0] = weights.dims('encoder.visual_model.embeddings.patch_embedding.weight', 2);
  const centred = graph.binary('Sub', graph.binary('Mul', image, graph.floats([2])), graph.floats([1]));
  const cut = graph.transpose(graph.reshape(centred, [3, grid, patch, grid, patch]), [1, 3, 2, 4, 0]);
  const pixels = graph.reshape(cut, [patches, patch * patch * 3]);
  const embedded = linear(graph, weights, 'encoder.visual_model.embeddings.patch_embedding', pixels, width);
  const known = positionsAlongSide(weights, prefix);
  const shares = graph.floats(triangleShares(known, grid).flat(), [grid, known]);
  const seen = graph.binary('Add', embedded, positions(graph, weights, prefix, width, shares));
  const asking = weights.get(graph, 'encoder.latent_tokens', [1, tokens, width], [tokens, width]);
  const x = join(graph, seen, graph.binary('Add', asking, places(graph, weights, prefix, sizes, width)));
  const mask = sizes.causalEncoder ? inOrder(graph, sizes, patches, 'patches first') : undefined;
  const result = siglipTower(graph, weights, 'encoder.visual_model.', x, mask);
  return linear(graph, weights, 'quant_conv', rows(graph, result, patches, patches + tokens), channels);
}

/**
 * The decoder: post_quant_conv, SiglipDecoder in siglip2_vit.py, and the picture enlarged as sample_vq.py does.
 * Of the largest grid of patches, those that the resolution of k tokens has no place for are hidden from attention;
 * so shapes are static.
 * @param given [K, channels]
 * @param k [1], int32: tokens from there on are hidden
 * @returns [1, 3, side, side]
 */
export function detailflowDecoder(
  graph: Graph,
  weights: Weights,
  sizes: DetailflowSizes,
  given: Value,
  k: Value,
): Value {
  const { side, decoderPatch: patch, tokens } = sizes;
  const prefix = 'decoder.';
  const grid = side / patch;
  const patches = grid * grid;
  const [, , width = 0] = weights.dims('decoder.mask_token', 3);
  // Counted from zero, so that tables have one entry for each size.
  const grids = Array.from({ length: tokens + 1 }, (_, i) => gridOf(sizes, Math.max(1, i)) - 1);
  const size = graph.op('Gather', [graph.int32s(grids, [tokens + 1]), k], [1], { axis: 0 });
  const all = Array.from({ length: grid }, (_, i) => i + 1);

  const known = positionsAlongSide(weights, prefix);
  const none = Array<number>(known).fill(0);
  const table = all.flatMap((n) => {
    const shares = triangleShares(known, n);
    return Array.from({ length: grid }, (_, row) => shares[row] ?? none).flat();
  });
  const picked = graph.op('Gather', [graph.floats(table, [grid, grid, known]), size], [1, grid, known], {
    axis: 0,
  });
  const blank = weights.get(graph, 'decoder.mask_token', [1, 1, width], [1, width]);
  const shares = graph.reshape(picked, [grid, known]);
  const seen = graph.binary('Add', positions(graph, weights, prefix, width, shares), blank);
  const embedded = linear(graph, weights, 'post_quant_conv', given, width);
  const told = graph.binary('Add', embedded, places(graph, weights, prefix, sizes, width));

  let mask = shownBy(graph, sizes, k);
  if (sizes.causalDecoder) mask = graph.binary('Add', mask, inOrder(graph, sizes, patches, 'tokens first'));
  const x = siglipTower(graph, weights, 'decoder.visual_model.', join(graph, seen, told), mask);
  const values = linear(
    graph,
    weights,
    'decoder.to_pixel.model',
    rows(graph, x, 0, patches),
    3 * patch * patch,
  );
  const laid = graph.transpose(graph.reshape(values, [grid, grid, patch, patch, 3]), [4, 0, 2, 1, 3]);
  const pixels = enlarge(graph, graph.reshape(laid, [3, side, side]), size, all, patch);
  const half = graph.floats([0.5]);
  return graph.reshape(graph.binary('Add', graph.binary('Mul', pixels, half), half), [1, 3, side, side]);
}

/** Positions of SigLIP's own grid, resized by rows and by columns: [grid * grid, width]. */
function positions(graph: Graph, weights: Weights, prefix: string, width: number, shares: Value): Value {
  const [grid = 0, known = 0] = shares.dims;
  const name = `${prefix}visual_model.embeddings.position_embedding.weight`;
  const table = weights.get(graph, name, [known * known, width], [known, known * width]);
  const byRow = graph.reshape(graph.matmul(shares, table), [grid, known, width]);
  return graph.reshape(graph.op('MatMul', [shares, byRow], [grid, grid, width]), [grid * grid, width]);
}

function positionsAlongSide(weights: Weights, prefix: string): number {
  const [count = 0] = weights.dims(`${prefix}visual_model.embeddings.position_embedding.weight`, 2);
  return Math.floor(Math.sqrt(count));
}

/** Learned places of the tokens: [K, width]. */
function places(
  graph: Graph,
  weights: Weights,
  prefix: string,
  { tokens }: DetailflowSizes,
  width: number,
): Value {
  return weights.get(graph, `${prefix}latent_pos_embed`, [1, tokens, width], [tokens, width]);
}

function join(graph: Graph, a: Value, b: Value): Value {
  return graph.op('Concat', [a, b], [a.dims[0]! + b.dims[0]!, a.dims[1]!], { axis: 0 });
}

/** Added to a score before the softmax, leaves next to nothing of it. */
const HIDDEN = -1e9;

/**
 * [1, all, all] to add to scores, so that tokens see only what precedes them (create_attn_mask_for_x_z): every place
 * has a rank, and sees the ranks up to its reach. Patches are of one rank, before all tokens or after them.
 */
function inOrder(
  graph: Graph,
  { tokens, group, causal }: DetailflowSizes,
  patches: number,
  order: 'patches first' | 'tokens first',
): Value {
  const all = patches + tokens;
  const ofPatches = order === 'patches first' ? 0 : tokens + 1;
  const place = (i: number, ofToken: (token: number) => number) =>
    i < patches ? ofPatches : ofToken(i - patches);
  const rank = Array.from({ length: all }, (_, i) => place(i, (token) => token + 1));
  const reach = Array.from({ length: all }, (_, i) =>
    place(i, (token) => (token < causal ? token + 1 : (Math.floor(token / group) + 1) * group)),
  );
  const beyond = graph.op('Less', [graph.floats(reach, [all, 1]), graph.floats(rank, [1, all])], [all, all]);
  return graph.reshape(hide(graph, beyond), [1, all, all]);
}

/** [1, 1, patches + K] to add to scores: hides tokens from k on, and patches beyond the resolution of k tokens. */
function shownBy(graph: Graph, sizes: DetailflowSizes, k: Value): Value {
  const { side, decoderPatch, tokens } = sizes;
  const grid = side / decoderPatch;
  const first = Array.from({ length: grid }, (_, edge) => {
    let least = 1;
    while (least < tokens && gridOf(sizes, least) <= edge) least++;
    return least;
  });
  const patches = Array.from(
    { length: grid * grid },
    (_, i) => first[Math.max(Math.floor(i / grid), i % grid)]!,
  );
  const needed = [...patches, ...Array.from({ length: tokens }, (_, token) => token + 1)];
  const dims = [1, 1, needed.length];
  return hide(graph, graph.op('Less', [k, graph.int32s(needed, dims)], dims));
}

function hide(graph: Graph, hidden: Value): Value {
  return graph.op('Where', [hidden, graph.floats([HIDDEN]), graph.floats([0])], hidden.dims);
}

/**
 * The upper left part of a picture, as many patches as `size` says, enlarged to the whole: bicubic, first the rows,
 * then the columns.
 * @param pixels [3, side, side]
 * @param size [1], int32, an index into `all`
 * @param all numbers of patches along a side
 */
function enlarge(graph: Graph, pixels: Value, size: Value, all: readonly number[], patch: number): Value {
  const side = pixels.dims[1]!;
  const bySize = all.map((grid) => cubicTaps(grid * patch, side));
  const dims = [all.length, 4, side];
  const indices = graph.int32s(
    bySize.flatMap((taps) => taps.flatMap(({ index }) => index)),
    dims,
  );
  const shares = graph.floats(
    bySize.flatMap((taps) => taps.flatMap(({ share }) => share)),
    dims,
  );
  const fourOf = (table: Value) => {
    const picked = graph.op('Gather', [table, size], [1, 4, side], { axis: 0 });
    const one = [1, 1, side];
    return graph.ops('Split', [picked], [one, one, one, one], { axis: 1, num_outputs: 4 });
  };
  const [index, share] = [fourOf(indices), fourOf(shares)];
  let result = pixels;
  for (const axis of [1, 2]) {
    const parts = index.map((tap, i) => {
      const near = graph.op('Gather', [result, graph.reshape(tap, [side])], result.dims, { axis });
      return graph.binary('Mul', near, graph.reshape(share[i]!, axis === 1 ? [side, 1] : [1, side]));
    });
    result = parts.reduce((sum, part) => graph.binary('Add', sum, part));
  }
  return result;
}
