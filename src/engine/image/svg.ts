import { damagedPicture, inspectPicture } from '../../core/image/sniff';

/** An SVG as pixels, and the size it declares. */
export interface RasterizedSvg {
  readonly bitmap: ImageBitmap;
  readonly size: { readonly width: number; readonly height: number };
}

/** Pixels of the shorter side: enough for every model, and small enough for every device. */
const SHORT_SIDE = 1024;
const LONG_SIDE = 8192;

/**
 * Rasterises an SVG. Only the page can: workers have no <img>. Scripts and outside resources of the SVG stay
 * dead in an <img>.
 * @returns undefined where the file is no SVG
 * @throws TokenoscopeError `image-truncated`, `not-an-image`
 */
export async function rasterizeSvg(file: Blob, name: string): Promise<RasterizedSvg | undefined> {
  const start = new Uint8Array(await file.slice(0, 64).arrayBuffer());
  if (!/^(?:\xef\xbb\xbf)?\s*</.test(String.fromCharCode(...start))) return undefined;
  const info = inspectPicture(new Uint8Array(await file.arrayBuffer()), name);
  const { width, height } = info;
  const scale = Math.min(SHORT_SIDE / Math.min(width, height), LONG_SIDE / Math.max(width, height));
  const url = URL.createObjectURL(new Blob([file], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(width * scale));
    canvas.height = Math.max(1, Math.round(height * scale));
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return { bitmap: await createImageBitmap(canvas), size: { width, height } };
  } catch {
    throw damagedPicture(name, info.format);
  } finally {
    URL.revokeObjectURL(url);
  }
}
