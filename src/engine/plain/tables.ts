import type { PlainTensor } from '../ort/runtime';
import { ARITHMETIC, cast, fromEnd, likeOf, padded, product, reshaped, type Values } from './operators';
import type { PlainConstant, PlainNode } from './read-graph';

/** A constant of which a few rows are looked at: of a large codebook a picture needs one row for each token. */
export interface Table {
  readonly dims: readonly number[];
  /** The numbers from one place to another, in the order in which a tensor has them. */
  read(from: number, to: number): Values;
}

/**
 * Which values of a graph are tables: constants, and what is computed of them number by number, where nothing but Gather
 * along the first axis asks for the result. Computing one whole would take longer than drawing a picture.
 */
export function tablesOf(nodes: readonly PlainNode[], constants: readonly PlainConstant[]): Set<string> {
  const users = new Map<string, PlainNode[]>();
  for (const node of nodes) {
    for (const name of node.inputs) users.set(name, [...(users.get(name) ?? []), node]);
  }
  const tables = new Set<string>();
  const fits = (name: string) =>
    users.get(name)?.every(({ type, inputs, outputs, attributes: { axis = 0 } }) => {
      if (inputs[0] !== name || inputs.lastIndexOf(name) > 0) return false;
      return type === 'Gather' ? axis === 0 : type in STEPS && tables.has(outputs[0]!);
    });
  const given = new Set(constants.map(({ name }) => name));
  // What is computed of inputs is no constant; whether it is one is known from the front, and who uses it from the back.
  for (const { type, inputs, outputs } of nodes) {
    if (type in STEPS && inputs.every((name) => given.has(name))) given.add(outputs[0]!);
  }
  for (const { outputs } of nodes.toReversed()) {
    if (given.has(outputs[0]!) && fits(outputs[0]!)) tables.add(outputs[0]!);
  }
  for (const { name } of constants) if (fits(name)) tables.add(name);
  return tables;
}

/** A table that is computed of another one. @param others the node's other inputs */
export function nextTable(
  { type, attributes }: PlainNode,
  table: Table,
  others: readonly PlainTensor[],
): Table {
  return STEPS[type]!(table, others, attributes);
}

/** Gather along the first axis. */
export function gatherRows({ dims, read }: Table, indices: PlainTensor): PlainTensor {
  const [count = 1, ...row] = dims;
  const size = product(row);
  const parts = Array.from(indices.data, (index) => {
    const at = fromEnd(index, count) * size;
    return read(at, at + size);
  });
  const data = likeOf(parts[0] ?? read(0, 0), parts.length * size);
  for (const [i, part] of parts.entries()) data.set(part, i * size);
  return { data, dims: [...indices.dims, ...row] };
}

type Step = (table: Table, others: readonly PlainTensor[], attributes: PlainNode['attributes']) => Table;

/** What may be done to a table without computing all of it. */
const STEPS: Readonly<Record<string, Step>> = {
  Cast: ({ dims, read }, _, { to }) => ({ dims, read: (...range) => cast(read(...range), to as number) }),
  Reshape: ({ dims, read }, [shape]) => ({ dims: reshaped(dims, shape!.data), read }),
  ...Object.fromEntries(Object.entries(ARITHMETIC).map(([type, of]) => [type, arithmetic(of)])),
};

/** With another constant, which is broadcast. */
function arithmetic(of: (a: number, b: number) => number): Step {
  return ({ dims, read }, [other]) => {
    const own = padded(other!.dims, dims.length);
    if (own.length > dims.length || own.some((size, axis) => size !== 1 && size !== dims[axis])) {
      throw new Error(`A table of ${dims.join(' x ')} cannot be broadcast to ${own.join(' x ')}.`);
    }
    const places = placesIn(own, dims);
    return {
      dims,
      read(from, to) {
        const values = read(from, to);
        const data = likeOf(values, values.length);
        for (let i = 0; i < data.length; i++) data[i] = of(values[i]!, other!.data[places(from + i)]!);
        return data;
      },
    };
  };
}

/** Where a broadcast operand of these `dims` has the number that belongs to a place of the result. */
function placesIn(dims: readonly number[], result: readonly number[]): (place: number) => number {
  const axes = result
    .map((size, axis) => ({
      size,
      inner: product(result.slice(axis + 1)),
      stride: dims[axis] === 1 ? 0 : product(dims.slice(axis + 1)),
    }))
    .filter(({ stride }) => stride > 0);
  return (place) =>
    axes.reduce((at, { size, inner, stride }) => at + (Math.floor(place / inner) % size) * stride, 0);
}
