import * as v from 'valibot';
import { TokenoscopeError } from '../../../core/errors';
import { Graph, type Value } from '../../onnx/graph';
import { type BuiltModel, type Checkpoint, type CheckpointFamily, readConfig } from './checkpoint';
import { maskgitDecoder } from './maskgit-decoder';
import { layerNorm, linear, transformer } from './transformer';
import { Weights } from './weights';

const count = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_536));

const schema = v.object({
  model: v.object({
    vq_model: v.object({
      codebook_size: count,
      token_size: count,
      num_latent_tokens: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4096)),
      use_l2_norm: v.optional(v.boolean(), false),
      is_legacy: v.optional(v.boolean(), true),
      finetune_decoder: v.optional(v.boolean(), true),
      quantize_mode: v.optional(v.string(), 'vq'),
      /** Present, and false, where decoding takes any number of tokens (One-D-Piece). */
      strict_length_assertion: v.optional(v.boolean(), true),
    }),
  }),
  dataset: v.object({ preprocessing: v.object({ crop_size: count }) }),
});

type Config = v.InferOutput<typeof schema>['model']['vq_model'];

/** Widths of the published sizes (small, base, large) and their attention heads; 64 numbers a head. */
const PUBLISHED_WIDTHS = [512, 768, 1024];

/**
 * TiTok ("An Image is Worth 32 Tokens", Yu et al. 2024; github.com/bytedance/1d-tokenizer, titok.py and
 * blocks.py) and One-D-Piece (Miwa et al. 2025), which is the same architecture trained to decode any prefix.
 * Sizes are those of the tensors; heads are not stored anywhere.
 */
export const titok: CheckpointFamily = {
  id: 'titok',
  recognises: ({ config, tensors }) =>
    v.is(v.object({ model: v.object({ vq_model: v.unknown() }) }), config) && tensors.has('latent_tokens'),
  build(checkpoint) {
    const { model, dataset } = readConfig(schema, checkpoint.config);
    const config = model.vq_model;
    if (config.quantize_mode !== 'vq') {
      throw new TokenoscopeError(
        'model-corrupt',
        `${checkpoint.name} has continuous tokens (quantize_mode "${config.quantize_mode}"); this page reads tokens with ids.`,
        'Choose a checkpoint with a codebook (VQ).',
      );
    }
    return buildTitok(checkpoint, config, dataset.preprocessing.crop_size);
  },
};

interface Plan {
  readonly weights: Weights;
  readonly config: Config;
  /** Pixels along a side of the picture. */
  readonly side: number;
  /** Pixels along a side of a patch, and patches along a side of the picture. */
  readonly patch: number;
  readonly grid: number;
}

function buildTitok({ name, tensors, path }: Checkpoint, config: Config, side: number): BuiltModel {
  const weights = new Weights(tensors, path);
  const [, , patch = 1] = weights.dims('encoder.patch_embed.weight', 4);
  if (side % patch !== 0) {
    throw new TokenoscopeError(
      'model-corrupt',
      `Pictures of ${side} pixels do not divide into patches of ${patch}.`,
      'The checkpoint and its config.json may not belong together.',
    );
  }
  const plan: Plan = { weights, config, side, patch, grid: side / patch };
  const encoder = new Graph('encoder');
  const decoder = new Graph('decoder');
  encode(encoder, plan);
  decode(decoder, plan);
  const ordered = !config.strict_length_assertion;
  return {
    family: ordered ? 'one-d-piece' : 'titok',
    description: {
      id: name
        .toLowerCase()
        .replaceAll(/[^a-z0-9]+/g, '-')
        .replaceAll(/^-|-$/g, ''),
      label: name,
      image: { width: side, height: side },
      tokens: {
        count: config.num_latent_tokens,
        bits: Math.max(1, Math.ceil(Math.log2(config.codebook_size))),
        codebookSize: config.codebook_size,
        ordered,
      },
    },
    encoder: encoder.encode(),
    decoder: decoder.encode(),
    parameters: weights.parameters(() => true),
    multiplications: { encode: encoder.multiplications, decode: decoder.multiplications },
  };
}

/** image [1, 3, side, side] -> ids [1, K]. */
function encode(graph: Graph, { weights, config, side, patch, grid }: Plan): void {
  const patches = grid * grid;
  const [width = 0] = weights.dims('encoder.patch_embed.weight', 4);
  const { num_latent_tokens: latents, token_size: channels } = config;
  const kernel = weights.get(graph, 'encoder.patch_embed.weight', [width, 3, patch, patch]);
  const image = graph.input('image', 'float32', [1, 3, side, side]);
  const bias = weights.get(graph, 'encoder.patch_embed.bias', [width]);
  const embedded = graph.conv(image, kernel, bias, true);
  const columns = graph.transpose(graph.reshape(embedded, [width, patches]), [1, 0]);
  const classToken = weights.get(graph, 'encoder.class_embedding', [1, width]);
  const seen = graph.binary(
    'Add',
    graph.op('Concat', [classToken, columns], [1 + patches, width], { axis: 0 }),
    weights.get(graph, 'encoder.positional_embedding', [1 + patches, width]),
  );
  const asking = graph.binary(
    'Add',
    weights.get(graph, 'latent_tokens', [latents, width]),
    weights.get(graph, 'encoder.latent_token_positional_embedding', [latents, width]),
  );
  const tokens = 1 + patches + latents;
  let x = graph.op('Concat', [seen, asking], [tokens, width], { axis: 0 });
  x = layerNorm(graph, weights, 'encoder.ln_pre', x);
  x = transformer(graph, weights, 'encoder.transformer.', x, headsOf(width));
  x = graph.op(
    'Slice',
    [x, graph.int64s([1 + patches]), graph.int64s([tokens]), graph.int64s([0])],
    [latents, width],
  );
  x = layerNorm(graph, weights, 'encoder.ln_post', x);
  // Legacy checkpoints were trained with a reshape where a transposition was meant; it is part of the weights.
  const planes = config.is_legacy
    ? graph.reshape(x, [1, width, latents, 1])
    : graph.reshape(graph.transpose(x, [1, 0]), [1, width, latents, 1]);
  const narrow = graph.conv(
    planes,
    weights.get(graph, 'encoder.conv_out.weight', [channels, width, 1, 1]),
    weights.get(graph, 'encoder.conv_out.bias', [channels]),
  );
  const z = graph.transpose(graph.reshape(narrow, [channels, latents]), [1, 0]);
  graph.output(
    graph.reshape(nearest(graph, z, codebook(graph, weights, config), config), [1, latents]),
    'ids',
    'int32',
  );
}

/** ids [1, K] and k [1] -> image [1, 3, side, side]; tokens from k on are hidden from the attention. */
function decode(graph: Graph, { weights, config, patch, grid }: Plan): void {
  const patches = grid * grid;
  const { num_latent_tokens: latents, token_size: channels } = config;
  const [width = 0] = weights.dims('decoder.decoder_embed.weight', 2);
  const ids = graph.input('ids', 'int32', [1, latents]);
  const k = graph.input('k', 'int32', [1]);
  const entries = graph.op(
    'Gather',
    [codebook(graph, weights, config), graph.reshape(ids, [latents])],
    [latents, channels],
    { axis: 0 },
  );
  const given = graph.binary(
    'Add',
    linear(graph, weights, 'decoder.decoder_embed', entries, width),
    weights.get(graph, 'decoder.latent_token_positional_embedding', [latents, width]),
  );
  const blank = graph.op(
    'Expand',
    [weights.get(graph, 'decoder.mask_token', [1, 1, width], [1, width]), graph.int64s([patches, width])],
    [patches, width],
  );
  const classToken = weights.get(graph, 'decoder.class_embedding', [1, width]);
  const canvas = graph.binary(
    'Add',
    graph.op('Concat', [classToken, blank], [1 + patches, width], { axis: 0 }),
    weights.get(graph, 'decoder.positional_embedding', [1 + patches, width]),
  );
  const tokens = 1 + patches + latents;
  let x = graph.op('Concat', [canvas, given], [tokens, width], { axis: 0 });
  x = layerNorm(graph, weights, 'decoder.ln_pre', x);
  x = transformer(
    graph,
    weights,
    'decoder.transformer.',
    x,
    headsOf(width),
    hideFrom(graph, k, 1 + patches, latents),
  );
  x = graph.op(
    'Slice',
    [x, graph.int64s([1]), graph.int64s([1 + patches]), graph.int64s([0])],
    [patches, width],
  );
  x = layerNorm(graph, weights, 'decoder.ln_post', x);
  const planes = graph.reshape(graph.transpose(x, [1, 0]), [1, width, grid, grid]);
  const image = config.is_legacy
    ? fromCodebook(graph, weights, planes)
    : fromPatches(graph, weights, planes, patch);
  graph.output(image, 'image', 'float32');
}

/** Logits over the MaskGIT codebook; their mean entry, weighted by softmax, goes through its decoder. */
function fromCodebook(graph: Graph, weights: Weights, planes: Value): Value {
  const [, , grid = 0] = planes.dims;
  const hidden = graph.unary('Tanh', pointwise(graph, weights, 'decoder.ffn.0', planes));
  const logits = pointwise(graph, weights, 'decoder.ffn.2', hidden);
  const [entries = 0, channels = 0] = weights.dims('pixel_quantize.embedding.weight', 2);
  const rows = graph.transpose(graph.reshape(logits, [entries, grid * grid]), [1, 0]);
  const shares = graph.op('Softmax', [rows], rows.dims, { axis: -1 });
  const table = weights.get(graph, 'pixel_quantize.embedding.weight', [entries, channels]);
  const mean = graph.transpose(graph.matmul(shares, table), [1, 0]);
  return maskgitDecoder(graph, weights, 'pixel_decoder.', graph.reshape(mean, [1, channels, grid, grid]));
}

/** Pixels of each patch ("b (p1 p2 c) h w -> b c (h p1) (w p2)"), smoothed by a 3x3 convolution. */
function fromPatches(graph: Graph, weights: Weights, planes: Value, patch: number): Value {
  const [, , grid = 0] = planes.dims;
  const pixels = graph.reshape(pointwise(graph, weights, 'decoder.ffn.0', planes), [
    patch,
    patch,
    3,
    grid,
    grid,
  ]);
  const image = graph.reshape(graph.transpose(pixels, [2, 3, 0, 4, 1]), [1, 3, grid * patch, grid * patch]);
  const weight = weights.get(graph, 'decoder.conv_out.weight', [3, 3, 3, 3]);
  return graph.conv(image, weight, weights.get(graph, 'decoder.conv_out.bias', [3]));
}

function pointwise(graph: Graph, weights: Weights, name: string, x: Value): Value {
  const [out = 0] = weights.dims(`${name}.weight`, 4);
  const weight = weights.get(graph, `${name}.weight`, [out, x.dims[1]!, 1, 1]);
  return graph.conv(x, weight, weights.get(graph, `${name}.bias`, [out]));
}

/** The codebook [entries, channels], each entry of length 1 where the checkpoint was trained so. */
function codebook(
  graph: Graph,
  weights: Weights,
  { codebook_size: entries, token_size, use_l2_norm }: Config,
): Value {
  const table = weights.get(graph, 'quantize.embedding.weight', [entries, token_size]);
  return use_l2_norm ? normalize(graph, table) : table;
}

/** torch.nn.functional.normalize over rows. */
function normalize(graph: Graph, rows: Value): Value {
  const lengths = graph.op('ReduceL2', [rows, graph.int64s([1])], [rows.dims[0]!, 1], { keepdims: 1 });
  return graph.binary('Div', rows, graph.binary('Max', lengths, graph.floats([1e-12])));
}

/** The nearest entry of each row as int32, by |z|^2 + |e|^2 - 2 z e, the order that the official code adds in. */
function nearest(graph: Graph, rows: Value, table: Value, { use_l2_norm }: Config): Value {
  const z = use_l2_norm ? normalize(graph, rows) : rows;
  const squares = (value: Value) =>
    graph.op('ReduceSumSquare', [value, graph.int64s([1])], [value.dims[0]!, 1], { keepdims: 1 });
  const sums = graph.binary('Add', squares(z), graph.transpose(squares(table), [1, 0]));
  const products = graph.matmul(z, graph.transpose(table, [1, 0]));
  const distances = graph.binary('Sub', sums, graph.binary('Mul', products, graph.floats([2])));
  const index = graph.op('ArgMin', [distances], [z.dims[0]!], { axis: 1, keepdims: 0 });
  return graph.op('Cast', [index], index.dims, { to: 6 });
}

/** [1, 1, before + latents] to add to scores: nothing for what is seen, and next to nothing is left of the rest. */
function hideFrom(graph: Graph, k: Value, before: number, latents: number): Value {
  const positions = Array.from({ length: before + latents }, (_, i) => i - before);
  const dims = [1, 1, positions.length];
  const seen = graph.op('Less', [graph.int32s(positions, dims), k], dims);
  return graph.op('Where', [seen, graph.floats([0]), graph.floats([-1e9])], dims);
}

/** 64 numbers a head in the published sizes, 32 in smaller ones. */
function headsOf(width: number): number {
  return Math.max(1, PUBLISHED_WIDTHS.includes(width) ? width / 64 : width / 32);
}
