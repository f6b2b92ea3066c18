import { encodeBmp } from '../../../core/image/bmp';
import type { ImageEngine } from '../../../engine/image/image.client';
import type { LoadProgress } from '../../../engine/rpc/protocol';
import { type Basis, type ImageSource, type OpenPicture, secondHandNote } from '../source';

/**
 * Encodes a reconstruction, because the photograph is not here.
 * @param basis the reconstruction from all tokens that came in a link
 * @throws TokenoscopeError what the engine throws
 */
export async function encodeSecondHand(
  engine: Pick<ImageEngine, 'open' | 'encode'>,
  model: string,
  source: ImageSource,
  basis: Basis,
  options: { readonly signal: AbortSignal; readonly onProgress: (progress: LoadProgress) => void },
): Promise<OpenPicture> {
  const { manifest } = await engine.open(model, options);
  const { ids } = await engine.encode(model, new Blob([encodeBmp(basis)]), options);
  const { width, height } = manifest.image;
  return {
    model,
    source,
    label: 'Picture from a link',
    ids,
    width,
    height,
    // The reconstruction is not the original: nothing is measured against it.
    original: null,
    size: null,
    notes: [secondHandNote],
    file: null,
    basis,
  };
}
