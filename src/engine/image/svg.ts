import { throwIfAborted } from '../../core/errors';
import { describeSvg, mendSvg, readSvgText } from '../../core/image/formats/svg';
import { scanSvg } from '../../core/image/formats/svg-scan';
import {
  checkSvg,
  checkSvgBytes,
  damagedPicture,
  headlessPicture,
  MOST_SVG_BYTES,
  tooLargeSvg,
} from '../../core/image/picture-errors';
import { inSlices } from '../../tokenizers/files/steps';
import type { PictureNote } from './image.api';
import { cutNote } from './notes';

/** An SVG as pixels, the size it declares, and what to say about it. */
export interface RasterizedSvg {
  readonly bitmap: ImageBitmap;
  readonly size: { readonly width: number; readonly height: number };
  readonly notes: readonly PictureNote[];
}

/** Pixels of the shorter side: enough for every model, and small enough for every device. */
const SHORT_SIDE = 1024;
const LONG_SIDE = 8192;

/** Rows drawn first; the time they take decides how many follow at a time. */
const FIRST_ROWS = 16;
/** A strip should take about this long. */
const STRIP_MS = 40;
/** A drawing that takes longer than this in all is abandoned. */
const MOST_MS = 10_000;

/**
 * Rasterises an SVG. Only the page can: workers have no <img>. What would block the page is refused after a scan of
 * the text, which runs in slices, as the drawing does. An <img> does not run an SVG's scripts or load its resources.
 * @returns undefined where the file is not an SVG
 * @throws TokenoscopeError `image-too-large`, `image-truncated`, `not-an-image`, `aborted`
 */
export async function rasterizeSvg(
  file: Blob,
  name: string,
  signal?: AbortSignal,
): Promise<RasterizedSvg | undefined> {
  const start = new Uint8Array(await file.slice(0, 4_096).arrayBuffer());
  // With a byte-order mark, of UTF-8 or UTF-16, or without one.
  if (!/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*</.test(String.fromCharCode(...start))) return undefined;
  if (file.size > MOST_SVG_BYTES) {
    if (readSvgText(start)) checkSvgBytes(name, file.size);
    return undefined;
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  const svg = readSvgText(bytes);
  if (!svg) return undefined;
  const scan = await inSlices(scanSvg(svg.text, svg.root), signal ? { signal } : {});
  if (scan.elements === 0) throw headlessPicture(name, bytes.length);
  checkSvg(name, scan);
  const info = describeSvg(scan);
  const { width, height } = info;
  const scale = Math.min(SHORT_SIDE / Math.min(width, height), LONG_SIDE / Math.max(width, height));
  const source = new Blob([mendSvg(svg, scan)], { type: 'image/svg+xml' });
  // HTML within an SVG makes pixels unreadable unless it comes as a data: URL.
  const url = scan.hasForeignObject ? await dataUrl(source) : URL.createObjectURL(source);
  try {
    const image = new Image();
    image.src = url;
    await image.decode().catch(() => {
      throw damagedPicture(name, info.format);
    });
    throwIfAborted(signal);
    const target = {
      width: Math.max(1, Math.round(width * scale)),
      height: Math.max(1, Math.round(height * scale)),
    };
    const bitmap = await draw(image, target, name, signal);
    return { bitmap, size: { width, height }, notes: info.truncated ? [cutNote] : [] };
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Draws a picture in strips that are short enough for the page to stay responsive. */
async function draw(
  image: HTMLImageElement,
  { width, height }: { readonly width: number; readonly height: number },
  name: string,
  signal: AbortSignal | undefined,
): Promise<ImageBitmap> {
  const pixels = new ImageData(width, height);
  const canvas = document.createElement('canvas');
  const began = performance.now();
  let rows = Math.min(FIRST_ROWS, height);
  for (let y = 0; y < height; ) {
    const from = performance.now();
    canvas.width = width;
    canvas.height = Math.min(rows, height - y);
    // `willReadFrequently` draws on the CPU, so that the drawing time can be measured.
    const context = canvas.getContext('2d', { willReadFrequently: true });
    context?.drawImage(image, 0, -y, width, height);
    const strip = context?.getImageData(0, 0, width, canvas.height);
    if (!strip) throw damagedPicture(name, 'SVG');
    pixels.data.set(strip.data, y * width * 4);
    y += canvas.height;
    const took = performance.now() - from;
    rows = Math.max(1, Math.min(rows * 4, Math.floor((canvas.height * STRIP_MS) / Math.max(took, 0.1))));
    if (y === height) break;
    if (performance.now() - began > MOST_MS) {
      throw tooLargeSvg(name, `after ${MOST_MS / 1_000} seconds of drawing it is still not complete`);
    }
    await new Promise((resolve) => setTimeout(resolve));
    throwIfAborted(signal);
  }
  return createImageBitmap(pixels);
}

function dataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}
