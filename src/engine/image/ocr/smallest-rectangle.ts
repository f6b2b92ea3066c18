export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A rectangle at any angle: its middle, the unit vector along its width, and its size. */
export interface Rectangle {
  readonly middle: Point;
  readonly along: Point;
  readonly width: number;
  readonly height: number;
}

/** The rectangle of the smallest area around some points: one of its sides lies on their convex hull. */
export function smallestRectangle(points: readonly Point[]): Rectangle {
  const hull = convexHull(points);
  let best: Rectangle | undefined;
  for (const [i, from] of hull.entries()) {
    const to = hull[(i + 1) % hull.length]!;
    const length = Math.hypot(to.x - from.x, to.y - from.y);
    const along =
      length === 0 ? { x: 1, y: 0 } : { x: (to.x - from.x) / length, y: (to.y - from.y) / length };
    const found = around(hull, along);
    if (!best || found.width * found.height < best.width * best.height) best = found;
  }
  return best!;
}

function around(points: readonly Point[], along: Point): Rectangle {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { x, y } of points) {
    const u = x * along.x + y * along.y;
    const v = y * along.x - x * along.y;
    left = Math.min(left, u);
    right = Math.max(right, u);
    top = Math.min(top, v);
    bottom = Math.max(bottom, v);
  }
  const [u, v] = [(left + right) / 2, (top + bottom) / 2];
  return {
    middle: { x: u * along.x - v * along.y, y: u * along.y + v * along.x },
    along,
    width: right - left,
    height: bottom - top,
  };
}

/** Andrew's monotone chain, without points on the hull's sides. */
function convexHull(points: readonly Point[]): readonly Point[] {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  if (sorted.length < 3) return sorted;
  const half = (list: readonly Point[]) => {
    const chain: Point[] = [];
    for (const point of list) {
      while (chain.length > 1 && turn(chain.at(-2)!, chain.at(-1)!, point) <= 0) chain.pop();
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.toReversed())];
}

function turn(a: Point, b: Point, c: Point): number {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

/** Its corners, clockwise (y points down) from the top left one, with the width as near to horizontal as it can be. */
export function cornersOf({
  middle,
  along,
  width,
  height,
}: Rectangle): readonly [Point, Point, Point, Point] {
  const isSteep = Math.abs(along.y) > Math.abs(along.x);
  // A quarter turn swaps the sides.
  let [ux, uy, w, h] = isSteep ? [-along.y, along.x, height, width] : [along.x, along.y, width, height];
  if (ux < 0) [ux, uy] = [-ux, -uy];
  const at = (u: number, v: number): Point => ({
    x: middle.x + (u * w * ux - v * h * uy) / 2,
    y: middle.y + (u * w * uy + v * h * ux) / 2,
  });
  return [at(-1, -1), at(1, -1), at(1, 1), at(-1, 1)];
}
