import { PbfWriter } from 'pbf';

/** `TensorProto.DataType` of ONNX. */
export const DATA_TYPE = { float32: 1, int32: 6, int64: 7, bool: 9, float16: 10, bfloat16: 16 } as const;
export type DataType = keyof typeof DATA_TYPE;

/** The value of a node's attribute: numbers are written as integers; see `float` for the others. */
export type Attribute = number | string | readonly number[] | { readonly float: number };

export interface NodeProto {
  readonly type: string;
  /** Empty names stand for optional inputs that are not given. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/** A constant: its bytes, or where they lie in another file. */
export interface TensorProto {
  readonly name: string;
  readonly type: DataType;
  readonly dims: readonly number[];
  readonly data:
    | { readonly raw: Uint8Array }
    | { readonly path: string; readonly offset: number; readonly length: number };
}

export interface ValueProto {
  readonly name: string;
  readonly type: DataType;
  /** Null where the file need not say it. */
  readonly dims: readonly number[] | null;
}

export interface GraphProto {
  readonly name: string;
  readonly nodes: readonly NodeProto[];
  readonly initializers: readonly TensorProto[];
  readonly inputs: readonly ValueProto[];
  readonly outputs: readonly ValueProto[];
}

const IR_VERSION = 9;

/**
 * A `ModelProto` in protocol buffer form (onnx/onnx.proto3, IR version 9).
 * @param opset version of the default operator set
 */
export function encodeModel(graph: GraphProto, opset: number): Uint8Array {
  const model = new PbfWriter();
  model.writeVarintField(1, IR_VERSION);
  model.writeStringField(2, 'tokenoscope');
  model.writeMessage(7, writeGraph, graph);
  model.writeMessage(8, (version, out) => out.writeVarintField(2, version), opset);
  return model.finish();
}

function writeGraph(graph: GraphProto, out: PbfWriter): void {
  for (const node of graph.nodes) out.writeMessage(1, writeNode, node);
  out.writeStringField(2, graph.name);
  for (const tensor of graph.initializers) out.writeMessage(5, writeTensor, tensor);
  for (const value of graph.inputs) out.writeMessage(11, writeValue, value);
  for (const value of graph.outputs) out.writeMessage(12, writeValue, value);
}

/** A field `node` of a graph. */
export function writeNode(node: NodeProto, out: PbfWriter): void {
  for (const input of node.inputs) out.writeStringField(1, input);
  for (const output of node.outputs) out.writeStringField(2, output);
  out.writeStringField(3, node.outputs[0] ?? '');
  out.writeStringField(4, node.type);
  for (const [name, value] of Object.entries(node.attributes)) {
    out.writeMessage(5, writeAttribute, { name, value });
  }
}

function writeAttribute({ name, value }: { name: string; value: Attribute }, out: PbfWriter): void {
  const FLOAT = 1;
  const INT = 2;
  const STRING = 3;
  const INTS = 7;
  out.writeStringField(1, name);
  if (typeof value === 'number') {
    out.writeVarintField(3, value);
    out.writeVarintField(20, INT);
  } else if (typeof value === 'string') {
    out.writeStringField(4, value);
    out.writeVarintField(20, STRING);
  } else if ('float' in value) {
    out.writeFloatField(2, value.float);
    out.writeVarintField(20, FLOAT);
  } else {
    for (const item of value) out.writeVarintField(8, item);
    out.writeVarintField(20, INTS);
  }
}

function writeTensor({ name, type, dims, data }: TensorProto, out: PbfWriter): void {
  for (const dim of dims) out.writeVarintField(1, dim);
  out.writeVarintField(2, DATA_TYPE[type]);
  out.writeStringField(8, name);
  if ('raw' in data) {
    out.writeBytesField(9, data.raw);
    return;
  }
  const EXTERNAL = 1;
  const { path, offset, length } = data;
  for (const entry of [
    ['location', path],
    ['offset', String(offset)],
    ['length', String(length)],
  ] as const) {
    out.writeMessage(
      13,
      ([key, value], entryOut) => {
        entryOut.writeStringField(1, key);
        entryOut.writeStringField(2, value);
      },
      entry,
    );
  }
  out.writeVarintField(14, EXTERNAL);
}

/** A field `input` or `output` of a graph. */
export function writeValue({ name, type, dims }: ValueProto, out: PbfWriter): void {
  out.writeStringField(1, name);
  out.writeMessage(2, writeType, { type, dims });
}

function writeType(type: Pick<ValueProto, 'type' | 'dims'>, out: PbfWriter): void {
  out.writeMessage(
    1,
    (tensor, tensorOut) => {
      tensorOut.writeVarintField(1, DATA_TYPE[tensor.type]);
      if (!tensor.dims) return;
      tensorOut.writeMessage(
        2,
        (dims, shapeOut) => {
          for (const dim of dims) {
            shapeOut.writeMessage(1, (size, dimOut) => dimOut.writeVarintField(1, size), dim);
          }
        },
        tensor.dims,
      );
    },
    type,
  );
}
