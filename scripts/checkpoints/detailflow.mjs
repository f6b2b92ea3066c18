// @ts-check
import { dense, norm } from './shapes.mjs';

const SIDE = 256;
const PATCH = 16;
const PIXELS = 3 * PATCH * PATCH;
/** SigLIP 2's own grid. */
const POSITIONS = 16 ** 2;
const CHANNELS = 8;
const ENTRIES = 8192;
const LAYERS = 12;
/** The encoder is the first half of SigLIP 2 so400m, the decoder a ViT-B of the same kind. */
const ENCODER = { width: 1152, wide: 4304 };
const DECODER = { width: 768, wide: 3072 };

/**
 * DetailFlow as it is published (github.com/ByteFlow-AI/DetailFlow, configs/vq_8k_siglip_b_res_p02_pw15_enc.yaml),
 * without the SigLIP that training compares with.
 * @type {Record<string, import('./shapes.mjs').Architecture>}
 */
export const detailflow = {
  'detailflow-16': published(128),
  'detailflow-32': published(256),
  'detailflow-64': published(512),
};

/**
 * @param {number} tokens
 * @returns {import('./shapes.mjs').Architecture}
 */
function published(tokens) {
  return { config: () => configOf(tokens), shapes: () => shapesOf(tokens) };
}

/** @param {number} tokens */
function configOf(tokens) {
  return {
    image_size: SIDE,
    max_image_size: SIDE,
    codebook_size: ENTRIES,
    codebook_embed_dim: CHANNELS,
    codebook_l2_norm: true,
    codebook_show_usage: true,
    enc_type: 'siglip2',
    dec_type: 'siglip2',
    encoder_model: 'siglip2_base',
    decoder_model: 'siglip2_base',
    num_latent_tokens: tokens,
    enc_pretrained: true,
    dec_pretrained: false,
    enc_patch_size: PATCH,
    dec_patch_size: PATCH,
    causal_encoder: true,
    causal_decoder: false,
    group_size: 8,
    causal_num: null,
    global_token_loss_weight: 1.0,
    correction_training: true,
  };
}

/**
 * @param {number} tokens
 * @returns {import('./shapes.mjs').Shapes}
 */
function shapesOf(tokens) {
  return {
    'encoder.latent_tokens': [1, tokens, ENCODER.width],
    'encoder.refined_tokens': [1, tokens, ENCODER.width],
    ...tower('encoder', ENCODER, tokens),
    ...dense('encoder.visual_model.embeddings.patch_embedding', PIXELS, ENCODER.width),
    ...dense('quant_conv', ENCODER.width, CHANNELS),
    ...dense('refine_conv', CHANNELS, ENCODER.width),
    'quantize.embedding.weight': [ENTRIES, CHANNELS],
    'quantize.codebook_used': [65_536],
    ...dense('post_quant_conv', CHANNELS, DECODER.width),
    'decoder.mask_token': [1, 1, DECODER.width],
    ...tower('decoder', DECODER, tokens),
    ...dense('decoder.to_pixel.model', DECODER.width, PIXELS),
    ...dense('global_token_proj.0', CHANNELS, 1024),
    ...dense('global_token_proj.2', 1024, 1024),
    ...dense('global_token_proj.4', 1024, ENCODER.width),
  };
}

/**
 * @param {string} part
 * @param {{ width: number; wide: number }} size
 * @param {number} tokens
 * @returns {import('./shapes.mjs').Shapes}
 */
function tower(part, { width, wide }, tokens) {
  /** @type {import('./shapes.mjs').Shapes} */
  const shapes = {
    [`${part}.latent_pos_embed`]: [1, tokens, width],
    [`${part}.visual_model.embeddings.position_embedding.weight`]: [POSITIONS, width],
    ...norm(`${part}.visual_model.post_layernorm`, width),
  };
  for (let layer = 0; layer < LAYERS; layer++) {
    const block = `${part}.visual_model.encoder.layers.${layer}`;
    Object.assign(shapes, norm(`${block}.layer_norm1`, width), norm(`${block}.layer_norm2`, width));
    for (const name of ['q', 'k', 'v', 'out']) {
      Object.assign(shapes, dense(`${block}.self_attn.${name}_proj`, width, width));
    }
    Object.assign(shapes, dense(`${block}.mlp.fc1`, width, wide), dense(`${block}.mlp.fc2`, wide, width));
  }
  return shapes;
}
