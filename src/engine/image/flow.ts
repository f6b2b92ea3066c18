import { TokenoscopeError } from '../../core/errors';
import type { ModelDescription } from '../../core/image/manifest';
import { standardNormal } from '../../core/image/noise';
import type { Sampling } from '../../core/image/sampling';
import type { DataFile, PlainTensor, Runtime, Session } from '../ort/runtime';
import { guided } from './guidance';

/** The graphs of a manifest's sampler. */
export interface FlowGraphs {
  readonly start: Uint8Array;
  readonly velocity: Uint8Array;
  readonly distilled?: Uint8Array | undefined;
}

const NO_TOKENS: PlainTensor = { data: Int32Array.of(0), dims: [1] };

/** Named inputs or outputs of a graph. */
type Tensors = Readonly<Record<string, PlainTensor>>;

/** What happens while a picture is drawn. */
export interface FlowOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called before every step, which count from 1. */
  readonly onStep?: ((step: number, of: number) => void) | undefined;
}

/** A rectified flow (contract: `samplerSchema` in core/image/manifest.ts), loaded. */
export interface Flow {
  /**
   * Leads noise to a picture.
   * @param prefix `ids` and `k`
   * @returns `x` and `condition`: what the decoder takes
   * @throws TokenoscopeError `aborted` between two steps, `model-corrupt` where a graph gives another shape
   */
  draw(prefix: Tensors, sampling: Sampling, options: FlowOptions): Promise<Tensors>;
  release(): Promise<void>;
}

/**
 * Loads the graph that starts every picture; the networks of the steps are loaded when first used.
 * @param atOnce loads these, too, as the files are not kept
 * @throws TokenoscopeError `model-corrupt`, `backend-unavailable`
 */
export async function openFlow(
  { label, sampler }: { readonly label: string; readonly sampler: NonNullable<ModelDescription['sampler']> },
  graphs: FlowGraphs | undefined,
  data: readonly DataFile[],
  runtime: Runtime,
  atOnce = false,
): Promise<Flow> {
  if (!graphs) {
    throw new TokenoscopeError('internal', `The graphs of ${label}'s sampler were not read.`);
  }
  const start = await runtime.load(graphs.start, data);
  const velocity = whenAsked(() => runtime.load(graphs.velocity, data));
  const { distilled: quick } = graphs;
  const distilled = quick && whenAsked(() => runtime.load(quick, data));
  if (atOnce) {
    await velocity.get();
    await distilled?.get();
  }
  const dims = sampler.noise;
  const count = dims.reduce((product, dim) => product * dim, 1);

  return {
    async draw(prefix, { steps, seed, guidance = 1 }, { signal, onStep }) {
      const network = steps === 'distilled' ? distilled : velocity;
      if (!network) throw new TokenoscopeError('model-run', `${label} has no distilled network.`);
      const session = await network.get();
      const noise = { data: standardNormal(seed, count), dims };
      const guide = guidance > 1 ? guided(guidance) : undefined;
      const inputs = { ...prefix, noise };
      const begun = guide
        ? await start.runAll(inputs, ['x', 'condition', 'blank'], signal)
        : { ...(await start.runAll(inputs, ['x', 'condition'], signal)), blank: undefined };
      expectDims(label, 'x', begun.x, dims);
      const { condition } = begun;
      const x = Float32Array.from(begun.x.data);
      const total = steps === 'distilled' ? 1 : steps;
      for (let i = 0; i < total; i++) {
        onStep?.(i + 1, total);
        const t = { data: Float32Array.of(1 - i / total), dims: [1] };
        const ask = async (told: PlainTensor, k: PlainTensor) => {
          const inputs = { x: { data: x, dims }, condition: told, k, t };
          const { velocity: v } = await session.runAll(inputs, ['velocity'], signal);
          expectDims(label, 'velocity', v, dims);
          return v.data;
        };
        const told = await ask(condition, prefix['k']!);
        const v = guide && begun.blank ? guide(told, await ask(begun.blank, NO_TOKENS)) : told;
        for (let at = 0; at < count; at++) x[at]! -= Math.fround(v[at]! / total);
      }
      return { x: { data: x, dims }, condition };
    },
    async release() {
      await start.release();
      await velocity.release();
      await distilled?.release();
    },
  };
}

/**
 * The values of a graph's output are used by position, so its shape must be as the manifest says.
 * @throws TokenoscopeError `model-corrupt`
 */
export function expectDims(label: string, name: string, tensor: PlainTensor, dims: readonly number[]): void {
  if (tensor.dims.join() === dims.join()) return;
  throw new TokenoscopeError(
    'model-corrupt',
    `${label} is damaged: its "${name}" is ${tensor.dims.join(' x ')} where its manifest says ${dims.join(' x ')}.`,
    'Export the model again, so that its manifest and its graphs agree.',
  );
}

/** A session that is loaded once, when it is first needed; after a failure the next call tries again. */
function whenAsked(load: () => Promise<Session>) {
  let loading: Promise<Session> | undefined;
  return {
    get(): Promise<Session> {
      loading ??= load().catch((error: unknown) => {
        loading = undefined;
        throw error;
      });
      return loading;
    },
    async release(): Promise<void> {
      await (await loading?.catch(() => undefined))?.release();
    },
  };
}
