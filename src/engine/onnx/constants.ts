import { PbfReader } from 'pbf';

/** A constant of a graph: its bytes, or where they lie in the file of weights beside it. */
export interface GraphConstant {
  readonly name: string;
  /** `TensorProto.DataType`. */
  readonly type: number;
  readonly dims: readonly number[];
  readonly raw: Uint8Array | undefined;
  readonly offset: number;
  readonly length: number;
}

/** The constants of an ONNX file, and for one kind of operator which values each of its nodes reads, in order. */
export interface GraphConstants {
  readonly constants: readonly GraphConstant[];
  readonly inputsOf: (operator: string) => readonly (readonly string[])[];
}

interface Tensor {
  name: string;
  type: number;
  dims: number[];
  raw: Uint8Array | undefined;
  external: Record<string, string>;
}

/**
 * Reads the constants of a graph (onnx/onnx.proto3), without running anything.
 * @throws Error where the bytes are not a protocol buffer
 */
export function readConstants(file: Uint8Array): GraphConstants {
  const constants: GraphConstant[] = [];
  const nodes: { type: string; readonly inputs: string[] }[] = [];
  new PbfReader(file).readFields((tag, _, pbf) => {
    if (tag !== 7) return;
    pbf.readMessage((field) => {
      if (field === 1) nodes.push(pbf.readMessage(readNode, { type: '', inputs: [] }));
      else if (field === 5) {
        const empty: Tensor = { name: '', type: 0, dims: [], raw: undefined, external: {} };
        const { external, ...tensor } = pbf.readMessage(readTensor, empty);
        constants.push({
          ...tensor,
          offset: Number(external.offset ?? 0),
          length: Number(external.length ?? tensor.raw?.length ?? 0),
        });
      }
    }, null);
  }, null);
  return {
    constants,
    inputsOf: (operator) => nodes.filter(({ type }) => type === operator).map(({ inputs }) => inputs),
  };
}

function readNode(tag: number, node: { type: string; readonly inputs: string[] }, pbf: PbfReader): void {
  if (tag === 1) node.inputs.push(pbf.readString());
  else if (tag === 4) node.type = pbf.readString();
}

function readTensor(tag: number, tensor: Tensor, pbf: PbfReader): void {
  if (tag === 1) pbf.readPackedVarint(tensor.dims);
  else if (tag === 2) tensor.type = pbf.readVarint();
  else if (tag === 8) tensor.name = pbf.readString();
  else if (tag === 9) tensor.raw = pbf.readBytes();
  else if (tag === 13) {
    const entry = pbf.readMessage(readEntry, { key: '', value: '' });
    tensor.external[entry.key] = entry.value;
  }
}

function readEntry(tag: number, entry: { key: string; value: string }, pbf: PbfReader): void {
  if (tag === 1) entry.key = pbf.readString();
  else if (tag === 2) entry.value = pbf.readString();
}
