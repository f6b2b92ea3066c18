import * as v from 'valibot';
import { Graph } from '../onnx/graph';
import { type CheckpointFamily, descriptionOf, patchesAcross, readConfig } from './checkpoint';
import { type TitokSizes, titokDecoder, titokEncoder, titokFeatures, titokPicture } from './titok-graphs';
import { codebookIds, scalarIds } from './token-ids';
import { Weights } from './weights';

const count = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_536));

const schema = v.object({
  model: v.object({
    vq_model: v.object({
      codebook_size: count,
      token_size: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1024)),
      num_latent_tokens: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4096)),
      use_l2_norm: v.optional(v.boolean(), false),
      is_legacy: v.optional(v.boolean(), true),
      quantize_mode: v.optional(v.picklist(['vq', 'vae']), 'vq'),
      /** Present, and false, where decoding takes any number of tokens (One-D-Piece). */
      strict_length_assertion: v.optional(v.boolean(), true),
    }),
  }),
  dataset: v.object({ preprocessing: v.object({ crop_size: count }) }),
});

/**
 * TiTok ("An Image is Worth 32 Tokens", Yu et al. 2024; github.com/bytedance/1d-tokenizer, titok.py), with a
 * codebook or with continuous tokens, and One-D-Piece (Miwa et al. 2025), which is the same architecture trained
 * to decode any prefix. Widths and depths are those of the tensors.
 */
export const family: CheckpointFamily = {
  id: 'titok',
  names: ['TiTok', 'One-D-Piece'],
  recognises: ({ config, tensors }) =>
    v.is(v.object({ model: v.object({ vq_model: v.unknown() }) }), config) && tensors.has('latent_tokens'),
  configOf(tensors, repository = '') {
    const shape = (name: string) => tensors.get(name)?.dims ?? [];
    const [tokens] = shape('latent_tokens');
    const [, , , patch] = shape('encoder.patch_embed.weight');
    const [cells] = shape('encoder.positional_embedding');
    const [, channels] = shape('decoder.decoder_embed.weight');
    if (!tokens || !patch || !cells || !channels) return undefined;
    const [codes] = shape('quantize.embedding.weight');
    const legacy = tensors.has('pixel_decoder.conv_in.weight');
    return {
      model: {
        vq_model: {
          codebook_size: codes ?? 4096,
          token_size: channels,
          num_latent_tokens: tokens,
          // As in configs/infer/TiTok and One-D-Piece's configs/*.yaml: the newer ones (*_vq8k.yaml) say false.
          use_l2_norm: legacy,
          is_legacy: legacy,
          quantize_mode: codes === undefined ? 'vae' : 'vq',
          ...(isOneDPiece(repository, legacy, tokens, codes) ? { strict_length_assertion: false } : {}),
        },
      },
      // One cell is the class token.
      dataset: { preprocessing: { crop_size: patch * Math.round(Math.sqrt(cells - 1)) } },
    };
  },
  build(checkpoint) {
    const { model, dataset } = readConfig(schema, checkpoint.config);
    const config = model.vq_model;
    const weights = new Weights(checkpoint.tensors, checkpoint.path);
    const sizes: TitokSizes = {
      ...patchesOf(weights, dataset.preprocessing.crop_size),
      tokens: config.num_latent_tokens,
      channels: config.token_size,
      legacy: config.is_legacy,
    };
    const ids =
      config.quantize_mode === 'vae'
        ? scalarIds(sizes.channels)
        : codebookIds(weights, config.codebook_size, sizes.channels, config.use_l2_norm);
    const length = sizes.tokens * ids.perToken;
    const encoder = new Graph('encoder');
    const image = encoder.input('image', 'float32', [1, 3, sizes.side, sizes.side]);
    encoder.output(ids.toIds(encoder, titokEncoder(encoder, weights, sizes, image)), 'ids', 'int32');
    const begin = new Graph('begin');
    const decoder = new Graph('decoder');
    const inTwo = sizes.legacy && checkpoint.onProcessor === true;
    const first = inTwo ? begin : decoder;
    const row = first.input('ids', 'int32', [1, length]);
    const k = first.input('k', 'int32', [1]);
    const given = { tokens: ids.fromIds(first, row), k, unit: ids.perToken };
    if (inTwo) {
      begin.output(titokFeatures(begin, weights, sizes, given), 'features', 'float32');
      decoder.output(titokPicture(decoder, weights, sizes), 'image', 'float32');
    } else {
      decoder.output(titokDecoder(decoder, weights, sizes, given), 'image', 'float32');
    }
    const ordered = !config.strict_length_assertion;
    return {
      family: ordered ? 'one-d-piece' : 'titok',
      description: descriptionOf(checkpoint, sizes.side, {
        count: length,
        codebookSize: ids.codebookSize,
        ...(ids.perToken > 1 ? { numbers: ids.perToken } : {}),
        ordered,
      }),
      encoder: encoder.encode(),
      decoder: decoder.encode(),
      ...(inTwo ? { begin: begin.encode() } : {}),
      parameters: weights.parameters(() => true),
      multiplications: {
        encode: encoder.multiplications,
        decode: begin.multiplications + decoder.multiplications,
      },
    };
  },
};

/** Where the publishers of One-D-Piece keep it. */
const ONE_D_PIECE = /^turing-motors\/One-D-Piece-/i;

/**
 * Whether any prefix decodes, which no tensor tells (`strict_length_assertion: False` in configs/one-d-piece_s256.yaml,
 * _b256 and _l256 of github.com/turingmotors/One-D-Piece): by the repository, or as the one published architecture with a
 * decoder of its own for pixels and 256 tokens of 4,096 codes.
 */
function isOneDPiece(
  repository: string,
  legacy: boolean,
  tokens: number,
  codes: number | undefined,
): boolean {
  return ONE_D_PIECE.test(repository) || (legacy && tokens === 256 && codes === 4096);
}

function patchesOf(weights: Weights, side: number): Pick<TitokSizes, 'side' | 'patch' | 'grid'> {
  const patch = weights.dims('encoder.patch_embed.weight', 4)[2]!;
  return { side, patch, grid: patchesAcross(side, patch) };
}
