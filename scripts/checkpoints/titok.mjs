// @ts-check
import { norm } from './shapes.mjs';

/**
 * @typedef {import('./shapes.mjs').Shapes} Shapes
 * @typedef {{ width: number; layers: number }} Size
 * @typedef {'s' | 'b' | 'l'} SizeName
 * @typedef {'legacy' | 'vq8k' | 'vae'} Kind with MaskGIT's decoder behind it; the newer ones predict pixels
 * @typedef {{ encoder: SizeName; decoder: SizeName; tokens: number; kind: Kind; prefix: boolean }} Titok
 */

/** @type {Record<SizeName, Size>} */
const SIZES = {
  s: { width: 512, layers: 8 },
  b: { width: 768, layers: 12 },
  l: { width: 1024, layers: 24 },
};
const NAMES = { s: 'small', b: 'base', l: 'large' };
const SIDE = 256;
const PATCH = 16;
const PATCHES = (SIDE / PATCH) ** 2;
/** @type {Record<Kind, { channels: number; entries: number }>} */
const CODES = {
  legacy: { channels: 12, entries: 4096 },
  vq8k: { channels: 64, entries: 8192 },
  vae: { channels: 16, entries: 0 },
};

/**
 * TiTok and One-D-Piece as they are published (github.com/bytedance/1d-tokenizer, configs/infer/TiTok, and
 * turingmotors/One-D-Piece, configs).
 * @type {Record<string, import('./shapes.mjs').Architecture>}
 */
export const titok = {
  'titok-s-128': legacy('s', 128),
  'titok-b-64': legacy('b', 64),
  'titok-l-32': legacy('l', 32),
  'titok-bl-64-vq': newer('b', 64, 'vq8k'),
  'titok-bl-128-vq': newer('b', 128, 'vq8k'),
  'titok-sl-256-vq': newer('s', 256, 'vq8k'),
  'titok-ll-32-vae': newer('l', 32, 'vae'),
  'titok-bl-64-vae': newer('b', 64, 'vae'),
  'titok-bl-128-vae': newer('b', 128, 'vae'),
  'one-d-piece-s-256': legacy('s', 256, true),
  'one-d-piece-b-256': legacy('b', 256, true),
  'one-d-piece-l-256': legacy('l', 256, true),
};

/**
 * @param {SizeName} size
 * @param {number} tokens
 * @param {boolean} [prefix] whether any prefix decodes
 */
function legacy(size, tokens, prefix = false) {
  return published({ encoder: size, decoder: size, tokens, kind: 'legacy', prefix });
}

/**
 * @param {SizeName} encoder
 * @param {number} tokens
 * @param {'vq8k' | 'vae'} kind
 */
function newer(encoder, tokens, kind) {
  return published({ encoder, decoder: 'l', tokens, kind, prefix: false });
}

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
function configOf({ encoder, decoder, tokens, kind, prefix }) {
  const isLegacy = kind === 'legacy';
  return {
    model: {
      vq_model: {
        codebook_size: CODES[kind].entries || 4096,
        token_size: CODES[kind].channels,
        use_l2_norm: isLegacy,
        commitment_cost: 0.25,
        vit_enc_model_size: NAMES[encoder],
        vit_dec_model_size: NAMES[decoder],
        vit_enc_patch_size: PATCH,
        vit_dec_patch_size: PATCH,
        num_latent_tokens: tokens,
        finetune_decoder: isLegacy,
        ...(isLegacy ? {} : { is_legacy: false, quantize_mode: kind === 'vae' ? 'vae' : 'vq' }),
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
function shapesOf({ encoder, decoder, tokens, kind }) {
  const { channels, entries } = CODES[kind];
  const { width: enc, layers: encLayers } = SIZES[encoder];
  const { width: dec, layers: decLayers } = SIZES[decoder];
  // Means and variances, where tokens are continuous.
  const out = kind === 'vae' ? 2 * channels : channels;
  return {
    latent_tokens: [tokens, enc],
    'encoder.patch_embed.weight': [enc, 3, PATCH, PATCH],
    'encoder.patch_embed.bias': [enc],
    'encoder.conv_out.weight': [out, enc, 1, 1],
    'encoder.conv_out.bias': [out],
    ...tower('encoder', enc, encLayers, tokens),
    ...(entries > 0 ? { 'quantize.embedding.weight': [entries, channels] } : {}),
    'decoder.decoder_embed.weight': [dec, channels],
    'decoder.decoder_embed.bias': [dec],
    'decoder.mask_token': [1, 1, dec],
    ...tower('decoder', dec, decLayers, tokens),
    ...(kind === 'legacy' ? throughCodebook(dec) : throughPatches(dec)),
  };
}

/**
 * Logits over MaskGIT's codebook, and its decoder.
 * @param {number} width
 * @returns {Shapes}
 */
function throughCodebook(width) {
  return {
    'decoder.ffn.0.weight': [2 * width, width, 1, 1],
    'decoder.ffn.0.bias': [2 * width],
    'decoder.ffn.2.weight': [1024, 2 * width, 1, 1],
    'decoder.ffn.2.bias': [1024],
    'pixel_quantize.embedding.weight': [1024, 256],
    ...pixelDecoder(),
  };
}

/**
 * The pixels of each patch, smoothed.
 * @param {number} width
 * @returns {Shapes}
 */
function throughPatches(width) {
  return {
    'decoder.ffn.0.weight': [3 * PATCH * PATCH, width, 1, 1],
    'decoder.ffn.0.bias': [3 * PATCH * PATCH],
    'decoder.conv_out.weight': [3, 3, 3, 3],
    'decoder.conv_out.bias': [3],
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
