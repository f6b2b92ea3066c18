import { isCheckpointId } from '../../core/image/checkpoint-id';
import type { Sampling } from '../../core/image/sampling';
import type { FrameCache } from './frame-cache';
import { hashBytes } from './hash';
import type { Frame } from './image.api';
import type { ImageEngine } from './image.client';
import { type FrameMaker, FramePlayer, sharedCache } from './player';

/** What a player plays: one row of tokens, and the picture it came from where that is known. */
export interface PrefixSource {
  readonly model: string;
  /** All K ids. */
  readonly ids: Uint32Array;
  /** RGBA of the model's size; null for tokens that came in a link. */
  readonly original: Uint8ClampedArray | null;
  /** How it is drawn, where the model samples. */
  readonly sampling?: Sampling | undefined;
}

/**
 * Milliseconds without a request after which the positions between the ticks are made ahead. Who goes on to another
 * picture or model needs none of them, and their hundreds of frames would take the processor from what is asked for.
 */
const REST_MS = 1000;

/** The marks of the slider: 1, 2, 4, ... and `count`. */
export function prefixTicks(count: number): number[] {
  const ticks: number[] = [];
  for (let k = 1; k < count; k *= 2) ticks.push(k);
  ticks.push(count);
  return ticks;
}

/** Keeps a frame that was drawn with the encoding of a picture, for whoever plays that. */
export function keepFrame(engine: Pick<ImageEngine, 'report'>, source: PrefixSource, frame: Frame): void {
  sharedCache.set(`${keyOf(engine, source)()} ${frame.k}`, frame);
}

/** Names all that the frames of a picture depend on. It changes with the backend. */
function keyOf(
  engine: Pick<ImageEngine, 'report'>,
  { model, ids, original, sampling }: PrefixSource,
): () => string {
  const of = original ? hashBytes(original) : '-';
  const drawn = sampling ? `${sampling.steps} ${sampling.seed} ${sampling.guidance}` : '-';
  const key = `${model} ${hashBytes(ids)} ${of} ${drawn}`;
  return () => `${key} ${engine.report(model)?.backend}`;
}

/** Plays the prefixes of one row of tokens. */
export class PrefixPlayer extends FramePlayer {
  constructor(
    engine: Pick<ImageEngine, 'decode' | 'report'>,
    source: PrefixSource,
    cache?: FrameCache,
    restMs = REST_MS,
  ) {
    const { model, ids, original, sampling } = source;
    const maker: FrameMaker = {
      key: keyOf(engine, source),
      order: defaultOrder(ids.length),
      ticks: prefixTicks(ids.length),
      greedy: sampling !== undefined || isCheckpointId(model),
      make: (k, options) =>
        engine.decode(model, { ids, k, original: original ?? undefined, sampling }, options),
    };
    super(maker, cache, restMs);
  }
}

/** How many positions of a doubling are made ahead, at least: beyond, neighbours look alike and would fill the cache. */
const AHEAD_PER_DOUBLING = 32;

/** Rows up to this length are made ahead whole. */
const WHOLE_ROW = 256;

/** Positions to make ahead: the ticks, then all; of a longer row every second, fourth, ... as the slider becomes finer. */
function defaultOrder(count: number): number[] {
  const all = Array.from({ length: count }, (_, i) => i + 1);
  const apart = (k: number) => 2 ** Math.max(0, Math.floor(Math.log2(k / AHEAD_PER_DOUBLING)));
  const spread = count <= WHOLE_ROW ? all : all.filter((k) => k % apart(k) === 0);
  return [...new Set([...prefixTicks(count), ...spread])];
}
