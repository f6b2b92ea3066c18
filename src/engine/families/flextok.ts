import * as v from 'valibot';
import { TokenoscopeError } from '../../core/errors';
import { Graph } from '../onnx/graph';
import { type CheckpointFamily, descriptionOf, readConfig } from './checkpoint';
import { finiteScalarIds } from './finite-scalar';
import {
  type FlextokSizes,
  flextokCondition,
  flextokDecoder,
  flextokEncoder,
  flextokVelocity,
} from './flextok-graphs';
import { Weights } from './weights';

const whole = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4096));

/** A transformer as all published models have it; what is not here, tensors tell. */
const transformer = v.optional(
  v.object({ head_dim: v.optional(whole, 64), qk_norm: v.optional(v.boolean(), true) }),
  {},
);

/** The parts of hydra's tree that tensors do not tell, with the official code's defaults. */
const schema = v.object({
  vae: v.object({ scaling_factor: v.pipe(v.number(), v.minValue(1e-4), v.maxValue(1e4)) }),
  encoder: v.object({
    module_dict: v.object({
      enc_seq_packer: v.optional(v.object({ mask_mode: v.optional(v.literal('causal_last')) }), {}),
      enc_transformer: transformer,
    }),
  }),
  decoder: v.object({
    module_dict: v.object({
      dec_nested_dropout: v.optional(v.object({ read_write_key: v.optional(v.string()) }), {}),
      dec_latent_dropout: v.optional(
        v.object({ replace_with_single_token: v.optional(v.boolean(), false) }),
        {},
      ),
      dec_seq_packer: v.optional(
        v.object({
          mask_mode: v.optional(v.literal('full')),
          input_list_read_keys: v.optional(v.array(v.string()), []),
        }),
        {},
      ),
      dec_time_embedder: v.optional(
        v.object({ max_timestep: v.optional(v.pipe(v.number(), v.minValue(1)), 1000) }),
        {},
      ),
      dec_transformer: transformer,
    }),
  }),
  regularizer: v.object({
    levels: v.pipe(v.array(v.pipe(whole, v.minValue(2))), v.minLength(1), v.maxLength(16)),
  }),
});

const REGISTERS = 'encoder.module_dict.enc_register_module.registers';

/** What the official example asks for: 20 steps, guided by 7.5. */
const STEPS = { offered: [5, 10, 20, 50], usual: 20 };
const GUIDANCE = { default: 7.5, offered: [1, 3, 7.5, 12] };

/**
 * FlexTok ("Resampling Images into 1D Token Sequences of Flexible Length", Bachmann et al. 2025;
 * github.com/apple/ml-flextok): registers of a ViT over an autoencoder's latents become ids, and a rectified flow draws
 * latents from the first k of them, in steps, each with the tokens and without.
 */
export const family: CheckpointFamily = {
  id: 'flextok',
  names: ['FlexTok'],
  recognises: ({ tensors }) => tensors.has(REGISTERS) && tensors.has('vae.vae.quant_conv.weight'),
  build(checkpoint) {
    const config = readConfig(schema, treeOf(checkpoint.config));
    const weights = new Weights(checkpoint.tensors, checkpoint.path);
    const sizes = sizesOf(weights, config);
    const ids = finiteScalarIds(config.regularizer.levels);
    weights.get(new Graph('check'), 'encoder.module_dict.enc_to_latents.proj.bias', [
      config.regularizer.levels.length,
    ]);

    const encoder = new Graph('encoder');
    const image = encoder.input('image', 'float32', [1, 3, sizes.side, sizes.side]);
    encoder.output(ids.toIds(encoder, flextokEncoder(encoder, weights, sizes, image)), 'ids', 'int32');

    const noise = [1, sizes.channels, sizes.latents, sizes.latents];
    const start = new Graph('start');
    const given = ids.fromIds(start, start.input('ids', 'int32', [1, sizes.tokens]));
    const first = { k: start.input('k', 'int32', [1]), noise: start.input('noise', 'float32', noise) };
    const { condition, blank } = flextokCondition(start, weights, sizes, given, first.k);
    start.output(first.noise, 'x', 'float32');
    start.output(condition, 'condition', 'float32');
    start.output(blank, 'blank', 'float32');

    const velocity = new Graph('velocity');
    const step = {
      x: velocity.input('x', 'float32', noise),
      condition: velocity.input('condition', 'float32', condition.dims),
      k: velocity.input('k', 'int32', [1]),
      t: velocity.input('t', 'float32', [1]),
    };
    velocity.output(flextokVelocity(velocity, weights, sizes, step), 'velocity', 'float32');

    const decoder = new Graph('decoder');
    const x = decoder.input('x', 'float32', noise);
    decoder.input('condition', 'float32', condition.dims);
    decoder.output(flextokDecoder(decoder, weights, sizes, x), 'image', 'float32');

    const description = descriptionOf(checkpoint, sizes.side, {
      count: sizes.tokens,
      codebookSize: ids.codebookSize,
      ordered: true,
    });
    const sampler = {
      method: 'euler' as const,
      noise,
      steps: [...STEPS.offered],
      default: STEPS.usual,
      guidance: GUIDANCE,
    };
    return {
      family: 'flextok',
      description: { ...description, sampler },
      encoder: encoder.encode(),
      decoder: decoder.encode(),
      flow: { start: start.encode(), velocity: velocity.encode() },
      parameters: weights.parameters(() => true),
      multiplications: {
        encode: encoder.multiplications,
        // Each step once with the tokens and once without.
        decode: decoder.multiplications + 2 * STEPS.usual * velocity.multiplications,
      },
    };
  },
};

/** The hub's mixin writes the tree as config.json, or below `config`. */
function treeOf(config: unknown): unknown {
  return v.is(v.object({ config: v.object({}) }), config) ? config.config : config;
}

/** @throws TokenoscopeError `model-corrupt` where latents do not divide into patches */
function sizesOf(weights: Weights, config: v.InferOutput<typeof schema>): FlextokSizes {
  const encoder = config.encoder.module_dict;
  const decoder = config.decoder.module_dict;
  const [tokens = 0] = weights.dims(REGISTERS, 2);
  const [channels = 0] = weights.dims('vae.vae.post_quant_conv.weight', 4);
  const [, values = 0] = weights.dims('encoder.module_dict.enc_patch_emb.patch_proj.weight', 2);
  const grid = weights.dims('encoder.module_dict.enc_posemb_module.posembs', 4)[3]!;
  const patch = Math.sqrt(values / channels);
  if (!Number.isInteger(patch)) {
    throw new TokenoscopeError(
      'model-corrupt',
      `${values} numbers are no square patch of ${channels} channels.`,
      'The transformers and the autoencoder of this checkpoint may not belong together.',
    );
  }
  const latents = grid * patch;
  const levels = weights.countFrom('vae.vae.encoder.down_blocks.', '.resnets.0.conv1.weight');
  const [firstKey] = decoder.dec_seq_packer.input_list_read_keys;
  return {
    side: latents * 2 ** (levels - 1),
    latents,
    channels,
    patch,
    grid,
    tokens,
    head: { encoder: encoder.enc_transformer.head_dim, decoder: decoder.dec_transformer.head_dim },
    normed: { encoder: encoder.enc_transformer.qk_norm, decoder: decoder.dec_transformer.qk_norm },
    scaling: config.vae.scaling_factor,
    lastTime: decoder.dec_time_embedder.max_timestep,
    oneBlank: decoder.dec_latent_dropout.replace_with_single_token,
    tokensFirst: firstKey !== undefined && firstKey === decoder.dec_nested_dropout.read_write_key,
  };
}
