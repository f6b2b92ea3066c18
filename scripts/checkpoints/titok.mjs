// @ts-check
import { norm } from './shapes.mjs';

/**
 * @typedef {import('./shapes.mjs').Shapes} Shapes
 * @typedef {{ width: number; layers: number }} Size
 * @typedef {{ size: 's' | 'b' | 'l'; tokens: number; prefix: boolean }} Titok
 */

/** @type {Record<'s' | 'b' | 'l', Size>} */
const SIZES = {
  s: { width: 512, layers: 8 },
  b: { width: 768, layers: 12 },
  l: { width: 1024, layers: 24 },
};
const NAMES = { s: 'small', b: 'base', l: 'large' };
const SIDE = 256;
const PATCH = 16;
const PATCHES = (SIDE / PATCH) ** 2;
const CHANNELS = 12;
const ENTRIES = 4096;

/**
 * TiTok and One-D-Piece as they are published (github.com/bytedance/1d-tokenizer and turingmotors/One-D-Piece).
 * @type {Record<string, import('./shapes.mjs').Architecture>}
 */
export const titok = {
  'titok-s-128': published({ size: 's', tokens: 128, prefix: false }),
  'titok-b-64': published({ size: 'b', tokens: 64, prefix: false }),
  'titok-l-32': published({ size: 'l', tokens: 32, prefix: false }),
  'one-d-piece-s-256': published({ size: 's', tokens: 256, prefix: true }),
  'one-d-piece-b-256': published({ size: 'b', tokens: 256, prefix: true }),
  'one-d-piece-l-256': published({ size: 'l', tokens: 256, prefix: true }),
};

/**
 * @param {Titok} model
 * @returns {import('./shapes.mjs').Architecture}
 */
function published(model) {
  return { config: () => configOf(model), shapes: () => shapesOf(model) };
}

/**
 * What config.json says.
 * @param {Titok} model
 */
function configOf({ size, tokens, prefix }) {
  return {
    model: {
      vq_model: {
        codebook_size: ENTRIES,
        token_size: CHANNELS,
        use_l2_norm: true,
        commitment_cost: 0.25,
        vit_enc_model_size: NAMES[size],
        vit_dec_model_size: NAMES[size],
        vit_enc_patch_size: PATCH,
        vit_dec_patch_size: PATCH,
        num_latent_tokens: tokens,
        finetune_decoder: true,
        ...(prefix ? { strict_length_assertion: false } : {}),
      },
    },
    dataset: { preprocessing: { crop_size: SIDE } },
  };
}

/**
 * Every tensor's shape, by name.
 * @param {Titok} model
 * @returns {Shapes}
 */
function shapesOf({ size, tokens }) {
  const { width, layers } = SIZES[size];
  return {
    latent_tokens: [tokens, width],
    'encoder.patch_embed.weight': [width, 3, PATCH, PATCH],
    'encoder.patch_embed.bias': [width],
    'encoder.conv_out.weight': [CHANNELS, width, 1, 1],
    'encoder.conv_out.bias': [CHANNELS],
    ...tower('encoder', width, layers, tokens),
    'quantize.embedding.weight': [ENTRIES, CHANNELS],
    'decoder.decoder_embed.weight': [width, CHANNELS],
    'decoder.decoder_embed.bias': [width],
    'decoder.mask_token': [1, 1, width],
    ...tower('decoder', width, layers, tokens),
    'decoder.ffn.0.weight': [2 * width, width, 1, 1],
    'decoder.ffn.0.bias': [2 * width],
    'decoder.ffn.2.weight': [1024, 2 * width, 1, 1],
    'decoder.ffn.2.bias': [1024],
    'pixel_quantize.embedding.weight': [1024, 256],
    ...pixelDecoder(),
  };
}

/**
 * @param {string} part
 * @param {number} width
 * @param {number} layers
 * @param {number} tokens
 * @returns {Shapes}
 */
function tower(part, width, layers, tokens) {
  /** @type {Shapes} */
  const shapes = {
    [`${part}.class_embedding`]: [1, width],
    [`${part}.positional_embedding`]: [PATCHES + 1, width],
    [`${part}.latent_token_positional_embedding`]: [tokens, width],
    ...norm(`${part}.ln_pre`, width),
    ...norm(`${part}.ln_post`, width),
  };
  for (let layer = 0; layer < layers; layer++) {
    const block = `${part}.transformer.${layer}`;
    Object.assign(shapes, norm(`${block}.ln_1`, width), norm(`${block}.ln_2`, width), {
      [`${block}.attn.in_proj_weight`]: [3 * width, width],
      [`${block}.attn.in_proj_bias`]: [3 * width],
      [`${block}.attn.out_proj.weight`]: [width, width],
      [`${block}.attn.out_proj.bias`]: [width],
      [`${block}.mlp.c_fc.weight`]: [4 * width, width],
      [`${block}.mlp.c_fc.bias`]: [4 * width],
      [`${block}.mlp.c_proj.weight`]: [width, 4 * width],
      [`${block}.mlp.c_proj.bias`]: [width],
    });
  }
  return shapes;
}

/** MaskGIT's VQGAN decoder: 128 channels times 1, 1, 2, 2, 4, two blocks a level. @returns {Shapes} */
function pixelDecoder() {
  const levels = [128, 128, 256, 256, 512];
  /** @type {Shapes} */
  const shapes = { 'pixel_decoder.conv_in.weight': [512, 256, 3, 3], 'pixel_decoder.conv_in.bias': [512] };
  for (const i of [0, 1]) Object.assign(shapes, residual(`pixel_decoder.mid.${i}`, 512, 512));
  let channels = 512;
  for (let level = levels.length - 1; level >= 0; level--) {
    const up = `pixel_decoder.up.${level}`;
    for (const i of [0, 1]) {
      Object.assign(shapes, residual(`${up}.block.${i}`, channels, levels[level] ?? 0));
      channels = levels[level] ?? 0;
    }
    if (level > 0) {
      shapes[`${up}.upsample_conv.weight`] = [channels, channels, 3, 3];
      shapes[`${up}.upsample_conv.bias`] = [channels];
    }
  }
  return {
    ...shapes,
    ...norm('pixel_decoder.norm_out', channels),
    'pixel_decoder.conv_out.weight': [3, channels, 3, 3],
    'pixel_decoder.conv_out.bias': [3],
  };
}

/**
 * @param {string} name
 * @param {number} from
 * @param {number} to
 * @returns {Shapes}
 */
function residual(name, from, to) {
  return {
    ...norm(`${name}.norm1`, from),
    [`${name}.conv1.weight`]: [to, from, 3, 3],
    ...norm(`${name}.norm2`, to),
    [`${name}.conv2.weight`]: [to, to, 3, 3],
    ...(from === to ? {} : { [`${name}.nin_shortcut.weight`]: [to, to, 1, 1] }),
  };
}
