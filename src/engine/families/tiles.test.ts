import { describe, expect, it } from 'vitest';
import { Graph, type Value } from '../onnx/graph';
import { createNodeRuntime } from '../ort/node';
import { convolveTiles, doubleAndConvolve, mixChannels, untiled } from './tiles';
import { doubledWinograd, twoAxes, winograd } from './winograd';

const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0);
/** Numbers between -1 and 1 without a pattern. */
const numbers = (count: number, seed: number) =>
  Array.from({ length: count }, (_, i) => (Math.sin((i + 1) * 12.9898 * seed) * 43758.5453) % 1);
/** The difference of two ways to compute in 32-bit floats, as a part of the largest number. */
const EXACT = 1e-5;

/** y = output ((kernel g) * (input d)) */
function byProducts(
  { input, kernel, output }: ReturnType<typeof winograd>,
  d: number[],
  g: number[],
): number[] {
  const products = input.map((row, i) => dot(row, d) * dot(kernel[i]!, g));
  return output.map((row) => dot(row, products));
}

describe('products', () => {
  const g = numbers(3, 1);
  const straight = (d: number[]) => [0, 1, 2, 3].map((i) => dot(g, d.slice(i, i + 3)));

  it('six of them give four results of a row', () => {
    const d = numbers(6, 2);
    byProducts(winograd(), d, g).forEach((y, i) => {
      expect(y).toBeCloseTo(straight(d)[i]!, 12);
    });
  });

  it('five do where every number stands twice', () => {
    const [a = 0, b = 0, c = 0, e = 0] = numbers(4, 3);
    expect(doubledWinograd().input).toHaveLength(5);
    byProducts(doubledWinograd(), [a, b, c, e], g).forEach((y, i) => {
      expect(y).toBeCloseTo(straight([a, b, b, c, c, e])[i]!, 12);
    });
  });

  it('of two axes are those of one times those of the other', () => {
    expect(
      twoAxes([
        [1, 2],
        [3, 5],
      ]),
    ).toEqual([
      [1, 2, 2, 4],
      [3, 5, 6, 10],
      [3, 6, 5, 10],
      [9, 15, 15, 25],
    ]);
  });
});

describe('tiles', () => {
  const weightOf = (graph: Graph, out: number, inner: number, seed: number, flat: boolean) =>
    graph.floats(numbers(out * inner * 9, seed), flat ? [out * inner, 9] : [out, inner, 3, 3]);
  const doubled = (graph: Graph, x: Value) =>
    graph.op(
      'Resize',
      [x, undefined, graph.floats([1, 1, 2, 2], [4])],
      [1, x.dims[1]!, 2 * x.dims[2]!, 2 * x.dims[3]!],
      {
        mode: 'nearest',
        nearest_mode: 'floor',
        coordinate_transformation_mode: 'asymmetric',
      },
    );

  /** Runs a graph of [1, 5, side, side]. */
  async function drawn(side: number, build: (graph: Graph, x: Value) => Value) {
    const graph = new Graph('test');
    const x = graph.input('x', 'float32', [1, 5, side, side]);
    graph.output(build(graph, x), 'y', 'float32');
    const session = await createNodeRuntime(1).load(graph.encode(), []);
    const data = Float32Array.from(numbers(5 * side * side, 7));
    const y = await session.run({ x: { data, dims: [1, 5, side, side] } }, 'y');
    return { y, multiplications: graph.multiplications };
  }

  async function differenceOf(side: number, a: (graph: Graph, x: Value) => Value, b: typeof a) {
    const [one, other] = [await drawn(side, a), await drawn(side, b)];
    expect(one.y.dims).toEqual(other.y.dims);
    const most = (values: number[]) => values.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
    const [ours, theirs] = [[...one.y.data], [...other.y.data]];
    return most(ours.map((value, i) => value - theirs[i]!)) / most(theirs);
  }

  it.each([4, 6, 10])('double %d pixels a side and convolve as the two operators do', async (side) => {
    const most = await differenceOf(
      side,
      (graph, x) => untiled(graph, doubleAndConvolve(graph, x, weightOf(graph, 3, 5, 1, true))),
      (graph, x) => graph.conv(doubled(graph, x), weightOf(graph, 3, 5, 1, false)),
    );
    expect(most).toBeLessThan(EXACT);
  });

  it('convolve, mix channels and double again', async () => {
    const most = await differenceOf(
      4,
      (graph, x) => {
        let tiles = doubleAndConvolve(graph, x, weightOf(graph, 3, 5, 1, true));
        tiles = convolveTiles(graph, tiles, weightOf(graph, 6, 3, 2, true));
        tiles = mixChannels(graph, tiles, graph.floats(numbers(12, 3), [2, 6]));
        return untiled(graph, doubleAndConvolve(graph, tiles, weightOf(graph, 2, 2, 4, true)));
      },
      (graph, x) => {
        let y = graph.conv(doubled(graph, x), weightOf(graph, 3, 5, 1, false));
        y = graph.conv(y, weightOf(graph, 6, 3, 2, false));
        y = graph.conv(y, graph.floats(numbers(12, 3), [2, 6, 1, 1]));
        return graph.conv(doubled(graph, y), weightOf(graph, 2, 2, 4, false));
      },
    );
    expect(most).toBeLessThan(EXACT);
  });
});
