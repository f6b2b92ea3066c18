import { Colours } from '../../../views/export/drawing';

/** One picture of a sheet, with what stands under it. */
export interface Tile {
  readonly width: number;
  readonly height: number;
  /** Opaque RGBA. */
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
  readonly caption: readonly string[];
}

export interface SheetStyle {
  /** Factor of enlargement. */
  readonly scale: number;
  /** Whether enlarging keeps the pixels as squares. */
  readonly squares: boolean;
}

const GAP = 16;
const LINE = 18;
const FONT = 13;

/**
 * Rows of pictures with captions on the page's own ground, as a PNG.
 * @param rows each from left to right
 */
export async function sheetPng(
  rows: readonly (readonly Tile[])[],
  { scale, squares }: SheetStyle,
): Promise<Blob> {
  const lines = Math.max(...rows.flat().map(({ caption }) => caption.length));
  const cell = {
    width: Math.max(...rows.flat().map(({ width }) => width)) * scale,
    height: Math.max(...rows.flat().map(({ height }) => height)) * scale + lines * LINE,
  };
  const columns = Math.max(...rows.map((row) => row.length));
  const canvas = new OffscreenCanvas(
    GAP + columns * (cell.width + GAP),
    GAP + rows.length * (cell.height + GAP),
  );
  const context = canvas.getContext('2d', { alpha: false })!;
  const colours = new Colours();
  context.fillStyle = colours.of('--canvas');
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingEnabled = !squares;
  context.imageSmoothingQuality = 'high';
  context.font = `${FONT}px ${getComputedStyle(document.body).fontFamily}`;
  rows.forEach((row, y) => {
    row.forEach(({ width, height, rgba, caption }, x) => {
      const left = GAP + x * (cell.width + GAP);
      const top = GAP + y * (cell.height + GAP);
      const small = new OffscreenCanvas(width, height);
      small.getContext('2d')!.putImageData(new ImageData(rgba, width, height), 0, 0);
      context.drawImage(small, left, top, width * scale, height * scale);
      caption.forEach((line, i) => {
        context.fillStyle = colours.of(i === 0 ? '--ink' : '--ink-2');
        context.fillText(line, left, top + height * scale + (i + 1) * LINE - 3, cell.width);
      });
    });
  });
  return canvas.convertToBlob({ type: 'image/png' });
}
