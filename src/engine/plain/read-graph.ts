import { PbfReader } from 'pbf';
import { DATA_TYPE, type DataType } from '../onnx/proto';

/** A node with one output, which is all that `plain` runs. */
export interface PlainNode {
  type: string;
  readonly inputs: string[];
  readonly outputs: string[];
  readonly attributes: Record<string, number | readonly number[]>;
}

/** A constant: its bytes, or where they lie in another file. */
export interface PlainConstant {
  name: string;
  type: number;
  readonly dims: number[];
  raw?: Uint8Array;
  readonly external: Record<string, string>;
}

/** What a graph computes, in the order of its nodes. */
export interface PlainGraph {
  readonly nodes: PlainNode[];
  readonly constants: PlainConstant[];
  readonly outputs: string[];
}

/**
 * Reads an ONNX file (onnx/onnx.proto3): nodes with whole-numbered attributes, constants and the names of the outputs.
 * @throws Error where the bytes are not a protocol buffer
 */
export function readGraph(file: Uint8Array): PlainGraph {
  const graph: PlainGraph = { nodes: [], constants: [], outputs: [] };
  new PbfReader(file).readFields((tag, _, model) => {
    if (tag === 7) model.readMessage(readGraphField, graph);
  }, null);
  return graph;
}

/** The name of an element type, where this project's graphs use it. */
export function typeName(code: number): DataType | 'int8' | undefined {
  if (code === INT8) return 'int8';
  return (Object.keys(DATA_TYPE) as DataType[]).find((name) => DATA_TYPE[name] === code);
}

const INT8 = 3;

function readGraphField(tag: number, graph: PlainGraph, pbf: PbfReader): void {
  if (tag === 1) {
    graph.nodes.push(pbf.readMessage(readNode, { type: '', inputs: [], outputs: [], attributes: {} }));
  } else if (tag === 5) {
    graph.constants.push(pbf.readMessage(readConstant, { name: '', type: 0, dims: [], external: {} }));
  } else if (tag === 12) {
    pbf.readMessage((field, outputs) => {
      if (field === 1) outputs.push(pbf.readString());
    }, graph.outputs);
  }
}

/** Reads one field of a node. */
export function readNode(tag: number, node: PlainNode, pbf: PbfReader): void {
  if (tag === 1) node.inputs.push(pbf.readString());
  else if (tag === 2) node.outputs.push(pbf.readString());
  else if (tag === 4) node.type = pbf.readString();
  else if (tag === 5) {
    const found = { name: '', value: 0, values: [] as number[] };
    pbf.readMessage((field, attribute) => {
      if (field === 1) attribute.name = pbf.readString();
      else if (field === 3) attribute.value = pbf.readVarint(true);
      else if (field === 8) pbf.readPackedVarint(attribute.values, true);
    }, found);
    node.attributes[found.name] = found.values.length > 0 ? found.values : found.value;
  }
}

function readConstant(tag: number, constant: PlainConstant, pbf: PbfReader): void {
  if (tag === 1) pbf.readPackedVarint(constant.dims);
  else if (tag === 2) constant.type = pbf.readVarint();
  else if (tag === 8) constant.name = pbf.readString();
  else if (tag === 9) constant.raw = pbf.readBytes();
  else if (tag === 13) {
    const entry = { key: '', value: '' };
    pbf.readMessage((field, part) => {
      if (field === 1) part.key = pbf.readString();
      else if (field === 2) part.value = pbf.readString();
    }, entry);
    constant.external[entry.key] = entry.value;
  }
}
