import { codes } from './opcodes';
import { PickleReader } from './pickle-reader';

/** What a pickle can hold here: plain data, and what the host makes of the names that it allows. */
export type Pickled =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | readonly Pickled[]
  | Map<Pickled, Pickled>
  | Set<Pickled>
  | PickledObject;

/** Something that only the host understands. */
export interface PickledObject {
  readonly kind: string;
}

/** Decides what the names in a pickle mean. Nothing of a pickle is ever executed. */
export interface PickleHost {
  /** The value of `module.name`. @throws TokenoscopeError `checkpoint-refused` that says what it would have done */
  global(module: string, name: string): Pickled;
  /** What a call of a global would have given. @throws TokenoscopeError `checkpoint-refused` */
  call(callee: Pickled, args: readonly Pickled[]): Pickled;
  /** Gives an object its state. @throws TokenoscopeError `checkpoint-refused` */
  build(target: Pickled, state: Pickled): void;
  /** The value that stands outside of the pickle. @throws TokenoscopeError `checkpoint-refused` */
  persistent(id: Pickled): Pickled;
}

export interface Unpickled {
  readonly value: Pickled;
  /** Where the pickle ends in the bytes. */
  readonly end: number;
}

/** The place of a mark on the stack is kept beside it. */
interface State {
  stack: Pickled[];
  readonly marks: number[];
  readonly memo: Map<number, Pickled>;
}

/**
 * Reads one pickle of protocol 2 to 5 (Python's pickletools documents the opcodes) as data. Every opcode takes at least a
 * byte and makes at most one object, so time and memory are bounded by the length of the bytes.
 * @param start where it begins
 * @throws PickleEnds; TokenoscopeError `model-corrupt` for what is no pickle, `checkpoint-refused` from the host
 */
export function unpickle(bytes: Uint8Array, start: number, host: PickleHost, name: string): Unpickled {
  const reader = new PickleReader(bytes, start, name);
  const state: State = { stack: [], marks: [], memo: new Map() };
  for (;;) {
    const at = reader.at;
    const code = reader.byte();
    if (code === codes.STOP) return { value: pop(state, reader), end: reader.at };
    const literal = readLiteral(code, reader);
    if (literal !== undefined) state.stack.push(literal);
    else if (!arrange(code, state, reader) && !imported(code, state, reader, host)) {
      throw reader.damaged(`byte ${at} of its pickle is no opcode of protocols 2 to 5 (${code})`);
    }
  }
}

/** Opcodes that push a value which stands behind them. */
function readLiteral(code: number, reader: PickleReader): Pickled | undefined {
  switch (code) {
    case codes.NONE:
      return null;
    case codes.NEWTRUE:
      return true;
    case codes.NEWFALSE:
      return false;
    case codes.BININT:
      return reader.view(4).getInt32(0, true);
    case codes.BININT1:
      return reader.byte();
    case codes.BININT2:
      return reader.view(2).getUint16(0, true);
    case codes.LONG1:
      return longOf(reader.take(reader.byte()));
    case codes.LONG4:
      return longOf(reader.take(reader.length(4)));
    case codes.BINFLOAT:
      return reader.view(8).getFloat64(0, false);
    case codes.SHORT_BINUNICODE:
      return reader.text(reader.byte());
    case codes.BINUNICODE:
      return reader.text(reader.length(4));
    case codes.BINUNICODE8:
      return reader.text(reader.length(8));
    case codes.SHORT_BINSTRING:
      return reader.text(reader.byte());
    case codes.BINSTRING:
      return reader.text(reader.length(4));
    case codes.SHORT_BINBYTES:
      return reader.take(reader.byte());
    case codes.BINBYTES:
      return reader.take(reader.length(4));
    case codes.BINBYTES8:
    case codes.BYTEARRAY8:
      return reader.take(reader.length(8));
    case codes.EMPTY_LIST:
    case codes.EMPTY_TUPLE:
      return [];
    case codes.EMPTY_DICT:
      return new Map();
    case codes.EMPTY_SET:
      return new Set();
    default:
      return undefined;
  }
}

/** Opcodes that arrange what is on the stack. */
function arrange(code: number, state: State, reader: PickleReader): boolean {
  const { stack, marks, memo } = state;
  switch (code) {
    case codes.PROTO: {
      const protocol = reader.byte();
      if (protocol < 2 || protocol > 5) throw reader.damaged(`its pickle is of protocol ${protocol}`);
      return true;
    }
    case codes.FRAME:
      reader.take(8);
      return true;
    case codes.MARK:
      marks.push(stack.length);
      return true;
    case codes.POP:
      pop(state, reader);
      return true;
    case codes.POP_MARK:
      sinceMark(state, reader);
      return true;
    case codes.DUP:
      stack.push(top(state, reader));
      return true;
    case codes.TUPLE:
    case codes.LIST:
      stack.push(sinceMark(state, reader));
      return true;
    case codes.FROZENSET:
      stack.push(new Set(sinceMark(state, reader)));
      return true;
    case codes.DICT:
      stack.push(paired(sinceMark(state, reader), new Map(), reader));
      return true;
    case codes.TUPLE1:
    case codes.TUPLE2:
    case codes.TUPLE3: {
      const count = code - codes.TUPLE1 + 1;
      const items = Array.from({ length: count }, () => pop(state, reader));
      stack.push(items.reverse());
      return true;
    }
    case codes.APPEND: {
      const item = pop(state, reader);
      listAt(state, reader).push(item);
      return true;
    }
    case codes.APPENDS: {
      const items = sinceMark(state, reader);
      const list = listAt(state, reader);
      for (const item of items) list.push(item);
      return true;
    }
    case codes.ADDITEMS: {
      const items = sinceMark(state, reader);
      const set = top(state, reader);
      if (!(set instanceof Set)) throw reader.damaged('its pickle adds to something that is no set');
      for (const item of items) set.add(item);
      return true;
    }
    case codes.SETITEM: {
      const value = pop(state, reader);
      const key = pop(state, reader);
      paired([key, value], top(state, reader), reader);
      return true;
    }
    case codes.SETITEMS: {
      const items = sinceMark(state, reader);
      paired(items, top(state, reader), reader);
      return true;
    }
    case codes.BINPUT:
      memo.set(reader.byte(), top(state, reader));
      return true;
    case codes.LONG_BINPUT:
      memo.set(reader.length(4), top(state, reader));
      return true;
    case codes.MEMOIZE:
      memo.set(memo.size, top(state, reader));
      return true;
    case codes.BINGET:
      stack.push(remembered(memo, reader.byte(), reader));
      return true;
    case codes.LONG_BINGET:
      stack.push(remembered(memo, reader.length(4), reader));
      return true;
    default:
      return false;
  }
}

/** Opcodes that would import or call: the host says what they give. */
function imported(code: number, state: State, reader: PickleReader, host: PickleHost): boolean {
  const { stack } = state;
  switch (code) {
    case codes.GLOBAL:
      stack.push(host.global(reader.line(), reader.line()));
      return true;
    case codes.STACK_GLOBAL: {
      const name = pop(state, reader);
      const module = pop(state, reader);
      if (typeof name !== 'string' || typeof module !== 'string')
        throw reader.damaged('a name in its pickle is no text');
      stack.push(host.global(module, name));
      return true;
    }
    case codes.REDUCE:
    case codes.NEWOBJ: {
      const args = argumentsOf(pop(state, reader), reader);
      stack.push(host.call(pop(state, reader), args));
      return true;
    }
    case codes.NEWOBJ_EX: {
      const named = pop(state, reader);
      const args = argumentsOf(pop(state, reader), reader);
      if (!(named instanceof Map) || named.size > 0)
        throw reader.damaged('its pickle makes an object with named arguments');
      stack.push(host.call(pop(state, reader), args));
      return true;
    }
    case codes.BUILD: {
      const built = pop(state, reader);
      host.build(top(state, reader), built);
      return true;
    }
    case codes.BINPERSID:
      stack.push(host.persistent(pop(state, reader)));
      return true;
    default:
      return false;
  }
}

function top({ stack, marks }: State, reader: PickleReader): Pickled {
  const value = stack.at(-1);
  if (value === undefined || stack.length === marks.at(-1))
    throw reader.damaged('its pickle takes what is not there');
  return value;
}

function pop(state: State, reader: PickleReader): Pickled {
  const value = top(state, reader);
  state.stack.pop();
  return value;
}

function sinceMark({ stack, marks }: State, reader: PickleReader): Pickled[] {
  const mark = marks.pop();
  if (mark === undefined) throw reader.damaged('its pickle ends a group that never began');
  return stack.splice(mark);
}

function listAt(state: State, reader: PickleReader): Pickled[] {
  const list = top(state, reader);
  if (!Array.isArray(list)) throw reader.damaged('its pickle appends to something that is no list');
  return list as Pickled[];
}

function paired(items: readonly Pickled[], target: Pickled, reader: PickleReader): Map<Pickled, Pickled> {
  if (!(target instanceof Map) || items.length % 2 === 1)
    throw reader.damaged('its pickle fills something that is no dictionary');
  for (let i = 0; i < items.length; i += 2) target.set(items[i]!, items[i + 1]!);
  return target;
}

function argumentsOf(value: Pickled, reader: PickleReader): readonly Pickled[] {
  if (!Array.isArray(value)) throw reader.damaged('its pickle calls something without arguments');
  return value as readonly Pickled[];
}

function remembered(memo: ReadonlyMap<number, Pickled>, key: number, reader: PickleReader): Pickled {
  const value = memo.get(key);
  if (value === undefined) throw reader.damaged('its pickle refers to what it has not said');
  return value;
}

/** A whole number in two's complement, the least byte first. */
function longOf(bytes: Uint8Array): number | bigint {
  // Numbers of thousands of digits have no place in a checkpoint, and take long to read.
  let value = 0n;
  for (const [i, byte] of bytes.subarray(0, 64).entries()) value |= BigInt(byte) << BigInt(8 * i);
  if (bytes.length > 0 && bytes.length <= 64 && bytes.at(-1)! >= 128) value -= 1n << BigInt(8 * bytes.length);
  const small = Number(value);
  return Number.isSafeInteger(small) ? small : value;
}
