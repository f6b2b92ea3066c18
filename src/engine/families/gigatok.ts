import * as v from 'valibot';
import { type CheckpointFamily, descriptionOf, notTogether, readConfig } from './checkpoint';
import { blockOf, type GigatokSizes, gigatokDecoder, gigatokEncoder } from './gigatok-graphs';
import { codebookIds } from './token-ids';
import { twoGraphs } from './two-graphs';
import { Weights } from './weights';

const count = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_536));

/** The value that all published models have; the official code's other ones were experiments. */
const off = v.optional(v.literal(false), false);

const schema = v.object({
  model: v.object({
    init_args: v.object({
      codebook_size: v.optional(count, 16_384),
      codebook_embed_dim: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1024)), 8),
      codebook_l2_norm: v.optional(v.boolean(), true),
      num_latent_tokens: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4096)), 256),
      multi_level_query_init: v.optional(v.boolean(), false),
      learnable_1d_query_init: off,
      last_level_2d_query_init: off,
      multi_level_2d_query_init: off,
      learnable_2d_query_init: off,
      use_qk_norm: off,
      use_rope: off,
      rope_1d: off,
      use_lfq: off,
      simvq: off,
      res_up_down_sample: off,
      res_codebook_updown_sample: off,
      adaptive_gn: v.literal(true),
      d2s_up: v.literal(true),
      use_attn: v.literal(false),
    }),
  }),
});

/** What encodes and decodes; the file also holds what aligned a layer with DINOv2 in training, and a log of codes. */
const PARTS =
  /^(encoder|decoder|quant_conv|post_quant_conv|s2to1encoder|s1to2decoder)\.|^quantize\.embedding\./;
const TRAINING = '.distill_mlp.';

const POSITIONS = 's2to1encoder.positional_embedding';
const PLACES = 's2to1encoder.latent_token_positional_embedding';

/**
 * GigaTok ("Scaling Visual Tokenizers to 3 Billion Parameters for Autoregressive Image Generation", Xiong et al. 2025;
 * github.com/SilentView/GigaTok, VQVitModelPlus in vq_vit_model.py): convolutions around two transformers of queries, the
 * one-dimensional models S-S to XL-XXL. Widths and depths are those of the tensors.
 */
export const family: CheckpointFamily = {
  id: 'gigatok',
  names: ['GigaTok'],
  recognises: ({ config, tensors }) =>
    v.is(v.object({ model: v.object({ init_args: v.unknown() }) }), config) && tensors.has(POSITIONS),
  configOf(tensors) {
    const [codes, channels] = tensors.get('quantize.embedding.weight')?.dims ?? [];
    const [tokens] = tensors.get(PLACES)?.dims ?? [];
    if (!codes || !channels || !tokens || !tensors.has(POSITIONS)) return undefined;
    // configs/vq/VQ_SS256.yaml; VQ_SB256, VQ_BL256, VQ_BL256_dino_disc and VQ_XLXXL256 differ in sizes and training only.
    return {
      model: {
        model_cls: 'VQVitModelPlus',
        init_args: {
          codebook_size: codes,
          codebook_embed_dim: channels,
          codebook_l2_norm: true,
          num_latent_tokens: tokens,
          multi_level_query_init: true,
          last_level_2d_query_init: false,
          multi_level_2d_query_init: false,
          adaptive_gn: true,
          d2s_up: true,
          use_attn: false,
        },
      },
    };
  },
  build(checkpoint) {
    const config = readConfig(schema, checkpoint.config).model.init_args;
    const weights = new Weights(checkpoint.tensors, checkpoint.path);
    const [cells = 0] = weights.dims(POSITIONS, 3);
    const [inner = 0] = weights.dims('encoder.conv_out.weight', 4);
    const grid = Math.floor(Math.sqrt(cells));
    const levels = weights.countFrom('encoder.conv_blocks.', '.res.0.conv1.weight');
    const sizes: GigatokSizes = {
      side: grid * 2 ** (levels - 1),
      grid,
      tokens: config.num_latent_tokens,
      channels: config.codebook_embed_dim,
      inner,
      levels: config.multi_level_query_init,
    };
    if (sizes.levels) mustHalve(sizes);
    const ids = codebookIds(weights, config.codebook_size, sizes.channels, config.codebook_l2_norm);
    return {
      ...twoGraphs({
        side: sizes.side,
        length: sizes.tokens,
        encode: (graph, image) => ids.toIds(graph, gigatokEncoder(graph, weights, sizes, image)),
        decode: (graph, row, k) => gigatokDecoder(graph, weights, sizes, ids.fromIds(graph, row), k),
      }),
      family: 'gigatok',
      description: descriptionOf(checkpoint, sizes.side, {
        count: sizes.tokens,
        codebookSize: ids.codebookSize,
        ordered: false,
      }),
      parameters: weights.parameters((name) => PARTS.test(name) && !name.includes(TRAINING)),
    };
  },
};

/** @throws TokenoscopeError `model-corrupt` where the grid does not halve into as many blocks as there are tokens */
function mustHalve({ grid, tokens }: GigatokSizes): void {
  const levels = Math.log2(tokens);
  if (Number.isInteger(levels) && levels > 0 && blockOf(grid, levels - 1).every(Number.isInteger)) return;
  throw notTogether(`A grid of ${grid} x ${grid} cells does not halve into the blocks of ${tokens} tokens.`);
}
