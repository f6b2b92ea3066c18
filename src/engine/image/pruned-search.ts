import type { NodeProto, TensorProto } from '../onnx/proto';
import { type Rewriting, rewritten } from '../onnx/rewrite';
import { type PlainConstant, type PlainGraph, type PlainNode, readGraph } from '../plain/read-graph';

/**
 * An encoder's searches for the nearest code at the best place, with fewer products and the same ids.
 *
 * A search computes the cost of every code at every one of some places, |b|^2 - 2 x b, and takes the least of each group of
 * places. No code can remove more of a place's error than there is, |x|^2. So the place with most error is searched first,
 * and then only those whose error is more than what was removed there.
 *
 * @param file an encoder; one without such searches comes back as it is
 */
export function prunedSearches(file: Uint8Array): Uint8Array {
  const graph = readGraph(file);
  const searches = searchesOf(graph);
  if (searches.length === 0) return file;
  const parts = searches.map((search, i) => pruned(search, `pruned_${i}`));
  const whole: Rewriting = {
    replaced: new Map(searches.map(({ argMin }, i) => [argMin.outputs[0]!, parts[i]!.nodes])),
    constants: parts.flatMap(({ constants }) => constants),
  };
  return rewritten(file, whole);
}

/** Costs [groups * places, codes] = [x, 1] [-2 b; |b|^2], and the least of each group. */
interface Search {
  readonly argMin: PlainNode;
  /** x, [groups * places, dims]. */
  readonly blocks: string;
  /** x with a column of ones. */
  readonly left: string;
  readonly right: string;
  readonly groups: number;
  readonly places: number;
  readonly codes: number;
}

function searchesOf({ nodes, constants }: PlainGraph): Search[] {
  const makers = new Map(nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const)));
  const known = new Map(constants.map((constant) => [constant.name, constant]));
  const maker = (name: string | undefined, type: string) => {
    const node = makers.get(name ?? '');
    return node?.type === type ? node : undefined;
  };
  return nodes.flatMap((argMin): Search[] => {
    if (argMin.type !== 'ArgMin' || argMin.attributes['axis'] !== 1 || argMin.attributes['keepdims'] !== 0) return [];
    const reshape = maker(argMin.inputs[0], 'Reshape');
    const product = maker(reshape?.inputs[0], 'MatMul');
    const concat = maker(product?.inputs[0], 'Concat');
    const [blocks, ones, ...more] = concat?.inputs ?? [];
    const shape = numbersOf(known.get(reshape?.inputs[1] ?? ''));
    const [rows, column] = known.get(ones ?? '')?.dims ?? [];
    const [groups, width] = shape;
    if (!product || !blocks || more.length > 0 || !rows || column !== 1 || !groups || !width) return [];
    const places = rows / groups;
    const codes = width / places;
    if (!Number.isInteger(places) || !Number.isInteger(codes) || places < 2) return [];
    return [{ argMin, blocks, left: product.inputs[0]!, right: product.inputs[1]!, groups, places, codes }];
  });
}

/** Of a constant of 64-bit integers that is in the file. */
function numbersOf(constant: PlainConstant | undefined): readonly number[] {
  const { raw, type } = constant ?? {};
  if (!raw || type !== INT64) return [];
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  return Array.from({ length: raw.byteLength / 8 }, (_, i) => Number(view.getBigInt64(8 * i, true)));
}

const INT64 = 7;

/** A place whose error is more than what was removed elsewhere, less what rounding may do, is searched. */
const MARGIN = 1.0001;

/** More than any cost. */
const NEVER = 3e38;

function pruned(
  { argMin, blocks, left, right, groups, places, codes }: Search,
  prefix: string,
): { readonly nodes: readonly NodeProto[]; readonly constants: readonly TensorProto[] } {
  const nodes: NodeProto[] = [];
  const constants: TensorProto[] = [];
  const op = (type: string, inputs: readonly string[], attributes: NodeProto['attributes'] = {}, output?: string) => {
    const name = output ?? `${prefix}_${nodes.length}`;
    nodes.push({ type, inputs, outputs: [name], attributes });
    return name;
  };
  const constant = (type: 'float32' | 'int64', values: readonly number[], dims: readonly number[]) => {
    const name = `${prefix}_constant_${constants.length}`;
    const array = type === 'int64' ? BigInt64Array.from(values, BigInt) : Float32Array.from(values);
    constants.push({ name, type, dims, data: { raw: new Uint8Array(array.buffer) } });
    return name;
  };
  /** The least of every row and where it stands, as columns. */
  const leastOf = (costs: string) => {
    const at = op('ArgMin', [costs], { axis: 1, keepdims: 1 });
    return [op('GatherElements', [costs, at], { axis: 1 }), at];
  };
  const all = groups * places;
  const grid = constant('int64', [groups, places], [2]);
  const flat = constant('int64', [-1], [1]);
  const first = constant('int64', Array.from({ length: groups }, (_, i) => i * places), [groups]);
  const columns = constant('int64', [1], [1]);

  const errors = op('Reshape', [op('ReduceSum', [op('Mul', [blocks, blocks]), columns], { keepdims: 1 }), grid]);
  const most = op('Add', [op('ArgMax', [errors], { axis: 1, keepdims: 0 }), first]);
  const tried = op('MatMul', [op('Gather', [left, most], { axis: 0 }), right]);
  const [removed] = leastOf(tried); // negative
  const roomy = op('Mul', [errors, constant('float32', [MARGIN], [])]);
  const mayWin = op('GreaterOrEqual', [op('Add', [roomy, removed!]), constant('float32', [0], [])]);
  const rows = op('Reshape', [op('NonZero', [op('Reshape', [mayWin, flat])]), flat]);
  const costs = op('MatMul', [op('Gather', [left, rows], { axis: 0 }), right]);
  const [least, code] = leastOf(costs).map((column) => op('Reshape', [column, flat]));
  const never = constant('float32', Array<number>(all).fill(NEVER), [all]);
  const none = constant('int64', Array<number>(all).fill(0), [all]);
  const leasts = op('Reshape', [op('ScatterElements', [never, rows, least!], { axis: 0 }), grid]);
  const place = op('ArgMin', [leasts], { axis: 1, keepdims: 0 });
  const found = op('Gather', [op('ScatterElements', [none, rows, code!], { axis: 0 }), op('Add', [place, first])], {
    axis: 0,
  });
  op('Add', [op('Mul', [place, constant('int64', [codes], [])]), found], {}, argMin.outputs[0]!);
  return { nodes, constants };
}
