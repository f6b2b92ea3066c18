// @ts-check
import { dense, norm } from './shapes.mjs';

/** @typedef {import('./shapes.mjs').Shapes} Shapes */

const WIDTH = 1024;
const LAYERS = 8;
const PATCH = 16;
/** Codes and channels of the VQGAN, and its channels by level, finest first. */
const CODES = 1024;
const CHANNELS = 256;
const LEVELS = [128, 128, 256, 256, 512];

/**
 * KARL as it is published (github.com/ShivamDuggal4/karl: karl_vqgan.py, __init__.py, configs/karl_vqgan.yaml and
 * configs/vqgan.yaml), without what training compares with. Its files are of PyTorch, and have no config.
 * @type {Record<string, import('./shapes.mjs').Architecture>}
 */
export const karl = {
  'karl-small-vqgan': {
    config: () => ({
      model: 'karl_small',
      input_size: 256,
      input_token_budget: 256,
      desired_reconstruction_quality: 0.05,
    }),
    shapes: () => ({
      encoder_positional_embedding: [WIDTH, 64, 64],
      decoder_positional_embedding: [WIDTH, 64, 64],
      decoder_mask_token: [1, 1, WIDTH],
      decoder_latent_tokens_timestep_embed: [512, WIDTH],
      latent_tokens: [512, WIDTH],
      rec_loss_embeddings: [19, WIDTH],
      'patch_embed.weight': [WIDTH - CHANNELS, 3, PATCH, PATCH],
      'patch_embed.bias': [WIDTH - CHANNELS],
      ...norm('encoder_ln_pre', WIDTH),
      ...norm('encoder_ln_post', WIDTH),
      ...norm('encoder_ln_post_halt', WIDTH),
      ...dense('pre_quantizer_mlp', WIDTH, 12),
      ...dense('halting_mlp.0', WIDTH, 512),
      ...dense('halting_mlp.2', 512, 1),
      'quantize.embedding.weight': [4096, 12],
      ...dense('decoder_embed', 12, WIDTH),
      ...norm('decoder.ln_pre', WIDTH),
      ...norm('decoder.ln_post', WIDTH),
      ...dense('decoder.ffn.0', WIDTH, 2 * WIDTH),
      ...dense('decoder.ffn.2', 2 * WIDTH, CODES),
      ...blocks('encoder.transformer'),
      ...blocks('decoder.transformer'),
      'base_tokenizer.vqgan.quantize.embedding.weight': [CODES, CHANNELS],
      ...vqganEncoder('base_tokenizer.vqgan.encoder'),
      ...vqganDecoder('base_tokenizer.vqgan.decoder'),
    }),
  },
};

/** @param {string} prefix @returns {Shapes} */
function blocks(prefix) {
  /** @type {Shapes} */
  const shapes = {};
  for (let layer = 0; layer < LAYERS; layer++) {
    const block = `${prefix}.${layer}`;
    Object.assign(shapes, norm(`${block}.ln_1`, WIDTH), norm(`${block}.ln_2`, WIDTH), {
      [`${block}.attn.in_proj_weight`]: [3 * WIDTH, WIDTH],
      [`${block}.attn.in_proj_bias`]: [3 * WIDTH],
      ...dense(`${block}.attn.out_proj`, WIDTH, WIDTH),
      ...dense(`${block}.mlp.c_fc`, WIDTH, 4 * WIDTH),
      ...dense(`${block}.mlp.c_proj`, 4 * WIDTH, WIDTH),
    });
  }
  return shapes;
}

/** @param {string} prefix @returns {Shapes} */
function vqganEncoder(prefix) {
  /** @type {Shapes} */
  const shapes = { [`${prefix}.conv_in.weight`]: [LEVELS[0] ?? 0, 3, 3, 3] };
  let from = LEVELS[0] ?? 0;
  LEVELS.forEach((to, level) => {
    for (let i = 0; i < 2; i++) {
      Object.assign(shapes, residual(`${prefix}.down.${level}.block.${i}`, from, to));
      from = to;
    }
  });
  return { ...shapes, ...middle(prefix, from), ...end(prefix, from, CHANNELS, 1) };
}

/** @param {string} prefix @returns {Shapes} */
function vqganDecoder(prefix) {
  let from = LEVELS.at(-1) ?? 0;
  /** @type {Shapes} */
  const shapes = {
    [`${prefix}.conv_in.weight`]: [from, CHANNELS, 3, 3],
    [`${prefix}.conv_in.bias`]: [from],
    ...middle(prefix, from),
  };
  for (let level = LEVELS.length - 1; level >= 0; level--) {
    const to = LEVELS[level] ?? 0;
    for (let i = 0; i < 2; i++) {
      Object.assign(shapes, residual(`${prefix}.up.${level}.block.${i}`, from, to));
      from = to;
    }
    if (level > 0) {
      shapes[`${prefix}.up.${level}.upsample.conv.weight`] = [to, to, 3, 3];
      shapes[`${prefix}.up.${level}.upsample.conv.bias`] = [to];
    }
  }
  return { ...shapes, ...end(prefix, from, 3, 3) };
}

/** @param {string} prefix @param {number} channels @returns {Shapes} */
function middle(prefix, channels) {
  return {
    ...residual(`${prefix}.mid.block_1`, channels, channels),
    ...residual(`${prefix}.mid.block_2`, channels, channels),
  };
}

/** @param {string} prefix @param {number} from @param {number} to @param {number} size @returns {Shapes} */
function end(prefix, from, to, size) {
  return {
    ...norm(`${prefix}.norm_out`, from),
    [`${prefix}.conv_out.weight`]: [to, from, size, size],
    [`${prefix}.conv_out.bias`]: [to],
  };
}

/** @param {string} block @param {number} from @param {number} to @returns {Shapes} */
function residual(block, from, to) {
  return {
    ...norm(`${block}.norm1`, from),
    [`${block}.conv1.weight`]: [to, from, 3, 3],
    ...norm(`${block}.norm2`, to),
    [`${block}.conv2.weight`]: [to, to, 3, 3],
    ...(from === to ? {} : { [`${block}.nin_shortcut.weight`]: [to, to, 1, 1] }),
  };
}
