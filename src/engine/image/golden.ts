import type { Golden } from '../../core/image/manifest';
import type { RgbImage } from '../../core/image/pixels';
import type { ImageModel } from './model';

type GoldenOutputs = Golden['cases'][number]['outputs'];

/** How much of the golden data to run. */
export type GoldenExtent = 'first' | 'all';

/**
 * Runs a model on its golden inputs and compares with what the Python reference computed: ids must be equal,
 * 8-bit values within the tolerance. Needed because some WebGPU drivers silently compute wrong values.
 * @param tolerance largest allowed difference of an 8-bit value on this backend
 * @param extent `first`: the first case with its longest prefix, of a sampler at its default steps where the case has
 *   that; cheap enough for every visit
 * @returns what differs, as half a sentence; undefined where all agrees
 */
export async function findGoldenDifference(
  model: ImageModel,
  golden: Golden,
  tolerance: number,
  extent: GoldenExtent,
): Promise<string | undefined> {
  const { width, height } = model.manifest.image;
  for (const example of extent === 'all' ? golden.cases : golden.cases.slice(0, 1)) {
    const ids = await model.encode({ width, height, data: fromBase64(example.rgb) });
    const at = example.ids.findIndex((id, i) => id !== ids[i]);
    if (at >= 0 || ids.length !== example.ids.length) {
      return `token ${at + 1} of "${example.name}" is ${ids[at]} instead of ${example.ids[at]}`;
    }
    for (const { k, rgb, ...sampling } of extent === 'all' ? example.outputs : usual(example.outputs)) {
      const difference = largestDifference(await model.decode(ids, k, sampling), fromBase64(rgb));
      if (difference > tolerance) {
        const how = Object.entries(sampling).map(([name, value]) => `, ${name} ${value}`);
        return `"${example.name}" at k = ${k}${how.join('')} differs by ${difference} of 255 levels (at most ${tolerance} expected)`;
      }
    }
  }
  return undefined;
}

/** The one output that is like what a visitor is about to see. */
function usual(outputs: GoldenOutputs): GoldenOutputs {
  const longest = Math.max(...outputs.map(({ k }) => k));
  const whole = outputs.filter(({ k }) => k === longest);
  return [whole.find(({ steps }) => steps === undefined) ?? whole[0]!];
}

function largestDifference(image: RgbImage, expected: Uint8Array): number {
  if (image.data.length !== expected.length) return 255;
  let largest = 0;
  for (let i = 0; i < expected.length; i++) {
    largest = Math.max(largest, Math.abs(image.data[i]! - expected[i]!));
  }
  return largest;
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
