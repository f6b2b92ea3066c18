import { PbfReader } from 'pbf';

interface Node {
  type: string;
  readonly inputs: string[];
  readonly outputs: string[];
}

/** Operators that pass a constant on in its shape, used where graphs store weights in 16 or 8 bits. */
const SAME_SHAPE = new Set(['Cast', 'Identity', 'DequantizeLinear']);

/**
 * The shapes of all convolutions' weights in an ONNX file, [out, in / group, ...kernel] each; undefined where a
 * weight is computed. Convolutions inside `If` and `Loop` are ignored.
 * @throws Error where the bytes are not a protocol buffer
 */
export function convolutionWeights(file: Uint8Array): (readonly number[] | undefined)[] {
  const shapes = new Map<string, readonly number[]>();
  const nodes: Node[] = [];
  new PbfReader(file).readFields((tag, _, pbf) => {
    if (tag !== 7) return;
    pbf.readMessage((field) => {
      if (field === 1) nodes.push(pbf.readMessage(readNode, { type: '', inputs: [], outputs: [] }));
      else if (field === 5) {
        const { name, dims } = pbf.readMessage(readTensor, { name: '', dims: [] });
        shapes.set(name, dims);
      }
    }, null);
  }, null);
  // Nodes are in the order in which they are computed.
  for (const { type, inputs, outputs } of nodes) {
    const [first, second] = inputs.map((name) => shapes.get(name));
    const dims = SAME_SHAPE.has(type) ? first : type === 'Mul' ? broadcast(first, second) : undefined;
    if (dims) shapes.set(outputs[0] ?? '', dims);
  }
  return nodes.filter(({ type }) => type === 'Conv').map(({ inputs }) => shapes.get(inputs[1] ?? ''));
}

/** The shape of a product of two constants of one rank: 8-bit weights and a scale for each output channel. */
function broadcast(a: readonly number[] | undefined, b: readonly number[] | undefined) {
  if (a?.length !== b?.length) return undefined;
  return a?.map((size, i) => Math.max(size, b![i]!));
}

/** onnx/onnx.proto3, `NodeProto`. */
function readNode(tag: number, node: Node, pbf: PbfReader): void {
  if (tag === 1) node.inputs.push(pbf.readString());
  else if (tag === 2) node.outputs.push(pbf.readString());
  else if (tag === 4) node.type = pbf.readString();
}

/** onnx/onnx.proto3, `TensorProto`: its name and shape alone. */
function readTensor(tag: number, tensor: { name: string; dims: number[] }, pbf: PbfReader): void {
  if (tag === 1) pbf.readPackedVarint(tensor.dims);
  else if (tag === 8) tensor.name = pbf.readString();
}
