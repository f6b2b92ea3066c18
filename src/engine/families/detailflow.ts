import * as v from 'valibot';
import { type CheckpointFamily, descriptionOf, notTogether, readConfig } from './checkpoint';
import { type DetailflowSizes, detailflowDecoder, detailflowEncoder } from './detailflow-graphs';
import { codebookIds } from './token-ids';
import { twoGraphs } from './two-graphs';
import { Weights } from './weights';

const count = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_536));

const schema = v.object({
  enc_type: v.literal('siglip2'),
  dec_type: v.literal('siglip2'),
  max_image_size: count,
  enc_patch_size: count,
  dec_patch_size: count,
  num_latent_tokens: v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(4096)),
  codebook_size: count,
  codebook_embed_dim: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1024)),
  codebook_l2_norm: v.optional(v.boolean(), true),
  causal_encoder: v.optional(v.boolean(), false),
  causal_decoder: v.optional(v.boolean(), true),
  group_size: v.optional(count, 1),
  causal_num: v.nullish(count),
  /** Given in config.yaml beside the weights: 1.5 for all published models. */
  degradation_power: v.optional(v.pipe(v.number(), v.minValue(0.01), v.maxValue(100)), 1.5),
});

/** The tensors of decoder and encoder; the file may also hold SigLIP and a discriminator. */
const PARTS = /^(encoder|decoder|quant_conv|post_quant_conv)\.|^quantize\.embedding\./;

/**
 * What DetailFlow-16, -32 and -64 have in common, where config.json does not come with them:
 * configs/vq_8k_siglip_b_res_p02_pw15_enc.yaml of github.com/ByteFlow-AI/DetailFlow; the numbers of tokens and the size of
 * a group from the commands of its README ("Training Scripts"), the other fields as modelling/tokenizer.py presets them.
 */
const PUBLISHED = {
  tokens: new Set([128, 256, 512]),
  /** SigLIP 2 so400m. */
  encoderWidth: 1152,
  config: {
    enc_type: 'siglip2',
    dec_type: 'siglip2',
    max_image_size: 256,
    enc_patch_size: 16,
    dec_patch_size: 16,
    codebook_size: 8192,
    codebook_embed_dim: 8,
    codebook_l2_norm: true,
    causal_encoder: true,
    causal_decoder: false,
    group_size: 8,
    causal_num: null,
    degradation_power: 1.5,
  },
} as const;

/**
 * DetailFlow ("1D Coarse-to-Fine Autoregressive Image Generation via Next-Detail Prediction", Liu et al. 2025;
 * github.com/ByteFlow-AI/DetailFlow): ordered tokens between two SigLIP 2 towers. The first k tokens are a picture of
 * lower resolution, which is shown enlarged. Training cut behind each of the first `causal_num` tokens and behind whole
 * groups; elsewhere the decoder answers by the same rule, untrained.
 */
export const family: CheckpointFamily = {
  id: 'detailflow',
  names: ['DetailFlow'],
  recognises: ({ config, tensors }) =>
    v.is(v.object({ enc_type: v.unknown(), num_latent_tokens: v.unknown() }), config) &&
    tensors.has('encoder.latent_tokens') &&
    tensors.has('encoder.visual_model.embeddings.position_embedding.weight'),
  configOf(tensors) {
    const dims = (name: string) => tensors.get(name)?.dims ?? [];
    const [, tokens = 0, width] = dims('encoder.latent_tokens');
    const [entries, channels] = dims('quantize.embedding.weight');
    const isPublished =
      PUBLISHED.tokens.has(tokens) &&
      width === PUBLISHED.encoderWidth &&
      entries === PUBLISHED.config.codebook_size &&
      channels === PUBLISHED.config.codebook_embed_dim;
    return isPublished ? { ...PUBLISHED.config, num_latent_tokens: tokens } : undefined;
  },
  build(checkpoint) {
    const config = readConfig(schema, checkpoint.config);
    const weights = new Weights(checkpoint.tensors, checkpoint.path);
    const group = config.group_size;
    const sizes: DetailflowSizes = {
      side: config.max_image_size,
      encoderPatch: config.enc_patch_size,
      decoderPatch: config.dec_patch_size,
      tokens: config.num_latent_tokens,
      channels: config.codebook_embed_dim,
      group,
      causal: config.causal_num ?? group,
      causalEncoder: config.causal_encoder,
      causalDecoder: config.causal_decoder,
      power: config.degradation_power,
    };
    mustDivide(sizes);
    const ids = codebookIds(weights, config.codebook_size, sizes.channels, config.codebook_l2_norm);
    return {
      ...twoGraphs({
        side: sizes.side,
        length: sizes.tokens,
        encode: (graph, image) => ids.toIds(graph, detailflowEncoder(graph, weights, sizes, image)),
        decode: (graph, row, k) => detailflowDecoder(graph, weights, sizes, ids.fromIds(graph, row), k),
      }),
      family: 'detailflow',
      description: descriptionOf(checkpoint, sizes.side, {
        count: sizes.tokens,
        codebookSize: ids.codebookSize,
        ordered: true,
      }),
      parameters: weights.parameters((name) => PARTS.test(name)),
    };
  },
};

/** @throws TokenoscopeError `model-corrupt` where pictures do not divide into patches, or tokens into groups */
function mustDivide({ side, encoderPatch, decoderPatch, tokens, group, causal }: DetailflowSizes): void {
  const patch = [encoderPatch, decoderPatch].find((size) => side % size !== 0);
  const wrong =
    patch !== undefined
      ? `Pictures of ${side} pixels do not divide into patches of ${patch}`
      : tokens % group !== 0 || causal % group !== 0 || causal > tokens
        ? `${tokens} tokens, ${causal} of them one after the other, do not divide into groups of ${group}`
        : null;
  if (wrong !== null) throw notTogether(`${wrong}.`);
}
