import { createHash } from 'node:crypto';
import type { Golden, ModelManifest } from '../../../core/image/manifest';
import { standardNormal } from '../../../core/image/noise';
import type { Sampling } from '../../../core/image/sampling';
import { Graph } from '../../onnx/graph';

/** The noise has another shape than the picture, so that mistaking one for the other fails. */
const NOISE = [1, 12];
const SIZE = 2;
const COUNT = 3;

/** What to damage in the model. */
export interface TinyFlowFaults {
  readonly noise?: readonly number[];
  readonly velocity?: readonly number[];
  readonly image?: readonly number[];
}

/**
 * A flow model of 2 x 2 pixels and 3 tokens, whose pictures can be computed by hand. With s = the sum of the first k
 * ids / 16 and x = 12 values of noise, the velocity is x / 2 + t + s + k / 8, that of the distilled network
 * x - t / 4 - s, and the picture 0.5 + x / 8.
 * @returns the files of its folder, by name
 */
export function tinyFlow(id = 'tiny-flow', faults: TinyFlowFaults = {}): Map<string, Uint8Array> {
  const graphs = {
    encoder: encoderGraph(),
    decoder: decoderGraph(faults.image),
    start: startGraph(faults.noise),
    velocity: velocityGraph(faults.velocity),
    distilled: distilledGraph(),
  };
  const files = new Map<string, Uint8Array>();
  const add = (path: string, bytes: Uint8Array) => {
    files.set(path, bytes);
    return { path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
  };
  const file = (name: keyof typeof graphs) => add(`${name}.onnx`, graphs[name].encode());
  const manifest: ModelManifest = {
    schema: 1,
    id,
    label: 'Tiny flow',
    summary: 'Draws 12 numbers from noise.',
    family: 'test',
    image: { width: SIZE, height: SIZE },
    tokens: { count: COUNT, bits: 4, codebookSize: 16, ordered: true },
    files: { encoder: file('encoder'), decoder: file('decoder'), data: [] },
    sampler: {
      method: 'euler',
      noise: NOISE,
      steps: [1, 2, 4],
      default: 2,
      start: file('start'),
      velocity: file('velocity'),
      distilled: file('distilled'),
      stepMflop: 1,
    },
    golden: add('golden.json', encodeJson(golden())),
    decodeMflop: 3,
    licence: 'As this project.',
    training: { data: 'none', dataLicence: 'none', command: 'none', seed: 0, revision: 'none' },
  };
  add('manifest.json', encodeJson(manifest));
  return files;
}

/** The 8-bit picture that the model must draw, without any graph. */
export function tinyFlowPicture(ids: readonly number[], k: number, { steps, seed }: Sampling): Uint8Array {
  const s = ids.slice(0, k).reduce((sum, id) => sum + id / 16, 0);
  const b = s + k / 8;
  const drawn = [...standardNormal(seed, 12)].map((x) => {
    switch (steps) {
      case 'distilled':
        return 1 / 4 + s;
      case 1:
        return x / 2 - 1 - b;
      case 2: // 3/4 (3/4 x - 1/2 - b/2) - 1/4 - b/2
        return (9 / 16) * x - 5 / 8 - (7 / 8) * b;
      default:
        throw new RangeError('Not worked out by hand.');
    }
  });
  // Planes of 2 x 2 become pixels.
  return Uint8Array.from(drawn, (_, i) => {
    const value = 0.5 + drawn[(i % 3) * 4 + Math.floor(i / 3)]! / 8;
    return Math.floor(Math.min(1, Math.max(0, value)) * 255 + 0.5);
  });
}

function golden(): Golden {
  const rgb = Uint8Array.from({ length: 12 }, (_, i) => i * 20);
  // Each token is four bits of the red plane's values.
  const ids = [0, 3, 6].map((i) => Math.round((rgb[i]! / 255) * 15));
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  const output = (k: number, steps: Sampling['steps'], seed: number) => ({
    k,
    rgb: base64(tinyFlowPicture(ids, k, { steps, seed })),
    ...(steps === 2 ? {} : { steps }),
    ...(seed === 0 ? {} : { seed }),
  });
  const outputs = [output(1, 2, 0), output(3, 1, 5), output(3, 2, 0), output(2, 'distilled', 1)];
  return {
    cases: [{ name: 'ramp', rgb: base64(rgb), ids, outputs }],
    tolerance: { node: 1, wasm: 1, webgpu: 1 },
  };
}

function encodeJson(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

function encoderGraph(): Graph {
  const graph = new Graph('encoder');
  const image = graph.input('image', 'float32', [1, 3, SIZE, SIZE]);
  const flat = graph.reshape(image, [1, 12]);
  const [start, end, axis] = [graph.int64s([0]), graph.int64s([COUNT]), graph.int64s([1])];
  const first = graph.op('Slice', [flat, start, end, axis], [1, COUNT]);
  const scaled = graph.binary('Mul', first, graph.floats([15]));
  const rounded = graph.op('Round', [scaled], [1, COUNT]);
  graph.output(graph.op('Cast', [rounded], [1, COUNT], { to: 6 }), 'ids', 'int32');
  return graph;
}

function startGraph(shape: readonly number[] = NOISE): Graph {
  const graph = new Graph('start');
  const ids = graph.input('ids', 'int32', [1, COUNT]);
  const k = graph.input('k', 'int32', [1]);
  const noise = graph.input('noise', 'float32', NOISE);
  const places = graph.int32s([0, 1, 2], [1, COUNT]);
  const kept = graph.op('Cast', [graph.op('Less', [places, k], [1, COUNT])], [1, COUNT], { to: 1 });
  const values = graph.op('Cast', [ids], [1, COUNT], { to: 1 });
  const scaled = graph.binary('Mul', values, graph.floats([1 / 16]));
  graph.output(graph.binary('Mul', scaled, kept), 'condition', 'float32');
  graph.output(graph.reshape(noise, shape), 'x', 'float32');
  return graph;
}

/** The inputs of both networks; `s` is the sum of the condition. */
function stepInputs(graph: Graph) {
  const x = graph.input('x', 'float32', NOISE);
  const condition = graph.input('condition', 'float32', [1, COUNT]);
  const k = graph.input('k', 'int32', [1]);
  const t = graph.input('t', 'float32', [1]);
  const s = graph.op('ReduceSum', [condition, graph.int64s([1])], [1, 1], { keepdims: 1 });
  const kAsFloat = graph.op('Cast', [k], [1], { to: 1 });
  return { x, t, s, k: graph.binary('Mul', kAsFloat, graph.floats([1 / 8])) };
}

function velocityGraph(shape: readonly number[] = NOISE): Graph {
  const graph = new Graph('velocity');
  const { x, t, s, k } = stepInputs(graph);
  const half = graph.binary('Mul', x, graph.floats([0.5]));
  const sum = graph.binary('Add', graph.binary('Add', graph.binary('Add', half, t), s), k);
  graph.output(graph.reshape(sum, shape), 'velocity', 'float32');
  return graph;
}

function distilledGraph(): Graph {
  const graph = new Graph('distilled');
  const { x, t, s, k } = stepInputs(graph);
  // Adding k and taking it away again keeps it among the inputs.
  const target = graph.binary('Add', graph.binary('Mul', t, graph.floats([0.25])), s);
  const v = graph.binary('Sub', graph.binary('Sub', graph.binary('Add', x, k), target), k);
  graph.output(v, 'velocity', 'float32');
  return graph;
}

function decoderGraph(shape: readonly number[] = [1, 3, SIZE, SIZE]): Graph {
  const graph = new Graph('decoder');
  const x = graph.input('x', 'float32', NOISE);
  const condition = graph.input('condition', 'float32', [1, COUNT]);
  const nothing = graph.binary('Mul', condition, graph.floats([0]));
  const none = graph.op('ReduceSum', [nothing, graph.int64s([1])], [1, 1], { keepdims: 1 });
  const scaled = graph.binary('Mul', graph.binary('Add', x, none), graph.floats([1 / 8]));
  graph.output(graph.reshape(graph.binary('Add', scaled, graph.floats([0.5])), shape), 'image', 'float32');
  return graph;
}
