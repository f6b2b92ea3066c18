import { TokenoscopeError } from '../../../core/errors';
import { damaged } from '../damaged';
import { type Pickled, unpickle } from './pickle';
import { PickleEnds } from './pickle-reader';
import { elements, isTensor, type TorchStorage, type TorchTensor } from './tensors';
import { torchHost } from './torch-host';
import { dataStart, listZip, type ReadAt, type ZipEntry } from './zip';

/** A file that torch.save wrote, read as data. */
export interface TorchFile {
  /** What it holds. */
  readonly root: Pickled;
  /** Where the bytes of a storage begin in the file. @throws TokenoscopeError `model-corrupt` */
  locate(storage: TorchStorage): Promise<number>;
}

/** The pickle of a checkpoint has a few hundred bytes for each tensor. */
const PICKLE_LIMIT = 64_000_000;
const FIRST_READ = 256 * 1024;
const LEGACY_MAGIC = 0x1950a86a20f9469cfc6cn;

/** How many bytes `isTorchFile` looks at. */
export const TORCH_SIGNATURE = 4;

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
  const read = async (entry: ZipEntry) =>
    await readAt(await dataStart(readAt, length, entry, name), entry.length);
  const order = files.get(`${root}byteorder`);
  if (order && order.length < 16 && new TextDecoder().decode(await read(order)) === 'big') {
    throw new TokenoscopeError(
      'checkpoint-refused',
      `${name} was written on a machine with the other order of bytes.`,
      'Save it again on an ordinary one.',
    );
  }
  return {
    root: onlyPickle(await read(pickle), name),
    async locate(storage) {
      const entry = files.get(`${root}data/${storage.key}`);
      if (!entry) throw damaged(name, `the numbers "${storage.key}" are missing`);
      if (entry.length < storage.length * elements[storage.type]) {
        throw damaged(name, `the numbers "${storage.key}" are cut`);
      }
      return await dataStart(readAt, length, entry, name);
    },
  };
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
      return streamed(bytes, readAt, length, name);
    } catch (error) {
      if (!(error instanceof PickleEnds)) throw error;
      if (size >= length) throw damaged(name, 'its pickle is cut');
      if (size > PICKLE_LIMIT) throw damaged(name, 'its pickle has no end');
    }
  }
}

function streamed(bytes: Uint8Array, readAt: ReadAt, length: number, name: string): TorchFile {
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
    return { root: first.value, locate: () => Promise.reject(damaged(name, 'its numbers are missing')) };
  }
  const version = unpickle(bytes, first.end, host, name);
  const system = unpickle(bytes, version.end, host, name);
  const object = unpickle(bytes, system.end, watched, name);
  const keys = unpickle(bytes, object.end, host, name);
  if (!Array.isArray(keys.value)) throw damaged(name, 'it does not list its numbers');
  const places = new Map<string, number>();
  let at = keys.end;
  for (const key of keys.value as readonly Pickled[]) {
    const storage = typeof key === 'string' ? met.get(key) : undefined;
    if (!storage) throw damaged(name, 'it lists numbers that it does not use');
    // Each is preceded by its length, in numbers.
    places.set(storage.key, at + 8);
    at += 8 + storage.length * elements[storage.type];
  }
  if (at > length) throw damaged(name, `it should have ${at} bytes and has ${length}`);
  return {
    root: object.value,
    async locate(storage) {
      const place = places.get(storage.key);
      if (place === undefined) throw damaged(name, `the numbers "${storage.key}" are missing`);
      const view = new DataView((await readAt(place - 8, 8)).slice().buffer);
      if (Number(view.getBigInt64(0, true)) !== storage.length) {
        throw damaged(name, `the numbers "${storage.key}" are not where they should be`);
      }
      return place;
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
