import type { TokenIds } from './token-ids';

/** How far beyond its outermost level a number may be, as a share of the levels (FSQ.bound). */
const BEYOND = 1e-3;

/**
 * Finite scalar quantisation (Mentzer et al. 2023; FSQ in quantize_fsq.py, github.com/apple/ml-flextok): every number is
 * bounded and rounded to one of its levels, and those together are one id, the first number's the smallest part.
 * @param levels of each number
 */
export function finiteScalarIds(levels: readonly number[]): TokenIds {
  const dims = [1, levels.length];
  const half = levels.map((count) => ((count - 1) * (1 + BEYOND)) / 2);
  const offset = levels.map((count) => (count % 2 === 0 ? 0.5 : 0));
  const middle = levels.map((count) => Math.floor(count / 2));
  const basis = levels.map((_, i) => levels.slice(0, i).reduce((product, count) => product * count, 1));
  const codebookSize = levels.reduce((product, count) => product * count, 1);
  return {
    perToken: 1,
    codebookSize,
    toIds(graph, latents) {
      const [tokens = 0] = latents.dims;
      const row = (values: readonly number[]) => graph.floats(values, dims);
      const shift = row(half.map((width, i) => Math.atanh(offset[i]! / width)));
      const curved = graph.unary('Tanh', graph.binary('Add', latents, shift));
      const bounded = graph.binary('Sub', graph.binary('Mul', curved, row(half)), row(offset));
      const digits = graph.binary('Add', graph.op('Round', [bounded], bounded.dims), row(middle));
      const parts = graph.binary('Mul', digits, row(basis));
      const id = graph.op('ReduceSum', [parts, graph.int64s([1])], [tokens], { keepdims: 0 });
      return graph.reshape(graph.op('Cast', [id], id.dims, { to: 6 }), [1, tokens]);
    },
    fromIds(graph, ids) {
      const tokens = ids.dims[1]!;
      const row = (values: readonly number[]) => graph.floats(values, dims);
      // In floats, which hold every id: WebGPU has no remainder of whole numbers.
      const id = graph.reshape(graph.op('Cast', [ids], ids.dims, { to: 1 }), [tokens, 1]);
      const whole = (by: readonly number[]) => {
        const quotient = graph.binary('Div', id, row(by));
        return graph.op('Floor', [quotient], quotient.dims);
      };
      const above = graph.binary('Mul', whole(basis.map((one, i) => one * levels[i]!)), row(levels));
      const digits = graph.binary('Sub', whole(basis), above);
      return graph.binary('Div', graph.binary('Sub', digits, row(middle)), row(middle));
    },
  };
}
