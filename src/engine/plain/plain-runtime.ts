import { TokenoscopeError, throwIfAborted } from '../../core/errors';
import type { DataFile, PlainTensor, Runtime } from '../ort/runtime';
import { OPERATORS } from './operators';
import { type PlainConstant, type PlainNode, readGraph, typeName } from './read-graph';
import { gatherRows, nextTable, type Table, tablesOf } from './tables';
import { BYTES, widen } from './widen';

/** Whether a graph consists of operators that run without onnxruntime. */
export function runsPlainly(graph: Uint8Array): boolean {
  return readGraph(graph).nodes.every(({ type, outputs }) => type in OPERATORS && outputs.length === 1);
}

/**
 * Runs small graphs in JavaScript alone. It starts at once, where onnxruntime takes a second: for a first picture.
 * Its results are within rounding of onnxruntime's.
 */
export const plainRuntime: Runtime = {
  threads: 1,
  load: async (file, data) => {
    const graph = readGraph(file);
    const wanted = tablesOf(graph.nodes, graph.constants);
    const tables = new Map<string, Table>();
    const values = new Map<string, PlainTensor>();
    for (const constant of graph.constants) {
      if (wanted.has(constant.name)) tables.set(constant.name, tableOf(constant, data));
      else values.set(constant.name, numbersOf(constant, data));
    }
    // What depends on no input is computed once, or row by row where few rows are asked for.
    const rest = graph.nodes.filter((node) => {
      const [first = '', ...others] = node.inputs;
      const [output = ''] = node.outputs;
      const table = tables.get(first);
      if (table && wanted.has(output)) {
        tables.set(
          output,
          nextTable(
            node,
            table,
            others.map((name) => values.get(name)!),
          ),
        );
        return false;
      }
      if (table || node.inputs.some((name) => !values.has(name))) return true;
      values.set(output, compute(node, values));
      return false;
    });
    const needed = new Set(rest.flatMap(({ inputs }) => inputs));
    for (const name of values.keys()) if (!needed.has(name)) values.delete(name);
    for (const name of tables.keys()) if (!needed.has(name)) tables.delete(name);

    const runAll = async <Name extends string>(
      inputs: Readonly<Record<string, PlainTensor>>,
      outputs: readonly Name[],
      signal?: AbortSignal,
    ) => {
      throwIfAborted(signal);
      const known = new Map([...values, ...Object.entries(inputs)]);
      for (const node of rest) {
        const table = tables.get(node.inputs[0]!);
        known.set(
          node.outputs[0]!,
          table ? gatherRows(table, known.get(node.inputs[1]!)!) : compute(node, known),
        );
      }
      const found = outputs.map((name) => [name, known.get(name)]);
      return Object.fromEntries(found) as Readonly<Record<Name, PlainTensor>>;
    };
    return {
      runAll,
      run: async (inputs, output, signal) => (await runAll(inputs, [output], signal))[output]!,
      release: async () => {
        values.clear();
        tables.clear();
      },
    };
  },
};

function compute(node: PlainNode, values: ReadonlyMap<string, PlainTensor>): PlainTensor {
  const operator = OPERATORS[node.type];
  const inputs = node.inputs.map((name) => values.get(name));
  if (!operator || inputs.includes(undefined)) {
    throw new TokenoscopeError(
      'model-run',
      `The model's ${node.type} cannot be computed without onnxruntime.`,
    );
  }
  return operator(inputs as PlainTensor[], node.attributes);
}

/** A constant as 32-bit numbers. */
function numbersOf(constant: PlainConstant, data: readonly DataFile[]): PlainTensor {
  const { name, type, dims } = constant;
  const bytes = bytesOf(constant, data);
  const values = bytes && widen(bytes, typeName(type));
  if (!values) throw unreadable(name);
  return { data: values, dims };
}

/** The same, read where it is looked at. */
function tableOf(constant: PlainConstant, data: readonly DataFile[]): Table {
  const { name, type, dims } = constant;
  const bytes = bytesOf(constant, data);
  const kind = typeName(type);
  const size = BYTES[kind ?? ''];
  if (!bytes || size === undefined) throw unreadable(name);
  return { dims, read: (from, to) => widen(bytes.subarray(from * size, to * size), kind)! };
}

function bytesOf({ raw, external }: PlainConstant, data: readonly DataFile[]): Uint8Array | undefined {
  const file = data.find(({ path }) => path === external['location'])?.bytes;
  const offset = Number(external['offset'] ?? 0);
  return raw ?? file?.subarray(offset, offset + Number(external['length']));
}

function unreadable(name: string): TokenoscopeError {
  return new TokenoscopeError('model-corrupt', `The model's constant "${name}" cannot be read.`);
}
