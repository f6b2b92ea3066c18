import { BoundaryPredictor, featuresOf, lossOf } from './boundaries';
import { ByteModel } from './byte-model';

/** Bytes that the byte model knows at most of a segment. */
const ORDER = 4;

/** Bytes of a sequence: the paper's. */
const SEQUENCE = 512;

/** Weight of the prior, by which it outweighs the byte model: the choice is ours. */
const WEIGHT = 20;

/** A text of one script, as it is learned from. */
export interface Lesson {
  readonly features: Uint32Array;
  readonly costs: Float64Array;
  readonly script: string;
}

/** Divides texts of one script into sequences, with what each byte costs by what is known before it. A few steps. */
export function* lessonsOf(script: string, bytes: Uint8Array): Generator<void, Lesson[]> {
  const model = new ByteModel([bytes], ORDER);
  yield;
  const costs = model.costs(bytes);
  yield;
  const features = featuresOf(bytes);
  const perByte = features.length / bytes.length;
  const lessons: Lesson[] = [];
  for (let from = 0; from + SEQUENCE <= bytes.length; from += SEQUENCE) {
    const to = from + SEQUENCE;
    lessons.push({
      script,
      features: features.subarray(from * perByte, to * perByte),
      costs: costs.subarray(from * (ORDER + 1), to * (ORDER + 1)),
    });
  }
  return lessons;
}

/**
 * Trains one predictor on all lessons. Yields the share that is done.
 * @param shareOf the prior of a script: segments per byte
 */
export function* trainPredictor(
  lessons: readonly Lesson[],
  shareOf: (script: string) => number,
  epochs: number,
  random: () => number,
): Generator<number, BoundaryPredictor> {
  const predictor = new BoundaryPredictor(shareOf(lessons[0]!.script));
  const order = [...lessons.keys()];
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor((random() / 2 ** 32) * (i + 1));
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    for (const [i, lesson] of order.entries()) {
      const { features, costs, script } = lessons[lesson]!;
      const probabilities = predictor.probabilities(features);
      const { slopes } = lossOf(probabilities, costs, ORDER + 1, shareOf(script), WEIGHT);
      for (let at = 0; at < slopes.length; at++) slopes[at]! *= probabilities[at]! * (1 - probabilities[at]!);
      predictor.learn(features, slopes);
      if (i % 4 === 0) yield (epoch + i / order.length) / epochs;
    }
  }
  return predictor;
}
