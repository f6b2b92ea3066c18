import { maskgitDecoder } from '../families/maskgit-decoder';
import { maskgitPicture } from '../families/maskgit-tiled';
import { transformer } from '../families/transformer';
import { Weights } from '../families/weights';
import type { Backend } from '../host/backend';
import { Graph } from '../onnx/graph';
import type { Runtime } from '../ort/runtime';
import type { StoredTensor } from '../weights/safetensors';

const WEIGHTS = 'weights';
const SECOND = 1000;
/** A layer of the small published transformers over 256 tokens, with its eight heads. */
const LAYER = { tokens: 256, width: 512, heads: 8 } as const;
/**
 * A block of the convolutions of MaskGIT's decoder, on a part of a picture: on a processor behind a doubling and in tiles, of
 * which there must be many, as in a picture, for what is transformed once to count as little.
 */
const BLOCK = { channels: 128, side: { wasm: 96, webgpu: 48 } } as const;
/** The first run also compiles and allocates; the quickest of the others counts. */
const RUNS = 3;

/** Shapes of the tensors of that layer and that block. */
const SHAPES: Readonly<Record<string, readonly number[]>> = {
  ...norm('layer.0.ln_1', LAYER.width),
  'layer.0.attn.in_proj_weight': [3 * LAYER.width, LAYER.width],
  'layer.0.attn.in_proj_bias': [3 * LAYER.width],
  ...dense('layer.0.attn.out_proj', LAYER.width, LAYER.width),
  ...norm('layer.0.ln_2', LAYER.width),
  ...dense('layer.0.mlp.c_fc', LAYER.width, 4 * LAYER.width),
  ...dense('layer.0.mlp.c_proj', 4 * LAYER.width, LAYER.width),
  ...norm('block.up.0.block.0.norm1', BLOCK.channels),
  'block.up.0.block.0.conv1.weight': [BLOCK.channels, BLOCK.channels, 3, 3],
  ...norm('block.up.0.block.0.norm2', BLOCK.channels),
  'block.up.0.block.0.conv2.weight': [BLOCK.channels, BLOCK.channels, 3, 3],
  ...norm('block.norm_out', BLOCK.channels),
  'block.conv_out.weight': [3, BLOCK.channels, 3, 3],
  'block.conv_out.bias': [3],
};

/** Of what is before them: a convolution, or one after doubling, behind a level of which only the name is looked at. */
const BEFORE: Readonly<Record<Backend, Readonly<Record<string, readonly number[]>>>> = {
  webgpu: {
    'block.conv_in.weight': [BLOCK.channels, BLOCK.channels, 3, 3],
    'block.conv_in.bias': [BLOCK.channels],
  },
  wasm: {
    'block.up.1.block.0.conv1.weight': [],
    'block.up.1.upsample_conv.weight': [BLOCK.channels, BLOCK.channels, 3, 3],
    'block.up.1.upsample_conv.bias': [BLOCK.channels],
  },
};

/**
 * Multiply-accumulates a second of a runtime on this machine, by a transformer's layer and a block of convolutions as the
 * families of checkpoints build them for it, over numbers that mean nothing. Takes about a second on a CPU.
 * @param backend what the runtime computes on: graphs for a processor convolve in tiles
 * @throws TokenoscopeError as `Session.run`
 */
export async function measurePace(runtime: Runtime, backend: Backend, signal?: AbortSignal): Promise<number> {
  const { graph, multiplications, data, planes } = trial(backend);
  const session = await runtime.load(graph, [{ path: WEIGHTS, bytes: data }]);
  try {
    const inputs = {
      tokens: tensorOf([LAYER.tokens, LAYER.width]),
      planes: tensorOf(planes),
    };
    let best = 0;
    for (let run = 0; run < RUNS; run++) {
      const began = performance.now();
      await session.runAll(inputs, ['mixed', 'image'], signal);
      const seconds = (performance.now() - began) / SECOND;
      if (run > 0) best = Math.max(best, multiplications / seconds);
    }
    return best;
  } finally {
    await session.release();
  }
}

/** The graph that is timed, and its weights: every tensor looks at the same numbers. */
export function trial(backend: Backend): {
  readonly graph: Uint8Array;
  readonly multiplications: number;
  readonly data: Uint8Array;
  /** The shape of what is convolved. */
  readonly planes: readonly number[];
} {
  const shapes = { ...SHAPES, ...BEFORE[backend] };
  const sizes = Object.values(shapes).map(sizeOf);
  const tensors = new Map<string, StoredTensor>(
    Object.entries(shapes).map(([name, dims]) => [
      name,
      { type: 'float32', dims, offset: 0, length: 4 * sizeOf(dims) },
    ]),
  );
  const weights = new Weights(tensors, WEIGHTS);
  const graph = new Graph('pace');
  const tokens = graph.input('tokens', 'float32', [LAYER.tokens, LAYER.width]);
  graph.output(transformer(graph, weights, 'layer.', tokens, LAYER.heads), 'mixed', 'float32');
  const side = BLOCK.side[backend] / (backend === 'wasm' ? 2 : 1);
  const planes = graph.input('planes', 'float32', [1, BLOCK.channels, side, side]);
  const draw = backend === 'wasm' ? maskgitPicture : maskgitDecoder;
  graph.output(draw(graph, weights, 'block.', planes), 'image', 'float32');
  const data = new Uint8Array(valuesOf(Math.max(...sizes)).buffer);
  return { graph: graph.encode(), multiplications: graph.multiplications, data, planes: planes.dims };
}

function tensorOf(dims: readonly number[]) {
  return { data: valuesOf(sizeOf(dims)), dims };
}

/** Small numbers around zero, none of them so small that a CPU slows down. */
function valuesOf(count: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: count }, (_, i) => ((i % 7) - 3) / 100);
}

function sizeOf(dims: readonly number[]): number {
  return dims.reduce((product, dim) => product * dim, 1);
}

function norm(name: string, width: number): Record<string, readonly number[]> {
  return { [`${name}.weight`]: [width], [`${name}.bias`]: [width] };
}

function dense(name: string, from: number, to: number): Record<string, readonly number[]> {
  return { [`${name}.weight`]: [to, from], [`${name}.bias`]: [to] };
}
