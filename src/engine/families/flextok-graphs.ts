import type { Graph, Value } from '../onnx/graph';
import { decodeLatents, encodeLatents } from './autoencoder-kl';
import { silu } from './convolutions';
import { feedForward, modulate, modulations, plainNorm, selfAttention } from './flextok-layers';
import { linear, rows } from './transformer';
import type { Weights } from './weights';

/** Sizes of a FlexTok, out of its config.json and its tensors. */
export interface FlextokSizes {
  /** Pixels along a side of the picture. */
  readonly side: number;
  /** Numbers along a side of the latents, and channels of each. */
  readonly latents: number;
  readonly channels: number;
  /** Latents along a side of a patch, and patches along a side. */
  readonly patch: number;
  readonly grid: number;
  /** K. */
  readonly tokens: number;
  /** Numbers in an attention head, of both transformers. */
  readonly head: { readonly encoder: number; readonly decoder: number };
  /** Queries and keys have their mean and variance taken out. */
  readonly normed: { readonly encoder: boolean; readonly decoder: boolean };
  /** What the autoencoder's latents are multiplied by. */
  readonly scaling: number;
  /** What the last time of the flow is called: 1 or 1000. */
  readonly lastTime: number;
  /** Without tokens, the decoder sees one token instead of as many as there are. */
  readonly oneBlank: boolean;
  /** Tokens stand before the patches in the decoder. */
  readonly tokensFirst: boolean;
}

const VAE = 'vae.vae.';
const ENCODER = 'encoder.module_dict.enc_';
const DECODER = 'decoder.module_dict.dec_';

/** The longest period of the time's sines (TimestepEmbedder). */
const PERIOD = 256;
/** Added to a score before the softmax, leaves next to nothing of it. */
const HIDDEN = -1e9;

/**
 * The encoder (github.com/apple/ml-flextok): an autoencoder's latents in patches, then registers, each of which sees the
 * patches and the registers before it. The autoencoder's mean is taken where the official code draws around it.
 * @param image [1, 3, side, side] in [0, 1]
 * @returns [K, numbers of a token]
 */
export function flextokEncoder(graph: Graph, weights: Weights, sizes: FlextokSizes, image: Value): Value {
  const { grid, tokens, channels, latents } = sizes;
  const scaled = graph.binary('Mul', image, graph.floats([2]));
  const gaussians = encodeLatents(graph, weights, VAE, graph.binary('Sub', scaled, graph.floats([1])));
  const cut = [graph.int64s([0]), graph.int64s([channels]), graph.int64s([1])];
  const means = graph.op('Slice', [gaussians, ...cut], [1, channels, latents, latents]);
  const z = graph.binary('Mul', means, graph.floats([sizes.scaling]));
  const seen = embedPatches(graph, weights, sizes, `${ENCODER}patch_emb`, `${ENCODER}posemb_module`, z);
  const width = seen.dims[1]!;
  const registers = weights.get(graph, `${ENCODER}register_module.registers`, [tokens, width]);
  const patches = grid * grid;
  let x = graph.op('Concat', [seen, registers], [patches + tokens, width], { axis: 0 });
  const layers = weights.countFrom(`${ENCODER}transformer.blocks.`, '.attn.wq.weight');
  const mask = inOrder(graph, patches, tokens);
  for (let layer = 0; layer < layers; layer++) {
    const block = `${ENCODER}transformer.blocks.${layer}.`;
    const how = { head: sizes.head.encoder, normed: sizes.normed.encoder, mask };
    x = graph.binary('Add', x, selfAttention(graph, weights, block, plainNorm(graph, x), how));
    x = graph.binary('Add', x, feedForward(graph, weights, block, plainNorm(graph, x)));
  }
  const found = plainNorm(graph, rows(graph, x, patches, patches + tokens));
  const [out = 0] = weights.dims(`${ENCODER}to_latents.proj.weight`, 2);
  return linear(graph, weights, `${ENCODER}to_latents.proj`, found, out);
}

/**
 * What the flow begins with: tokens as the decoder sees them, those from k on as a learned one.
 * @param given [K, numbers of a token]
 * @param k [1], int32
 * @returns [K, width], and the same for a picture of which nothing is told
 */
export function flextokCondition(
  graph: Graph,
  weights: Weights,
  { tokens }: FlextokSizes,
  given: Value,
  k: Value,
): { readonly condition: Value; readonly blank: Value } {
  const [width = 0] = weights.dims(`${DECODER}from_latents.proj.weight`, 2);
  const embedded = linear(graph, weights, `${DECODER}from_latents.proj`, given, width);
  const place = `${DECODER}registers_posemb_module.posembs`;
  const places = weights.get(graph, place, [1, 1, width, tokens], [width, tokens]);
  const told = graph.binary('Add', embedded, graph.transpose(places, [1, 0]));
  const count = graph.int32s(
    Array.from({ length: tokens }, (_, i) => i),
    [tokens, 1],
  );
  const isTold = graph.op('Less', [count, k], [tokens, 1]);
  const dropped = weights.get(graph, `${DECODER}nested_dropout.dropout_mask_token`, [width], [1, width]);
  const condition = graph.op('Where', [isTold, told, dropped], [tokens, width]);
  const name = `${DECODER}latent_dropout.nullcond`;
  const nothing = weights.has(name)
    ? weights.get(graph, name, [width], [1, width])
    : graph.floats(Array<number>(width).fill(0), [1, width]);
  const blank = graph.op('Expand', [nothing, graph.int64s([tokens, width])], [tokens, width]);
  return { condition, blank };
}

/**
 * The flow's velocity: a transformer over the latents' patches and the tokens, whose norms the time scales and shifts.
 * @param x [1, channels, latents, latents]
 * @param condition [K, width]
 * @param k [1], int32: 0 where the condition is the blank one
 * @param t [1], from 1 (noise) down to 0
 * @returns [1, channels, latents, latents]
 */
export function flextokVelocity(
  graph: Graph,
  weights: Weights,
  sizes: FlextokSizes,
  { x, condition, k, t }: Readonly<Record<'x' | 'condition' | 'k' | 't', Value>>,
): Value {
  const { grid, tokens, patch, channels, latents } = sizes;
  const patches = grid * grid;
  const names = [`${DECODER}noise_patch_emb`, `${DECODER}patches_posemb_module`] as const;
  const seen = embedPatches(graph, weights, sizes, ...names, x);
  const width = seen.dims[1]!;
  const parts = sizes.tokensFirst ? [condition, seen] : [seen, condition];
  const count = patches + tokens;
  const firstPatch = sizes.tokensFirst ? tokens : 0;
  let h = graph.op('Concat', parts, [count, width], { axis: 0 });
  const time = silu(graph, embedTime(graph, weights, sizes.lastTime, t, width));
  const mask = sizes.oneBlank ? hideAllButOne(graph, sizes, k) : undefined;
  const how = { head: sizes.head.decoder, normed: sizes.normed.decoder, mask };
  const own = parts.flatMap((part, i) => Array<number>(part.dims[0]!).fill(i));
  const layers = weights.countFrom(`${DECODER}transformer.blocks.`, '.attn.wq.weight');
  for (let layer = 0; layer < layers; layer++) {
    const block = `${DECODER}transformer.blocks.${layer}.`;
    const [gate, gateWide, shift, scale, shiftWide, scaleWide] = modulations(
      graph,
      weights,
      `${block}adaLN_modulation.1`,
      time,
      6,
      own,
    );
    const mixed = selfAttention(
      graph,
      weights,
      block,
      modulate(graph, plainNorm(graph, h), shift!, scale!),
      how,
    );
    h = graph.binary('Add', h, graph.binary('Mul', gate!, mixed));
    const bent = feedForward(
      graph,
      weights,
      block,
      modulate(graph, plainNorm(graph, h), shiftWide!, scaleWide!),
    );
    h = graph.binary('Add', h, graph.binary('Mul', gateWide!, bent));
  }
  h = plainNorm(graph, rows(graph, h, firstPatch, firstPatch + patches));
  const adapted = `${DECODER}to_patches.adaLN_modulation.1`;
  if (weights.has(`${adapted}.weight`)) {
    const [shift, scale] = modulations(graph, weights, adapted, time, 2, [0]);
    h = modulate(graph, h, shift!, scale!);
  }
  const values = linear(graph, weights, `${DECODER}to_patches.proj`, h, patch * patch * channels);
  const laid = graph.reshape(values, [grid, grid, patch, patch, channels]);
  return graph.reshape(graph.transpose(laid, [4, 0, 2, 1, 3]), [1, channels, latents, latents]);
}

/** Pixels of the flow's result: [1, channels, latents, latents] -> [1, 3, side, side] in [0, 1]. */
export function flextokDecoder(graph: Graph, weights: Weights, { scaling }: FlextokSizes, x: Value): Value {
  const z = graph.binary('Div', x, graph.floats([scaling]));
  const half = graph.floats([0.5]);
  return graph.binary('Add', graph.binary('Mul', decodeLatents(graph, weights, VAE, z), half), half);
}

/** Patches of latents (PatchEmbedder), each with its place: [grid * grid, width]. */
function embedPatches(
  graph: Graph,
  weights: Weights,
  { grid, patch, channels }: FlextokSizes,
  name: string,
  place: string,
  latents: Value,
): Value {
  const split = graph.transpose(
    graph.reshape(latents, [channels, grid, patch, grid, patch]),
    [1, 3, 2, 4, 0],
  );
  const patches = graph.reshape(split, [grid * grid, patch * patch * channels]);
  const [width = 0] = weights.dims(`${name}.patch_proj.weight`, 2);
  const embedded = linear(graph, weights, `${name}.patch_proj`, patches, width);
  const cells = weights.get(graph, `${place}.posembs`, [1, width, grid, grid], [width, grid * grid]);
  return graph.binary('Add', embedded, graph.transpose(cells, [1, 0]));
}

/** [1, width]: cosines and sines of the time at falling frequencies, through two linear layers. */
function embedTime(graph: Graph, weights: Weights, lastTime: number, t: Value, width: number): Value {
  const mlp = `${DECODER}time_embedder.mlp`;
  const [, size = 0] = weights.dims(`${mlp}.0.weight`, 2);
  const half = Math.floor(size / 2);
  const frequencies = Array.from({ length: half }, (_, i) => (1000 / lastTime) * PERIOD ** (-i / half));
  const angles = graph.binary('Mul', t, graph.floats(frequencies, [1, half]));
  const waves = ['Cos', 'Sin'].map((wave) => graph.op(wave, [angles], [1, half]));
  const all = graph.op('Concat', waves, [1, 2 * half], { axis: 1 });
  const hidden = silu(graph, linear(graph, weights, `${mlp}.0`, all, width));
  return linear(graph, weights, `${mlp}.2`, hidden, width);
}

/** [1, all, all] to add to scores: patches see patches, a token sees these and the tokens up to itself. */
function inOrder(graph: Graph, patches: number, tokens: number): Value {
  const all = patches + tokens;
  const place = Array.from({ length: all }, (_, i) => Math.max(0, i - patches + 1));
  const isLater = graph.op(
    'Less',
    [graph.int32s(place, [all, 1]), graph.int32s(place, [1, all])],
    [all, all],
  );
  return graph.reshape(hide(graph, isLater), [1, all, all]);
}

/** [1, 1, all] to add to scores: with k = 0, hides all tokens but the first. */
function hideAllButOne(graph: Graph, { grid, tokens, tokensFirst }: FlextokSizes, k: Value): Value {
  const others = Array.from({ length: tokens }, (_, i) => (i === 0 ? 0 : 1));
  const patches = Array<number>(grid * grid).fill(0);
  const all = tokensFirst ? [...others, ...patches] : [...patches, ...others];
  const dims = [1, 1, all.length];
  return hide(graph, graph.op('Greater', [graph.int32s(all, dims), k], dims));
}

function hide(graph: Graph, hidden: Value): Value {
  return graph.op('Where', [hidden, graph.floats([HIDDEN]), graph.floats([0])], hidden.dims);
}
