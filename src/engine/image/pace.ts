import { maskgitDecoder } from '../families/maskgit-vqgan';
import { transformer } from '../families/transformer';
import { Weights } from '../families/weights';
import { Graph } from '../onnx/graph';
import type { Runtime } from '../ort/runtime';
import type { StoredTensor } from '../weights/safetensors';

const WEIGHTS = 'weights';
const SECOND = 1000;
/** A layer of the small published transformers over 256 tokens, with its eight heads. */
const LAYER = { tokens: 256, width: 512, heads: 8 } as const;
/** A block of the convolutions of MaskGIT's decoder, on a part of a picture. */
const BLOCK = { channels: 128, side: 48 } as const;
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
  'block.conv_in.weight': [BLOCK.channels, BLOCK.channels, 3, 3],
  'block.conv_in.bias': [BLOCK.channels],
  ...norm('block.up.0.block.0.norm1', BLOCK.channels),
  'block.up.0.block.0.conv1.weight': [BLOCK.channels, BLOCK.channels, 3, 3],
  ...norm('block.up.0.block.0.norm2', BLOCK.channels),
  'block.up.0.block.0.conv2.weight': [BLOCK.channels, BLOCK.channels, 3, 3],
  ...norm('block.norm_out', BLOCK.channels),
  'block.conv_out.weight': [3, BLOCK.channels, 3, 3],
  'block.conv_out.bias': [3],
};

/**
 * Multiply-accumulates a second of a runtime on this machine, by a transformer's layer and a block of convolutions as the
 * families of checkpoints build them, over numbers that mean nothing. Takes about a second on a CPU.
 * @throws TokenoscopeError as `Session.run`
 */
export async function measurePace(runtime: Runtime, signal?: AbortSignal): Promise<number> {
  const { graph, multiplications, data } = trial();
  const session = await runtime.load(graph, [{ path: WEIGHTS, bytes: data }]);
  try {
    const inputs = {
      tokens: tensorOf([LAYER.tokens, LAYER.width]),
      planes: tensorOf([1, BLOCK.channels, BLOCK.side, BLOCK.side]),
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
export function trial(): {
  readonly graph: Uint8Array;
  readonly multiplications: number;
  readonly data: Uint8Array;
} {
  const sizes = Object.values(SHAPES).map(sizeOf);
  const tensors = new Map<string, StoredTensor>(
    Object.entries(SHAPES).map(([name, dims]) => [
      name,
      { type: 'float32', dims, offset: 0, length: 4 * sizeOf(dims) },
    ]),
  );
  const weights = new Weights(tensors, WEIGHTS);
  const graph = new Graph('pace');
  const tokens = graph.input('tokens', 'float32', [LAYER.tokens, LAYER.width]);
  graph.output(transformer(graph, weights, 'layer.', tokens, LAYER.heads), 'mixed', 'float32');
  const planes = graph.input('planes', 'float32', [1, BLOCK.channels, BLOCK.side, BLOCK.side]);
  graph.output(maskgitDecoder(graph, weights, 'block.', planes), 'image', 'float32');
  const data = new Uint8Array(valuesOf(Math.max(...sizes)).buffer);
  return { graph: graph.encode(), multiplications: graph.multiplications, data };
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
