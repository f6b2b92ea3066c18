// @ts-check
import { convolution, dense, norm, residual } from './shapes.mjs';

/** @typedef {import('./shapes.mjs').Shapes} Shapes */

const LEVELS = [8, 8, 8, 5, 5, 5];
const TOKENS = 256;
const CHANNELS = 16;
const PATCH = 2;
const GRID = 16;
/** Channels of the autoencoder's levels. */
const AUTOENCODER = [128, 256, 512, 512];
/** Numbers in an attention head; a transformer of n layers is n heads wide. */
const HEAD = 64;
/** Of the sines of the time. */
const FREQUENCIES = 256;

/**
 * FlexTok (github.com/apple/ml-flextok), by the defaults of its modules; the published files may differ in details. The
 * autoencoder's scaling is made up.
 * @type {Record<string, import('./shapes.mjs').Architecture>}
 */
export const flextok = { 'flextok-d12-d12': published(12, 12), 'flextok-d18-d18': published(18, 18) };

/**
 * @param {number} encoder layers
 * @param {number} decoder layers
 * @returns {import('./shapes.mjs').Architecture}
 */
function published(encoder, decoder) {
  return { config: () => configOf(encoder, decoder), shapes: () => shapesOf(encoder, decoder) };
}

/**
 * @param {number} encoder
 * @param {number} decoder
 */
function configOf(encoder, decoder) {
  return {
    vae: { latent_channels: CHANNELS, scaling_factor: 1 },
    encoder: {
      module_dict: {
        enc_seq_packer: { mask_mode: 'causal_last' },
        enc_transformer: { dim: encoder * HEAD, depth: encoder, head_dim: HEAD },
      },
    },
    decoder: {
      module_dict: {
        dec_nested_dropout: { read_write_key: 'dec_quants' },
        dec_seq_packer: { input_list_read_keys: ['dec_patches', 'dec_quants'], mask_mode: 'full' },
        dec_transformer: { dim: decoder * HEAD, depth: decoder, head_dim: HEAD },
      },
    },
    regularizer: { levels: LEVELS },
  };
}

/**
 * @param {number} encoder
 * @param {number} decoder
 * @returns {Shapes}
 */
function shapesOf(encoder, decoder) {
  const [narrow, wide] = [encoder * HEAD, decoder * HEAD];
  const values = PATCH ** 2 * CHANNELS;
  const enc = 'encoder.module_dict.enc_';
  const dec = 'decoder.module_dict.dec_';
  return {
    ...autoencoder('vae.vae.'),
    ...dense(`${enc}patch_emb.patch_proj`, values, narrow),
    [`${enc}posemb_module.posembs`]: [1, narrow, GRID, GRID],
    [`${enc}register_module.registers`]: [TOKENS, narrow],
    ...blocks(`${enc}transformer.blocks.`, encoder, narrow, false),
    ...dense(`${enc}to_latents.proj`, narrow, LEVELS.length),
    ...dense(`${dec}from_latents.proj`, LEVELS.length, wide),
    [`${dec}registers_posemb_module.posembs`]: [1, 1, wide, TOKENS],
    [`${dec}nested_dropout.dropout_mask_token`]: [wide],
    [`${dec}latent_dropout.nullcond`]: [wide],
    ...dense(`${dec}noise_patch_emb.patch_proj`, values, wide),
    [`${dec}patches_posemb_module.posembs`]: [1, wide, GRID, GRID],
    ...dense(`${dec}time_embedder.mlp.0`, FREQUENCIES, wide),
    ...dense(`${dec}time_embedder.mlp.2`, wide, wide),
    ...blocks(`${dec}transformer.blocks.`, decoder, wide, true),
    ...dense(`${dec}to_patches.adaLN_modulation.1`, wide, 2 * wide),
    ...dense(`${dec}to_patches.proj`, wide, values),
  };
}

/**
 * Attention and SwiGLU without biases; with adaLN apart for patches and tokens.
 * @param {string} prefix
 * @param {number} layers
 * @param {number} width
 * @param {boolean} isTimed
 * @returns {Shapes}
 */
function blocks(prefix, layers, width, isTimed) {
  const wide = Math.floor((2 * 4 * width) / 3);
  /** @type {Shapes} */
  const shapes = {};
  for (let layer = 0; layer < layers; layer++) {
    const block = `${prefix}${layer}.`;
    for (const name of ['wq', 'wk', 'wv', 'proj']) shapes[`${block}attn.${name}.weight`] = [width, width];
    shapes[`${block}mlp.fc1.weight`] = [wide, width];
    shapes[`${block}mlp.fc2.weight`] = [width, wide];
    shapes[`${block}mlp.fc3.weight`] = [wide, width];
    if (isTimed) Object.assign(shapes, dense(`${block}adaLN_modulation.1`, width, 2 * 6 * width));
  }
  return shapes;
}

/**
 * AutoencoderKL of diffusers, two blocks a level, three on the way back.
 * @param {string} prefix
 * @returns {Shapes}
 */
function autoencoder(prefix) {
  const last = AUTOENCODER.at(-1) ?? 0;
  const [encoder, decoder] = [`${prefix}encoder.`, `${prefix}decoder.`];
  const shapes = convolution(`${encoder}conv_in`, 3, AUTOENCODER[0] ?? 0, 3);
  let from = AUTOENCODER[0] ?? 0;
  AUTOENCODER.forEach((to, level) => {
    for (const i of [0, 1]) {
      Object.assign(
        shapes,
        residual(`${encoder}down_blocks.${level}.resnets.${i}`, from, to, 'conv_shortcut'),
      );
      from = to;
    }
    const name = `${encoder}down_blocks.${level}.downsamplers.0.conv`;
    if (level < AUTOENCODER.length - 1) Object.assign(shapes, convolution(name, to, to, 3));
  });
  Object.assign(shapes, middle(`${encoder}mid_block`, last), norm(`${encoder}conv_norm_out`, last));
  Object.assign(shapes, convolution(`${encoder}conv_out`, last, 2 * CHANNELS, 3));
  Object.assign(shapes, convolution(`${prefix}quant_conv`, 2 * CHANNELS, 2 * CHANNELS, 1));
  Object.assign(shapes, convolution(`${prefix}post_quant_conv`, CHANNELS, CHANNELS, 1));
  Object.assign(
    shapes,
    convolution(`${decoder}conv_in`, CHANNELS, last, 3),
    middle(`${decoder}mid_block`, last),
  );
  [...AUTOENCODER].reverse().forEach((to, level) => {
    for (const i of [0, 1, 2]) {
      Object.assign(shapes, residual(`${decoder}up_blocks.${level}.resnets.${i}`, from, to, 'conv_shortcut'));
      from = to;
    }
    const name = `${decoder}up_blocks.${level}.upsamplers.0.conv`;
    if (level < AUTOENCODER.length - 1) Object.assign(shapes, convolution(name, to, to, 3));
  });
  return {
    ...shapes,
    ...norm(`${decoder}conv_norm_out`, from),
    ...convolution(`${decoder}conv_out`, from, 3, 3),
  };
}

/**
 * @param {string} prefix
 * @param {number} channels
 * @returns {Shapes}
 */
function middle(prefix, channels) {
  const attention = `${prefix}.attentions.0`;
  return {
    ...residual(`${prefix}.resnets.0`, channels, channels, 'conv_shortcut'),
    ...norm(`${attention}.group_norm`, channels),
    ...Object.assign(
      {},
      ...['to_q', 'to_k', 'to_v', 'to_out.0'].map((name) =>
        dense(`${attention}.${name}`, channels, channels),
      ),
    ),
    ...residual(`${prefix}.resnets.1`, channels, channels, 'conv_shortcut'),
  };
}
