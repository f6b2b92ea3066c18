import type { PlainTensor, Session } from '../ort/runtime';
import { RoughDrawing } from './rough-drawing';

type Inputs = Readonly<Record<'ids' | 'k', PlainTensor>>;

/** Milliseconds that the second part must take for a rough picture to be worth showing before it. */
const SLOW_MS = 250;

/** A decoder in two parts. Between them it can draw a rough picture, and can be aborted. */
export interface TwoSteps {
  /** The picture, [1, 3, side, side]. The first part is not run again where the last call had the same inputs. */
  draw(inputs: Inputs, signal?: AbortSignal): Promise<PlainTensor>;
  /** A rough one of the first part alone; undefined where that would not be good, or not be much sooner. */
  sketch(inputs: Inputs, side: number, signal?: AbortSignal): Promise<PlainTensor | undefined>;
}

/**
 * @param begin `ids`, `k` -> `features`
 * @param end `features` -> `image`
 */
export function inTwoSteps(begin: Session, end: Session, slowMs = SLOW_MS): TwoSteps {
  const rough = new RoughDrawing();
  let last: { readonly inputs: Inputs; readonly features: PlainTensor } | undefined;
  let endMs = 0;

  async function featuresOf(inputs: Inputs, signal?: AbortSignal): Promise<PlainTensor> {
    if (last && isSame(last.inputs, inputs)) return last.features;
    const features = await begin.run(inputs, 'features', signal);
    last = { inputs, features };
    return features;
  }

  return {
    async draw(inputs, signal) {
      const features = await featuresOf(inputs, signal);
      const began = performance.now();
      const image = await end.run({ features }, 'image', signal);
      endMs = performance.now() - began;
      if (endMs >= slowMs) rough.learn(features, image);
      return image;
    },
    async sketch(inputs, side, signal) {
      if (endMs < slowMs || !rough.isGood) return undefined;
      return rough.draw(await featuresOf(inputs, signal), side);
    },
  };
}

/** Tokens from k on do not matter. */
function isSame(a: Inputs, b: Inputs): boolean {
  const k = a.k.data[0]!;
  if (k !== b.k.data[0]) return false;
  for (let i = 0; i < k; i++) if (a.ids.data[i] !== b.ids.data[i]) return false;
  return true;
}
