import { PbfReader, PbfWriter } from 'pbf';
import { type PlainNode, readNode } from '../plain/read-graph';
import { type NodeProto, type ValueProto, writeNode, writeValue } from './proto';

/** What is left of a graph, and what comes to it. */
interface Rewriting {
  /** By the first output of a node. */
  readonly keeps: (name: string) => boolean;
  /** After those that are kept. */
  readonly more: readonly NodeProto[];
  /** Instead of the file's own; these stay where it is absent. */
  readonly inputs?: readonly ValueProto[] | undefined;
  /** Instead of the file's own. */
  readonly outputs: readonly ValueProto[];
}

const GRAPH = 7;
const NODE = 1;
const INPUT = 11;
const OUTPUT = 12;
/** How a number is written; everything else on these two levels of ONNX's files is bytes of some length. */
const VARINT = 0;

type Field = number | Uint8Array;

/** A part of an ONNX file's graph. What is kept stays as it is, byte for byte, constants that nothing needs any more too. */
export function rewritten(file: Uint8Array, { keeps, more, inputs, outputs }: Rewriting): Uint8Array {
  const out = new PbfWriter();
  eachField(file, (tag, value) => {
    if (tag === GRAPH && typeof value !== 'number') out.writeBytesField(tag, graphOf(value));
    else copy(out, tag, value);
  });
  return out.finish();

  function graphOf(graph: Uint8Array): Uint8Array {
    const written = new PbfWriter();
    eachField(graph, (tag, value) => {
      if (tag === NODE && typeof value !== 'number' && !keeps(firstOutput(value))) return;
      if (tag === OUTPUT || (tag === INPUT && inputs)) return;
      copy(written, tag, value);
    });
    for (const node of more) written.writeMessage(NODE, writeNode, node);
    for (const value of inputs ?? []) written.writeMessage(INPUT, writeValue, value);
    for (const value of outputs) written.writeMessage(OUTPUT, writeValue, value);
    return written.finish();
  }
}

function eachField(message: Uint8Array, visit: (tag: number, value: Field) => void): void {
  new PbfReader(message).readFields((tag, _, field) => {
    visit(tag, field.type === VARINT ? field.readVarint() : field.readBytes());
  }, null);
}

function copy(out: PbfWriter, tag: number, value: Field): void {
  if (typeof value === 'number') out.writeVarintField(tag, value);
  else out.writeBytesField(tag, value);
}

function firstOutput(node: Uint8Array): string {
  const read: PlainNode = { type: '', inputs: [], outputs: [], attributes: {} };
  return new PbfReader(node).readFields(readNode, read).outputs[0] ?? '';
}
