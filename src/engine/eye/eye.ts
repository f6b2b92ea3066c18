import { TokenoscopeError } from '../../core/errors';
import { toPlanar } from '../../core/image/convert';
import type { EyeManifest } from '../../core/image/eye';
import type { RgbImage } from '../../core/image/pixels';
import type { DataFile, PlainTensor, Runtime } from '../ort/runtime';

/**
 * What an eye can give of a picture. n = patches, t = 1 + n tokens of which the class token is the first, d = numbers of a
 * token, l = layers, h = heads; all row-major.
 * - `probabilities` [classes], which sum to 1
 * - `class_token` [d] and `patches` [n, d]: the normalised tokens behind the last layer
 * - `attention` [l, h, t]: how much the class token looks at each token; the t of a head sum to 1
 * - `keys` [l, h, n, d / h]: the normalised keys of the patches
 * - `layers` [l, t, d]: all tokens behind each layer, not normalised
 */
export type EyeOutput = 'probabilities' | 'class_token' | 'patches' | 'attention' | 'keys' | 'layers';

/** All files of an eye, checked against its description. */
export interface EyeFiles {
  readonly manifest: EyeManifest;
  readonly graph: Uint8Array;
  readonly data: readonly DataFile[];
}

/** A vision transformer in memory. */
export interface Eye {
  readonly manifest: EyeManifest;
  /**
   * Looks at a picture.
   * @param image of the manifest's size
   * @param wanted what to give; anything else is not copied out of the graph
   * @throws TokenoscopeError `model-run` for another size or where the run fails, `aborted`
   */
  see<Name extends EyeOutput>(
    image: RgbImage,
    wanted: readonly Name[],
    signal?: AbortSignal,
  ): Promise<Readonly<Record<Name, Float32Array>>>;
  release(): Promise<void>;
}

/** Loads the graph. @throws TokenoscopeError `model-corrupt`, `backend-unavailable` */
export async function openEye({ manifest, graph, data }: EyeFiles, runtime: Runtime): Promise<Eye> {
  const session = await runtime.load(graph, data);
  const { width, height } = manifest.image;
  const sizes = sizesOf(manifest);
  return {
    manifest,
    async see<Name extends EyeOutput>(image: RgbImage, wanted: readonly Name[], signal?: AbortSignal) {
      if (image.width !== width || image.height !== height) {
        throw new TokenoscopeError(
          'model-run',
          `${manifest.label} sees pictures of ${width} × ${height}, and this one has ${image.width} × ${image.height}.`,
          'Cut and resize the picture first.',
        );
      }
      const pixels = { data: toPlanar(image), dims: [1, 3, height, width] };
      const given = await session.runAll({ image: pixels }, wanted, signal);
      const named = wanted.map((name) => [name, valuesOf(manifest, name, given[name], sizes[name])]);
      return Object.fromEntries(named) as Readonly<Record<Name, Float32Array>>;
    },
    release: () => session.release(),
  };
}

function sizesOf(manifest: EyeManifest): Readonly<Record<EyeOutput, number>> {
  const { image, patch, width, depth, heads, classes } = manifest;
  const patches = Math.floor(image.width / patch) * Math.floor(image.height / patch);
  return {
    probabilities: classes.length,
    class_token: width,
    patches: patches * width,
    attention: depth * heads * (1 + patches),
    keys: depth * patches * width,
    layers: depth * (1 + patches) * width,
  };
}

function valuesOf(manifest: EyeManifest, name: EyeOutput, { data }: PlainTensor, size: number): Float32Array {
  if (data instanceof Float32Array && data.length === size) return data;
  throw new TokenoscopeError(
    'model-corrupt',
    `${manifest.label} gives ${data.length} numbers as ${name}, and its manifest says ${size}.`,
    'Reload the page to fetch it again.',
  );
}

/** The likeliest classes, likeliest first. */
export function likeliest(
  { classes }: Pick<EyeManifest, 'classes'>,
  probabilities: Float32Array,
  count: number,
): { readonly name: string; readonly probability: number }[] {
  return classes
    .map((name, i) => ({ name, probability: probabilities[i] ?? 0 }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, count);
}
