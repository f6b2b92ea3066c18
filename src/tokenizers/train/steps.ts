/** What a trainer says while it works. */
export interface TrainStep {
  /** What it is doing, in a word or two. */
  readonly phase: 'merging' | 'replaying' | 'seeding' | 'estimating' | 'reading';
  /** Share of the phase that is done, 0 to 1. */
  readonly share: number;
  /** Tokens of the vocabulary so far. */
  readonly vocabulary: number;
  /** Tokens of the corpus with that vocabulary; undefined where it is not known at this point. */
  readonly tokens?: number;
}

/** A point of the curve of tokens against vocabulary size. */
export interface CurvePoint {
  readonly vocabulary: number;
  readonly tokens: number;
}

/** Work in small steps. */
export type Training<T> = Generator<TrainStep, T>;

/** Steps that tell their share, as steps of a training. */
export function* relayed<T>(steps: Generator<number, T>, tell: (share: number) => TrainStep): Training<T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    yield tell(step.value);
  }
}
