import { TokenoscopeError, throwIfAborted } from '../../core/errors';
import type { DataFile, PlainTensor, Runtime } from '../ort/runtime';
import { OPERATORS } from './operators';
import { type PlainConstant, type PlainNode, readGraph, typeName } from './read-graph';
import { widen } from './widen';

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
    const values = new Map<string, PlainTensor>();
    for (const constant of graph.constants) values.set(constant.name, numbersOf(constant, data));
    // What depends on no input is computed once.
    const rest = graph.nodes.filter((node) => {
      if (node.inputs.some((name) => !values.has(name))) return true;
      values.set(node.outputs[0]!, compute(node, values));
      return false;
    });
    const needed = new Set(rest.flatMap(({ inputs }) => inputs));
    for (const name of values.keys()) if (!needed.has(name)) values.delete(name);

    const runAll = async <Name extends string>(
      inputs: Readonly<Record<string, PlainTensor>>,
      outputs: readonly Name[],
      signal?: AbortSignal,
    ) => {
      throwIfAborted(signal);
      const known = new Map([...values, ...Object.entries(inputs)]);
      for (const node of rest) known.set(node.outputs[0]!, compute(node, known));
      const found = outputs.map((name) => [name, known.get(name)]);
      return Object.fromEntries(found) as Readonly<Record<Name, PlainTensor>>;
    };
    return {
      runAll,
      run: async (inputs, output, signal) => (await runAll(inputs, [output], signal))[output]!,
      release: async () => values.clear(),
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
function numbersOf(
  { name, type, dims, raw, external }: PlainConstant,
  data: readonly DataFile[],
): PlainTensor {
  const file = data.find(({ path }) => path === external['location'])?.bytes;
  const offset = Number(external['offset'] ?? 0);
  const bytes = raw ?? file?.subarray(offset, offset + Number(external['length']));
  const values = bytes && widen(bytes, typeName(type));
  if (!values) throw new TokenoscopeError('model-corrupt', `The model's constant "${name}" cannot be read.`);
  return { data: values, dims };
}
