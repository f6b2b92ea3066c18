import { PbfReader, PbfWriter } from 'pbf';
import { type PlainNode, readNode } from '../plain/read-graph';
import { type NodeProto, type TensorProto, writeNode, writeTensor } from './proto';

/** What changes in a graph. */
export interface Rewriting {
  /** By the first output of a node: what stands in its place. */
  readonly replaced: ReadonlyMap<string, readonly NodeProto[]>;
  /** Constants that the new nodes need. */
  readonly constants: readonly TensorProto[];
}

const GRAPH = 7;
const NODE = 1;
const CONSTANT = 5;
/** How a field is written: a number, or bytes of some length. ONNX's files have no other on these two levels. */
const VARINT = 0;

/** An ONNX file with other nodes in the place of some; everything else stays as it is, byte for byte. */
export function rewritten(file: Uint8Array, { replaced, constants }: Rewriting): Uint8Array {
  const out = new PbfWriter();
  eachField(file, (tag, value) => {
    if (tag === GRAPH && typeof value !== 'number') out.writeBytesField(tag, graphOf(value));
    else copy(out, tag, value);
  });
  return out.finish();

  function graphOf(graph: Uint8Array): Uint8Array {
    const written = new PbfWriter();
    eachField(graph, (tag, value) => {
      const others = tag === NODE && typeof value !== 'number' && replaced.get(firstOutput(value));
      if (!others) copy(written, tag, value);
      else for (const node of others) written.writeMessage(NODE, writeNode, node);
    });
    for (const tensor of constants) written.writeMessage(CONSTANT, writeTensor, tensor);
    return written.finish();
  }
}

function eachField(message: Uint8Array, visit: (tag: number, value: number | Uint8Array) => void): void {
  new PbfReader(message).readFields((tag, _, field) => {
    visit(tag, field.type === VARINT ? field.readVarint() : field.readBytes());
  }, null);
}

function copy(out: PbfWriter, tag: number, value: number | Uint8Array): void {
  if (typeof value === 'number') out.writeVarintField(tag, value);
  else out.writeBytesField(tag, value);
}

function firstOutput(node: Uint8Array): string {
  const read: PlainNode = { type: '', inputs: [], outputs: [], attributes: {} };
  return new PbfReader(node).readFields(readNode, read).outputs[0] ?? '';
}
