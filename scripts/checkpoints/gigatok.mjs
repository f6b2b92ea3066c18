// @ts-check
import { convolution, dense, norm, residual } from './shapes.mjs';

/**
 * @typedef {import('./shapes.mjs').Shapes} Shapes
 * @typedef {{ width: number; layers: number }} Size
 */

const GRID = 16;
const TOKENS = 256;
const CHANNELS = 8;
const ENTRIES = 16_384;
const INNER = 256;
/** Channels of the convolutions at the first level, and by how many times more there are at each. */
const FIRST = 128;
const LEVELS = [1, 1, 2, 2, 4];
/** DINOv2-B's width, to which training aligns a layer. */
const ALIGNED = 768;

/** @type {Record<'small' | 'base' | 'large', Size>} */
const SIZES = {
  small: { width: 512, layers: 6 },
  base: { width: 768, layers: 12 },
  large: { width: 1024, layers: 24 },
};

/**
 * GigaTok as it is published (github.com/SilentView/GigaTok, configs/vq/VQ_SS256.yaml, VQ_SB256.yaml, VQ_BL256.yaml).
 * @type {Record<string, import('./shapes.mjs').Architecture>}
 */
export const gigatok = {
  'gigatok-s-s': published('small', 'small'),
  'gigatok-s-b': published('small', 'base'),
  'gigatok-b-l': published('base', 'large'),
};

/**
 * @param {keyof typeof SIZES} encoder
 * @param {keyof typeof SIZES} decoder
 * @returns {import('./shapes.mjs').Architecture}
 */
function published(encoder, decoder) {
  return {
    config: () => configOf(encoder, decoder),
    shapes: () => shapesOf(SIZES[encoder], SIZES[decoder]),
  };
}

/**
 * The part of the YAML file that says what the model is.
 * @param {string} encoder
 * @param {string} decoder
 */
function configOf(encoder, decoder) {
  return {
    model: {
      model_cls: 'VQVitModelPlus',
      init_args: {
        codebook_size: ENTRIES,
        codebook_embed_dim: CHANNELS,
        codebook_l2_norm: true,
        encoder_ch_mult: LEVELS,
        decoder_ch_mult: LEVELS,
        model_size: null,
        encoder_size: encoder,
        decoder_size: decoder,
        num_latent_tokens: TOKENS,
        z_channels: INNER,
        multi_level_query_init: true,
        last_level_2d_query_init: false,
        multi_level_2d_query_init: false,
        adaptive_gn: true,
        d2s_up: true,
        rot: true,
        use_attn: false,
        distill_depth: 3,
      },
    },
  };
}

/**
 * @param {Size} encoder
 * @param {Size} decoder
 * @returns {Shapes}
 */
function shapesOf(encoder, decoder) {
  return {
    ...shrinking(),
    ...queries('s2to1encoder', encoder),
    ...dense('s2to1encoder.encoder_embed', INNER, encoder.width),
    ...dense('s2to1encoder.global_proj', encoder.width, encoder.width),
    ...convolution('s2to1encoder.conv_out', encoder.width, INNER, 1),
    ...queries('s1to2decoder', decoder),
    ...dense('s1to2decoder.decoder_embed', INNER, decoder.width),
    ...dense('s1to2decoder.distill_mlp.0', decoder.width, 4 * decoder.width),
    ...dense('s1to2decoder.distill_mlp.2', 4 * decoder.width, 4 * decoder.width),
    ...dense('s1to2decoder.distill_mlp.4', 4 * decoder.width, ALIGNED),
    ...convolution('s1to2decoder.conv_out', decoder.width, INNER, 3),
    ...enlarging(),
    'quantize.embedding.weight': [ENTRIES, CHANNELS],
    'quantize.codebook_used': [65_536],
    ...convolution('quant_conv', INNER, CHANNELS, 1),
    ...convolution('post_quant_conv', CHANNELS, INNER, 1),
  };
}

/**
 * @param {string} part
 * @param {Size} size
 * @returns {Shapes}
 */
function queries(part, { width, layers }) {
  /** @type {Shapes} */
  const shapes = {
    [`${part}.positional_embedding`]: [GRID ** 2, 1, width],
    [`${part}.latent_token_positional_embedding`]: [TOKENS, 1, width],
    ...norm(`${part}.ln_pre`, INNER),
    ...norm(`${part}.ln_post`, width),
  };
  for (let layer = 0; layer < layers; layer++) {
    const block = `${part}.transformer.${layer}`;
    for (const attention of ['self_attn', 'multihead_attn']) {
      shapes[`${block}.${attention}.in_proj_weight`] = [3 * width, width];
      shapes[`${block}.${attention}.in_proj_bias`] = [3 * width];
      Object.assign(shapes, dense(`${block}.${attention}.out_proj`, width, width));
    }
    Object.assign(shapes, dense(`${block}.linear1`, width, 4 * width));
    Object.assign(shapes, dense(`${block}.linear2`, 4 * width, width));
    for (const i of [1, 2, 3]) Object.assign(shapes, norm(`${block}.norm${i}`, width));
  }
  return shapes;
}

/** @returns {Shapes} */
function shrinking() {
  const shapes = convolution('encoder.conv_in', 3, FIRST, 3);
  let from = FIRST;
  LEVELS.forEach((times, level) => {
    const to = FIRST * times;
    for (const i of [0, 1]) {
      Object.assign(shapes, residual(`encoder.conv_blocks.${level}.res.${i}`, from, to, 'nin_shortcut'));
      from = to;
    }
    if (level === LEVELS.length - 1) return;
    Object.assign(shapes, convolution(`encoder.conv_blocks.${level}.downsample.conv`, to, to, 3));
  });
  for (const i of [0, 1]) Object.assign(shapes, residual(`encoder.mid.${i}`, from, from, 'nin_shortcut'));
  return { ...shapes, ...norm('encoder.norm_out', from), ...convolution('encoder.conv_out', from, INNER, 3) };
}

/** @returns {Shapes} */
function enlarging() {
  let from = FIRST * (LEVELS.at(-1) ?? 1);
  const shapes = convolution('decoder.conv_in', INNER, from, 3);
  for (const i of [0, 1]) Object.assign(shapes, residual(`decoder.mid.${i}`, from, from, 'nin_shortcut'));
  [...LEVELS].reverse().forEach((times, level) => {
    const to = FIRST * times;
    Object.assign(shapes, dense(`decoder.adaptive.${level}.gamma`, INNER, from));
    Object.assign(shapes, dense(`decoder.adaptive.${level}.beta`, INNER, from));
    for (const i of [0, 1, 2]) {
      Object.assign(shapes, residual(`decoder.conv_blocks.${level}.res.${i}`, from, to, 'nin_shortcut'));
      from = to;
    }
    if (level === LEVELS.length - 1) return;
    Object.assign(shapes, convolution(`decoder.conv_blocks.${level}.upsample.conv1`, to, 4 * to, 3));
  });
  return { ...shapes, ...norm('decoder.norm_out', from), ...convolution('decoder.conv_out', from, 3, 3) };
}
