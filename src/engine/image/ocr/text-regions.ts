import { cornersOf, type Point, type Rectangle, smallestRectangle } from './smallest-rectangle';

/** How likely each pixel belongs to writing: row by row, 0..1. */
export interface TextMap {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

export type Corners = readonly [Point, Point, Point, Point];

/** As published for PP-OCRv4: what counts as writing, which regions count, and by how much they are widened. */
const PIXEL = 0.3;
const REGION = 0.6;
const UNCLIP = 1.5;
const LEAST_SIDE = 3;
const MOST_REGIONS = 1000;

/**
 * The lines of writing in a map (the last step of Liao et al. 2020, "Real-time Scene Text Detection with
 * Differentiable Binarization"): connected pixels above a threshold, the smallest rectangle around each, widened since
 * the network was taught shrunken regions.
 * @returns corners in pixels of the map, clockwise from the top left one
 */
export function findTextRegions(map: TextMap): readonly Corners[] {
  const regions: Corners[] = [];
  for (const outline of outlines(map)) {
    const rectangle = smallestRectangle(outline);
    if (Math.min(rectangle.width, rectangle.height) < LEAST_SIDE || meanInside(map, rectangle) < REGION)
      continue;
    const { width, height } = rectangle;
    const grown = (width * height * UNCLIP) / (2 * (width + height));
    regions.push(cornersOf({ ...rectangle, width: width + 2 * grown, height: height + 2 * grown }));
    if (regions.length === MOST_REGIONS) break;
  }
  return regions;
}

/** The outermost pixels of each connected region (8 neighbours). */
function* outlines({ width, height, data }: TextMap): Generator<readonly Point[]> {
  const seen = new Uint8Array(data.length);
  const isText = (x: number, y: number) =>
    x >= 0 && y >= 0 && x < width && y < height && data[y * width + x]! > PIXEL;
  for (let start = 0; start < data.length; start++) {
    if (seen[start] || data[start]! <= PIXEL) continue;
    const outline: Point[] = [];
    const open = [start];
    seen[start] = 1;
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      const [x, y] = [at % width, Math.floor(at / width)];
      if (!isText(x - 1, y) || !isText(x + 1, y) || !isText(x, y - 1) || !isText(x, y + 1))
        outline.push({ x, y });
      for (let ny = y - 1; ny <= y + 1; ny++) {
        for (let nx = x - 1; nx <= x + 1; nx++) {
          const next = ny * width + nx;
          if (!isText(nx, ny) || seen[next]) continue;
          seen[next] = 1;
          open.push(next);
        }
      }
    }
    yield outline;
  }
}

/** The mean of the map within a rectangle. */
function meanInside({ width, height, data }: TextMap, rectangle: Rectangle): number {
  const { middle, along } = rectangle;
  const corners = cornersOf(rectangle);
  const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
  const right = Math.min(width - 1, Math.ceil(Math.max(...xs)));
  const bottom = Math.min(height - 1, Math.ceil(Math.max(...ys)));
  let sum = 0;
  let count = 0;
  for (let y = Math.max(0, Math.floor(Math.min(...ys))); y <= bottom; y++) {
    for (let x = Math.max(0, Math.floor(Math.min(...xs))); x <= right; x++) {
      const [dx, dy] = [x - middle.x, y - middle.y];
      if (Math.abs(dx * along.x + dy * along.y) > rectangle.width / 2) continue;
      if (Math.abs(dy * along.x - dx * along.y) > rectangle.height / 2) continue;
      sum += data[y * width + x]!;
      count++;
    }
  }
  return count === 0 ? 0 : sum / count;
}
