import type { BuiltModel, Checkpoint, Work } from '../families/checkpoint';
import { buildModel } from '../families/families';
import { readGraph } from '../plain/read-graph';

/** What a checkpoint costs to run, wherever that is. */
export interface WorkAnywhere {
  /** Of the graphs as the architecture is published, which WebGPU runs. */
  readonly multiplications: Work;
  /** Of the graphs that a processor runs, where these are others. */
  readonly onProcessor?: Work | undefined;
}

/** What a checkpoint is, as far as its graphs tell it. */
export interface CheckpointFigures extends WorkAnywhere {
  /** Numbers that encoding alone takes, and all that decoding takes: a codebook, which both do, is the decoder's. */
  readonly parameters: { readonly encoder: number; readonly decoder: number };
  /** In how many steps it draws, unless told otherwise; absent where it draws in one go. */
  readonly steps?: number;
}

/**
 * Builds a checkpoint for a processor, and tells what it would cost anywhere.
 * @throws TokenoscopeError as `buildModel`
 */
export function buildWithWork(
  checkpoint: Omit<Checkpoint, 'onProcessor'>,
): BuiltModel & { readonly work: WorkAnywhere } {
  const built = buildModel({ ...checkpoint, onProcessor: true });
  const { multiplications } = buildModel({ ...checkpoint, onProcessor: false });
  const onProcessor = isSame(built.multiplications, multiplications) ? undefined : built.multiplications;
  return { ...built, work: onProcessor ? { multiplications, onProcessor } : { multiplications } };
}

function isSame(a: Work, b: Work): boolean {
  return a.encode === b.encode && a.decode === b.decode;
}

/**
 * What the list of official checkpoints says of one, out of its config and the shapes of its tensors.
 * @param shapes by name, in the order of a file of 32-bit numbers
 * @throws TokenoscopeError as `buildModel`
 */
export function figuresOf(
  config: unknown,
  shapes: Readonly<Record<string, readonly number[]>>,
): CheckpointFigures {
  let offset = 0;
  const tensors = new Map(
    Object.entries(shapes).map(([name, dims]) => {
      const tensor = { type: 'float32', dims, offset, length: 4 * sizeOf(dims) } as const;
      offset += tensor.length;
      return [name, tensor];
    }),
  );
  const checkpoint = { name: 'checkpoint', config, tensors, path: 'weights' };
  const { encoder, decoder, flow, description } = buildModel(checkpoint);
  const { work } = buildWithWork(checkpoint);
  const steps = description.sampler?.default;
  const drawing = [decoder, ...(flow ? [flow.start, flow.velocity] : [])];
  const drawn = numbersIn(drawing);
  return {
    parameters: { encoder: numbersIn([encoder, ...drawing]) - drawn, decoder: drawn },
    ...work,
    ...(typeof steps === 'number' ? { steps } : {}),
  };
}

/** How many 32-bit numbers of the weights' file graphs look at, each counted once. */
function numbersIn(graphs: readonly Uint8Array[]): number {
  const parts = graphs
    .flatMap((graph) => readGraph(graph).constants)
    .flatMap(({ external }) =>
      external['location'] === undefined
        ? []
        : [{ from: Number(external['offset']), to: Number(external['offset']) + Number(external['length']) }],
    )
    .sort((a, b) => a.from - b.from);
  let [bytes, end] = [0, 0];
  for (const { from, to } of parts) {
    bytes += Math.max(0, to - Math.max(from, end));
    end = Math.max(end, to);
  }
  return bytes / 4;
}

function sizeOf(dims: readonly number[]): number {
  return dims.reduce((product, dim) => product * dim, 1);
}
