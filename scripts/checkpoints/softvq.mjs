// @ts-check
import { dense, norm } from './shapes.mjs';

const SIDE = 256;
const PATCH = 16;
const PATCHES = (SIDE / PATCH) ** 2;
/** Codebooks of SoftVQ, and entries of each. */
const BOOKS = 4;
const ENTRIES = 8192;

/** @typedef {{ width: number; layers: number; name: string }} Size DINOv2's */
const BASE = { width: 768, layers: 12, name: 'vit_base_patch14_dinov2.lvd142m' };
const LARGE = { width: 1024, layers: 24, name: 'vit_large_patch14_dinov2.lvd142m' };

/**
 * SoftVQ-VAE and MAETok as they are published (github.com/Hhhhhhao/continuous_tokenizer: tokenizer.py,
 * configs/softvq-l-64.yaml and the readme's table), without what training compares with. Numbers a token, and their mean and
 * spread, are those of utils/model.py; which of base and large the encoder and decoder of "bl" are is taken from the names.
 * @type {Record<string, import('./shapes.mjs').Architecture>}
 */
export const softvq = {
  'softvq-b-32': soft(BASE, BASE, 32),
  'softvq-b-64': soft(BASE, BASE, 64),
  'softvq-bl-32': soft(BASE, LARGE, 32),
  'softvq-bl-64': soft(BASE, LARGE, 64),
  'softvq-l-32': soft(LARGE, LARGE, 32),
  'softvq-l-64': soft(LARGE, LARGE, 64),
  'maetok-b-128': {
    config: () => ({
      ...configOf(BASE, BASE, 128, 32),
      use_ape: false,
      use_rope: true,
      rope_mixed: true,
      rope_theta: 10.0,
      dec_cls_token: false,
      enc_token_drop: 0.4,
      enc_token_drop_max: 0.6,
    }),
    shapes: () => {
      const { 'decoder.model.cls_token': _, ...shapes } = shapesOf(BASE, BASE, 128, 32);
      const freqs = [2, BASE.layers, BASE.width / 2];
      return {
        ...shapes,
        'encoder.freqs': freqs,
        'decoder.freqs': freqs,
        'encoder.mask_token': [1, 1, BASE.width],
      };
    },
  },
};

/**
 * @param {Size} encoder
 * @param {Size} decoder
 * @param {number} tokens
 * @returns {import('./shapes.mjs').Architecture}
 */
function soft(encoder, decoder, tokens) {
  const channels = 2048 / tokens;
  return {
    config: () => ({
      ...configOf(encoder, decoder, tokens, channels),
      num_codebooks: BOOKS,
      codebook_size: ENTRIES,
      tau: 0.07,
      vq_std: channels === 32 ? 0.072 : 0.029,
    }),
    shapes: () => ({
      ...shapesOf(encoder, decoder, tokens, channels),
      'quantize.embedding': [BOOKS, ENTRIES, channels],
      'quantize.codebook_used': [BOOKS, 65_536],
    }),
  };
}

/**
 * @param {Size} encoder
 * @param {Size} decoder
 * @param {number} tokens
 * @param {number} channels
 */
function configOf(encoder, decoder, tokens, channels) {
  return {
    image_size: SIDE,
    base_image_size: SIDE,
    codebook_embed_dim: channels,
    codebook_l2_norm: true,
    enc_type: 'vit',
    dec_type: 'vit',
    encoder_model: encoder.name,
    decoder_model: decoder.name,
    num_latent_tokens: tokens,
    to_pixel: 'linear',
    enc_patch_size: PATCH,
    dec_patch_size: PATCH,
    vq_mean: 0.0,
    vq_std: 1.0,
  };
}

/**
 * @param {Size} encoder
 * @param {Size} decoder
 * @param {number} tokens
 * @param {number} channels
 * @returns {import('./shapes.mjs').Shapes}
 */
function shapesOf(encoder, decoder, tokens, channels) {
  return {
    'encoder.latent_tokens': [1, tokens, encoder.width],
    ...tower('encoder', encoder, tokens),
    ...dense('quant_conv', encoder.width, channels),
    ...dense('post_quant_conv', channels, decoder.width),
    'decoder.mask_token': [1, 1, decoder.width],
    ...tower('decoder', decoder, tokens),
    ...dense('decoder.to_pixel.model', decoder.width, 3 * PATCH * PATCH),
  };
}

/**
 * @param {string} part
 * @param {Size} size
 * @param {number} tokens
 * @returns {import('./shapes.mjs').Shapes}
 */
function tower(part, { width, layers }, tokens) {
  /** @type {import('./shapes.mjs').Shapes} */
  const shapes = {
    [`${part}.latent_pos_embed`]: [1, tokens, width],
    [`${part}.model.cls_token`]: [1, 1, width],
    [`${part}.model.pos_embed`]: [1, 1 + PATCHES, width],
    [`${part}.model.patch_embed.proj.weight`]: [width, 3, PATCH, PATCH],
    [`${part}.model.patch_embed.proj.bias`]: [width],
    ...norm(`${part}.model.norm`, width),
  };
  for (let layer = 0; layer < layers; layer++) {
    const block = `${part}.model.blocks.${layer}`;
    Object.assign(shapes, norm(`${block}.norm1`, width), norm(`${block}.norm2`, width), {
      ...dense(`${block}.attn.qkv`, width, 3 * width),
      ...dense(`${block}.attn.proj`, width, width),
      [`${block}.ls1.gamma`]: [width],
      ...dense(`${block}.mlp.fc1`, width, 4 * width),
      ...dense(`${block}.mlp.fc2`, 4 * width, width),
      [`${block}.ls2.gamma`]: [width],
    });
  }
  return shapes;
}
