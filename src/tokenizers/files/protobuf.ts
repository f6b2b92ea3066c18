/** A field of a protocol buffer message: a number, or the bytes `[start, end)` of anything longer. */
export interface Field {
  readonly number: number;
  readonly value: number;
  readonly start: number;
  readonly end: number;
}

/** What is wrong with a message, and at which byte. */
export class ProtobufError extends RangeError {
  readonly at: number;

  constructor(what: string, at: number) {
    super(what);
    this.at = at;
  }
}

/**
 * The fields of the message `bytes[start, end)`, in order (protobuf.dev/programming-guides/encoding).
 * @throws ProtobufError where the message is cut short or malformed
 */
export function* fields(bytes: Uint8Array, start = 0, end = bytes.length): Iterable<Field> {
  let at = start;
  const varint = () => {
    const first = at;
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      if (at >= end) throw new ProtobufError('it breaks off', end);
      if (shift > 63) throw new ProtobufError('a number goes on too long', first);
      const byte = bytes[at++]!;
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  };
  const span = (number: number, length: number): Field => {
    if (at + length > end) {
      throw new ProtobufError(`it breaks off: ${length} bytes should follow, ${end - at} do`, at);
    }
    at += length;
    return { number, value: 0, start: at - length, end: at };
  };
  while (at < end) {
    const first = at;
    const tag = varint();
    const number = Math.floor(tag / 8);
    if (tag % 8 === 0) yield { number, value: varint(), start: at, end: at };
    else if (tag % 8 === 1) yield span(number, 8);
    else if (tag % 8 === 2) yield span(number, varint());
    else if (tag % 8 === 5) yield span(number, 4);
    else throw new ProtobufError(`no field can have the type ${tag % 8}`, first);
  }
}
