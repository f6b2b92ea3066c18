/** Which part of the pictures is shown. All lanes share it, so they always show the same part. */
export interface Viewport {
  /** CSS pixels for each pixel of the picture; null fits the whole picture into its square. */
  readonly scale: number | null;
  /** Centre of what is shown, as shares of the picture. */
  readonly x: number;
  readonly y: number;
}

/** How large a picture and its square are: pixels of the picture, and CSS pixels. */
export interface Sizes {
  readonly pixels: number;
  readonly box: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export const FIT: Viewport = { scale: null, x: 0.5, y: 0.5 };

/** Whole multiples, so that every pixel has the same size. */
const SCALES = [2, 4, 8, 16, 32] as const;

/** How many CSS pixels a pixel takes in the loupe. */
export const LOUPE_SCALE = 8;

/** The scales that enlarge a picture beyond its square; at least one. */
export function scalesFor({ pixels, box }: Sizes): readonly number[] {
  const larger = SCALES.filter((scale) => scale * pixels > box * 1.1);
  return larger.length > 0 ? larger : [2 ** Math.ceil(Math.log2((box * 1.1) / pixels))];
}

/**
 * One scale further in or out.
 * @param at what stays in its place, as shares of the square
 */
export function zoomed(
  viewport: Viewport,
  by: 1 | -1,
  sizes: Sizes,
  at: Point = { x: 0.5, y: 0.5 },
): Viewport {
  const scales = scalesFor(sizes);
  const now = viewport.scale === null ? -1 : scales.indexOf(viewport.scale);
  // The square has changed since, and this scale is none of its own any more.
  const from = viewport.scale !== null && now < 0 ? scales.filter((s) => s < viewport.scale!).length : now;
  const next = Math.min(scales.length - 1, from + by);
  if (next < 0) return FIT;
  const scale = scales[next]!;
  const before = planeOf(viewport, sizes);
  const { box, pixels } = sizes;
  const plane = scale * pixels;
  const centre = (offset: number, place: number) =>
    (offset + place * box) / before.plane - ((place - 0.5) * box) / plane;
  return within({ scale, x: centre(before.left, at.x), y: centre(before.top, at.y) }, sizes);
}

/** Moved by CSS pixels: what is right of the picture's middle comes to it with positive `dx`. */
export function moved(viewport: Viewport, dx: number, dy: number, sizes: Sizes): Viewport {
  if (viewport.scale === null) return viewport;
  const plane = viewport.scale * sizes.pixels;
  return within({ ...viewport, x: viewport.x + dx / plane, y: viewport.y + dy / plane }, sizes);
}

/** Where the whole picture lies in its square, in CSS pixels; at whole pixels of the picture where it is enlarged. */
export function planeOf(
  viewport: Viewport,
  { pixels, box }: Sizes,
): { readonly plane: number; readonly left: number; readonly top: number } {
  const { scale, x, y } = viewport;
  if (scale === null) return { plane: box, left: 0, top: 0 };
  const plane = scale * pixels;
  if (plane <= box) return { plane: box, left: 0, top: 0 };
  const offset = (centre: number) => {
    const exact = Math.min(plane - box, Math.max(0, centre * plane - box / 2));
    return Math.min(plane - box, Math.round(exact / scale) * scale);
  };
  return { plane, left: offset(x), top: offset(y) };
}

/** The place in the picture (shares) that is seen at a place of the square (shares). */
export function pictureAt(viewport: Viewport, { x, y }: Point, sizes: Sizes): Point {
  const { plane, left, top } = planeOf(viewport, sizes);
  return { x: (left + x * sizes.box) / plane, y: (top + y * sizes.box) / plane };
}

/** What is seen, for those who cannot see it. */
export function describeViewport({ scale, x, y }: Viewport): string {
  if (scale === null) return 'The whole picture is shown.';
  const per = (share: number) => Math.round(share * 100);
  return `Every pixel is ${scale} pixels wide; the centre is ${per(x)} % from the left and ${per(y)} % from the top.`;
}

/** With the centre where the square lies within the picture. */
function within(viewport: Viewport, { pixels, box }: Sizes): Viewport {
  const half = Math.min(0.5, box / 2 / (viewport.scale! * pixels));
  const clamp = (centre: number) => Math.min(1 - half, Math.max(half, centre));
  return { ...viewport, x: clamp(viewport.x), y: clamp(viewport.y) };
}
