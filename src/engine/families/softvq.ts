import * as v from 'valibot';
import { TokenoscopeError } from '../../core/errors';
import { type CheckpointFamily, descriptionOf, readConfig } from './checkpoint';
import {
  mixEntries,
  type SoftCodebook,
  type SoftvqSizes,
  softvqDecoder,
  softvqEncoder,
} from './softvq-graphs';
import { levelIds } from './token-ids';
import { twoGraphs } from './two-graphs';
import { Weights } from './weights';

const count = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_536));
const number = v.pipe(v.number(), v.finite());

/** Fields of ModelArgs in tokenizer.py, with its defaults. */
const schema = v.object({
  image_size: v.optional(count, 256),
  enc_type: v.literal('vit'),
  dec_type: v.literal('vit'),
  encoder_model: v.pipe(v.string(), v.regex(/^vit_(small|base|large)_patch14_dinov2\b/, 'not known here')),
  decoder_model: v.pipe(
    v.string(),
    v.regex(/^vit_(small|base|large)_patch14_dinov2(\b|_)/, 'not known here'),
  ),
  dec_patch_size: v.optional(count, 16),
  to_pixel: v.optional(v.picklist(['linear', 'conv', 'siren']), 'linear'),
  tau: v.optional(v.pipe(number, v.minValue(1e-6)), 0.1),
  codebook_l2_norm: v.optional(v.boolean(), true),
  use_ape: v.optional(v.boolean(), true),
  use_rope: v.optional(v.boolean(), false),
  rope_mixed: v.optional(v.boolean(), false),
  vq_mean: v.optional(number, 0),
  vq_std: v.optional(v.pipe(number, v.minValue(1e-9)), 1),
});

/**
 * SoftVQ-VAE ("Efficient 1-Dimensional Continuous Tokenizer", Chen et al. 2024) and MAETok ("Masked Autoencoders Are
 * Effective Tokenizers for Diffusion Models", Chen et al. 2025), both github.com/Hhhhhhao/continuous_tokenizer: continuous
 * tokens between two vision transformers. SoftVQ's are mixed out of codebooks, MAETok's are what the encoder gives.
 * Widths, depths, class tokens and rotations are those of the tensors.
 */
export const family: CheckpointFamily = {
  id: 'softvq',
  names: ['SoftVQ-VAE', 'MAETok'],
  recognises: ({ config, tensors }) =>
    v.is(v.object({ enc_type: v.unknown(), dec_type: v.unknown() }), config) &&
    tensors.has('encoder.latent_tokens') &&
    tensors.has('encoder.model.blocks.0.attn.qkv.weight'),
  build(checkpoint) {
    const config = readConfig(schema, checkpoint.config);
    const weights = new Weights(checkpoint.tensors, checkpoint.path);
    const [, tokens = 0] = weights.dims('encoder.latent_tokens', 3);
    const [, channels = 0] = weights.dims('post_quant_conv.weight', 2);
    const sizes: SoftvqSizes = {
      side: config.image_size,
      encoderPatch: weights.dims('encoder.model.patch_embed.proj.weight', 4)[2]!,
      decoderPatch: config.dec_patch_size,
      tokens,
      channels,
      toPixel: config.to_pixel,
      modulated: config.decoder_model.includes('movq'),
    };
    const soft = codebookOf(weights, config.tau, config.codebook_l2_norm);
    const fault = faultOf(sizes, config, weights, soft);
    if (fault !== null) {
      throw new TokenoscopeError('model-corrupt', `${fault}.`, 'No published checkpoint is like this.');
    }
    const spread = config.vq_std === 1 && soft?.normalized ? SPREAD / Math.sqrt(channels) : config.vq_std;
    const ids = levelIds(channels, config.vq_mean, spread);
    const length = tokens * channels;
    return {
      ...twoGraphs({
        side: sizes.side,
        length,
        encode: (graph, image) => {
          const latents = softvqEncoder(graph, weights, sizes, image);
          return ids.toIds(graph, soft ? mixEntries(graph, weights, soft, latents) : latents);
        },
        decode: (graph, row, k) => softvqDecoder(graph, weights, sizes, ids.fromIds(graph, row), k),
      }),
      family: soft ? 'softvq' : 'maetok',
      description: descriptionOf(checkpoint, sizes.side, {
        count: length,
        codebookSize: ids.codebookSize,
        ...(ids.perToken > 1 ? { numbers: ids.perToken } : {}),
        ordered: false,
      }),
      parameters: weights.parametersTaken,
    };
  },
};

/**
 * The standard deviation of numbers in a mean of entries of length 1, times the root of how many they are, where config.json
 * does not tell: 0.41 in the published models with 32 numbers, 0.23 in those with 64 (utils/model.py).
 */
const SPREAD = 0.4;

/** Undefined where tokens are what the encoder gives. */
function codebookOf(weights: Weights, temperature: number, normalized: boolean): SoftCodebook | undefined {
  if (!weights.has('quantize.embedding')) return undefined;
  const [books = 0, entries = 0] = weights.dims('quantize.embedding', 3);
  return { books, entries, temperature, normalized };
}

/** What the official code cannot compute, or what was never published; null where there is nothing. */
function faultOf(
  { side, encoderPatch, decoderPatch, tokens, toPixel }: SoftvqSizes,
  config: v.InferOutput<typeof schema>,
  weights: Weights,
  soft: SoftCodebook | undefined,
): string | null {
  const patch = [encoderPatch, decoderPatch].find((size) => side % size !== 0);
  if (patch !== undefined) return `Pictures of ${side} pixels do not divide into patches of ${patch}`;
  if (soft && tokens % soft.books !== 0) return `${tokens} tokens do not divide into ${soft.books} codebooks`;
  if (weights.has('quantize.embedding.weight')) return 'Its tokens are hard entries of a codebook';
  const rotated = weights.has('encoder.freqs') && weights.has('decoder.freqs');
  if (config.use_rope && !(config.rope_mixed && rotated)) return 'Its rotations are not learned ones';
  if (!config.use_ape && !rotated) return 'It has no positions';
  if (toPixel === 'conv' && decoderPatch !== 16)
    return `Convolutions make patches of 16 pixels, not ${decoderPatch}`;
  if (toPixel === 'siren' && side !== decoderPatch ** 2)
    return `Sine layers make a picture of ${decoderPatch ** 2} pixels out of patches of ${decoderPatch}, not of ${side}`;
  return null;
}
