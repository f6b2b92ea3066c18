import * as v from 'valibot';
import { TokenoscopeError } from '../../core/errors';
import { type CheckpointFamily, descriptionOf, patchesAcross, readConfig } from './checkpoint';
import { type KarlSizes, karlDecoder, karlEncoder } from './karl-graphs';
import { codebookIds } from './token-ids';
import { twoGraphs } from './two-graphs';
import { Weights } from './weights';

/** No config is published: these are the arguments of encode() and of the training scripts, with their defaults. */
const schema = v.object({
  model: v.pipe(v.string(), v.regex(/^karl_/, 'no size of KARL')),
  input_size: v.optional(v.pipe(v.number(), v.integer(), v.minValue(16), v.maxValue(4096)), 256),
  input_token_budget: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(512)), 256),
  desired_reconstruction_quality: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1)), 0.05),
});

/**
 * KARL ("Single-pass Adaptive Image Tokenization for Minimum Program Search", Duggal et al. 2025;
 * github.com/ShivamDuggal4/karl), with a codebook, over the VQGAN of MAGE. Asked for a picture with no more than an error,
 * its encoder says which tokens it does without: those have an id of their own.
 */
export const family: CheckpointFamily = {
  id: 'karl',
  names: ['KARL'],
  recognises: ({ config, tensors }) =>
    v.is(v.object({ model: v.pipe(v.string(), v.startsWith('karl_')) }), config) &&
    tensors.has('rec_loss_embeddings') &&
    tensors.has('halting_mlp.0.weight'),
  configOf: (tensors) =>
    tensors.has('rec_loss_embeddings') && tensors.has('halting_mlp.0.weight')
      ? {
          model: 'karl_small',
          input_size: 256,
          input_token_budget: 256,
          desired_reconstruction_quality: 0.05,
        }
      : undefined,
  build(checkpoint) {
    const config = readConfig(schema, checkpoint.config);
    const weights = new Weights(checkpoint.tensors, checkpoint.path);
    mustBeKnown(weights);
    const [entries = 0, channels = 0] = weights.dims('quantize.embedding.weight', 2);
    const [, , patch = 0] = weights.dims('patch_embed.weight', 4);
    const sizes: KarlSizes = {
      side: config.input_size,
      grid: patchesAcross(config.input_size, patch),
      tokens: config.input_token_budget,
      entries,
      error: config.desired_reconstruction_quality,
    };
    const ids = codebookIds(weights, entries, channels, true);
    return {
      ...twoGraphs({
        side: sizes.side,
        length: sizes.tokens,
        encode: (graph, image) => karlEncoder(graph, weights, sizes, ids, image),
        decode: (graph, row, k) => karlDecoder(graph, weights, sizes, ids, row, k),
      }),
      family: 'karl',
      description: descriptionOf(checkpoint, sizes.side, {
        count: sizes.tokens,
        codebookSize: entries + 1,
        ordered: true,
        unused: { id: entries, error: sizes.error },
      }),
      parameters: weights.parametersTaken,
    };
  },
};

/** @throws TokenoscopeError `model-corrupt` for the kinds of KARL that are not read here */
function mustBeKnown(weights: Weights): void {
  const other = !weights.has('base_tokenizer.vqgan.encoder.conv_in.weight')
    ? 'is built on a variational autoencoder'
    : weights.has('quantize.embedding.weight')
      ? null
      : 'has continuous tokens';
  if (other === null) return;
  throw new TokenoscopeError(
    'model-corrupt',
    `This KARL ${other}.`,
    'Only karl_small_vqgan_quantized_latents.pth runs here, which is published for ImageNet and ImageNet100.',
  );
}
