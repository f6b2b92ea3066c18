import { TokenoscopeError } from '../../../core/errors';
import { damaged } from '../damaged';
import { type Pickled, unpickle } from './pickle';
import { PickleEnds } from './pickle-reader';
import { elements, isTensor, type TorchStorage, type TorchTensor } from './tensors';
import { torchHost } from './torch-host';
import { expectedPlace, findPlace, listZip, type ReadAt, type ZipEntry } from './zip';

/** Bytes that stand at a place in a file. */
export interface KnownBytes {
  readonly from: number;
  readonly bytes: Uint8Array;
}

/** Where the bytes of a storage begin in a file, and what the file itself says of it just before. */
export interface StoragePlace {
  readonly start: number;
  readonly said: KnownBytes;
}

/** A file that torch.save wrote, read as data. */
export interface TorchFile {
  /** What it holds. */
  readonly root: Pickled;
  /** The pickle itself, by which the file is known again. */
  readonly pickle: KnownBytes;
  /** Where storages are, by their keys. @throws TokenoscopeError `model-corrupt` */
  locate(storages: readonly TorchStorage[]): Promise<ReadonlyMap<string, StoragePlace>>;
}

/** The pickle of a checkpoint has a few hundred bytes for each tensor. */
const PICKLE_LIMIT = 64_000_000;
const FIRST_READ = 256 * 1024;
/** PyTorch's own alignment of storages in an archive, unless it says another. */
const ALIGNMENT = 64;
/** Local headers that are asked for at a time. */
const AT_ONCE = 6;
const LEGACY_MAGIC = 0x1950a86a20f9469cfc6cn;

/** How many bytes `isTorchFile` looks at. */
const TORCH_SIGNATURE = 4;

/** Whether a file begins like one of PyTorch: a zip archive, or a pickle of protocol 2 to 5. */
export function isTorchFile(start: Uint8Array): boolean {
  const [a = 0, b = 0, c = 0, d = 0] = start;
  return (a === 0x50 && b === 0x4b && c === 3 && d === 4) || (a === 0x80 && b >= 2 && b <= 5);
}

/**
 * Reads a file of PyTorch, of which only the names, shapes and places of its tensors are read: a zip archive
 * (torch.save since 1.6) or the stream of pickles before that. Nothing in it is executed.
 * @param readAt gives a part of the file
 * @param length bytes of the whole file
 * @throws TokenoscopeError `model-corrupt`; `checkpoint-refused` that names what it asks for
 */
export async function readTorchFile(readAt: ReadAt, length: number, name: string): Promise<TorchFile> {
  const start = await readAt(0, Math.min(length, TORCH_SIGNATURE));
  if (!isTorchFile(start)) throw damaged(name, 'it begins like no file of PyTorch');
  return start[0] === 0x50 ? await readArchive(readAt, length, name) : await readStream(readAt, length, name);
}

async function readArchive(readAt: ReadAt, length: number, name: string): Promise<TorchFile> {
  const entries = await listZip(readAt, length, name);
  const pickle = entries.find((entry) => /(?:^|\/)data\.pkl$/.test(entry.name));
  if (!pickle) {
    throw new TokenoscopeError(
      'checkpoint-refused',
      `${name} is a zip archive, but not one of PyTorch: there is no data.pkl in it.`,
      'Where it is an archive of a checkpoint, unpack it and drop what is in it.',
    );
  }
  if (pickle.length > PICKLE_LIMIT) throw damaged(name, `its pickle would take ${pickle.length} bytes`);
  const root = pickle.name.slice(0, -'data.pkl'.length);
  const files = new Map(entries.map((entry) => [entry.name, entry]));
  const find = async (entry: ZipEntry) => await findPlace(readAt, length, entry, name);
  const read = async (entry: ZipEntry) => {
    const { start } = await find(entry);
    return { from: start, bytes: await readAt(start, entry.length) };
  };
  const note = async (key: string) => {
    const entry = files.get(root + key);
    return entry && entry.length < 16 ? new TextDecoder().decode((await read(entry)).bytes) : undefined;
  };
  if ((await note('byteorder')) === 'big') {
    throw new TokenoscopeError(
      'checkpoint-refused',
      `${name} was written on a machine with the other order of bytes.`,
      'Save it again on an ordinary one.',
    );
  }
  const known = await read(pickle);
  return {
    root: onlyPickle(known.bytes, name),
    pickle: known,
    async locate(storages) {
      const wanted = storages.map((storage) => {
        const entry = files.get(`${root}data/${storage.key}`);
        if (!entry) throw damaged(name, `the numbers "${storage.key}" are missing`);
        if (entry.length < storage.length * elements[storage.type]) {
          throw damaged(name, `the numbers "${storage.key}" are cut`);
        }
        return entry;
      });
      const said = Number((await note('.storage_alignment')) ?? ALIGNMENT);
      const alignment = said > 0 && said <= 65_536 ? said : ALIGNMENT;
      const expected = wanted.map((entry) => expectedPlace(entry, alignment));
      // A few tell whether PyTorch put all of them there, or another program that made the archive anew.
      const samples = [...new Set([0, wanted.length >> 1, wanted.length - 1])].filter((i) => i in wanted);
      const found = await Promise.all(samples.map((i) => find(wanted[i]!)));
      const isAsExpected =
        found.every(({ start }, i) => start === expected[samples[i]!]!.start) &&
        expected.every(({ start }, i) => start + wanted[i]!.length <= length);
      const places = isAsExpected ? expected : await inTurns(wanted, find);
      return new Map(storages.map(({ key }, i) => [key, places[i]!]));
    },
  };
}

/** Asks for many things, a few at a time. */
async function inTurns<T, R>(things: readonly T[], ask: (thing: T) => Promise<R>): Promise<R[]> {
  const answers: R[] = [];
  for (let at = 0; at < things.length; at += AT_ONCE) {
    answers.push(...(await Promise.all(things.slice(at, at + AT_ONCE).map(ask))));
  }
  return answers;
}

function onlyPickle(bytes: Uint8Array, name: string): Pickled {
  try {
    return unpickle(bytes, 0, torchHost(name), name).value;
  } catch (error) {
    throw error instanceof PickleEnds ? damaged(name, 'its pickle is cut') : error;
  }
}

/** Five pickles (a number, the version, the system, the object, the keys of the storages), then the storages. */
async function readStream(readAt: ReadAt, length: number, name: string): Promise<TorchFile> {
  for (let size = FIRST_READ; ; size *= 4) {
    const bytes = await readAt(0, Math.min(size, length));
    try {
      return streamed(bytes, length, name);
    } catch (error) {
      if (!(error instanceof PickleEnds)) throw error;
      if (size >= length) throw damaged(name, 'its pickle is cut');
      if (size > PICKLE_LIMIT) throw damaged(name, 'its pickle has no end');
    }
  }
}

function streamed(bytes: Uint8Array, length: number, name: string): TorchFile {
  const host = torchHost(name);
  const met = new Map<string, TorchStorage>();
  const watched = {
    ...host,
    persistent: (id: Pickled) => {
      const storage = host.persistent(id) as TorchStorage;
      met.set(storage.key, storage);
      return storage;
    },
  };
  const first = unpickle(bytes, 0, host, name);
  if (first.value !== LEGACY_MAGIC) {
    // One object alone, as pickle.dump writes it; its tensors would bring functions of NumPy along.
    return {
      root: first.value,
      pickle: { from: 0, bytes: bytes.slice(0, first.end) },
      locate: () => Promise.reject(damaged(name, 'its numbers are missing')),
    };
  }
  const version = unpickle(bytes, first.end, host, name);
  const system = unpickle(bytes, version.end, host, name);
  const object = unpickle(bytes, system.end, watched, name);
  const keys = unpickle(bytes, object.end, host, name);
  if (!Array.isArray(keys.value)) throw damaged(name, 'it does not list its numbers');
  const places = new Map<string, StoragePlace>();
  let at = keys.end;
  for (const key of keys.value as readonly Pickled[]) {
    const storage = typeof key === 'string' ? met.get(key) : undefined;
    if (!storage) throw damaged(name, 'it lists numbers that it does not use');
    // Each is preceded by its length, in numbers.
    const count = new Uint8Array(8);
    new DataView(count.buffer).setBigInt64(0, BigInt(storage.length), true);
    places.set(storage.key, { start: at + 8, said: { from: at, bytes: count } });
    at += 8 + storage.length * elements[storage.type];
  }
  if (at > length) throw damaged(name, `it should have ${at} bytes and has ${length}`);
  return {
    root: object.value,
    pickle: { from: 0, bytes: bytes.slice(0, keys.end) },
    async locate(storages) {
      for (const { key } of storages) {
        if (!places.has(key)) throw damaged(name, `the numbers "${key}" are missing`);
      }
      return places;
    },
  };
}

/** The weights of a network, and where they stood in the file: "ema", "model.state_dict". */
export interface StateDict {
  readonly path: string;
  readonly tensors: ReadonlyMap<string, TorchTensor>;
}

/** Which of two with as many tensors is meant: averaged weights are those that are published. */
const PREFERRED = ['ema', 'model_ema', 'ema_model', 'ema_state_dict'];
const DEPTH = 6;
/** What wrappers for several devices and for compilation put in front of every name. */
const WRAPPERS = /^(?:module\.|_orig_mod\.)+/;

/**
 * The dictionaries of tensors in a file, the one with most tensors first; names without the prefixes of wrappers.
 * Dictionaries are looked into to a depth of six, each once.
 */
export function stateDicts(root: Pickled): readonly StateDict[] {
  const found: StateDict[] = [];
  const seen = new Set<Pickled>();
  const visit = (value: Pickled, path: readonly string[]) => {
    if (!(value instanceof Map) || path.length > DEPTH || seen.has(value)) return;
    seen.add(value);
    const tensors = new Map<string, TorchTensor>();
    for (const [key, inner] of value) {
      if (typeof key !== 'string') continue;
      if (isTensor(inner)) tensors.set(key.replace(WRAPPERS, ''), inner);
      else visit(inner, [...path, key]);
    }
    if (tensors.size > 0) found.push({ path: path.join('.'), tensors });
  };
  visit(root, []);
  const rank = ({ path }: StateDict) => (PREFERRED.some((part) => path.split('.').includes(part)) ? 0 : 1);
  return found.sort((a, b) => b.tensors.size - a.tensors.size || rank(a) - rank(b));
}
