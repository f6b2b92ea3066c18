import type { TokenoscopeError } from '../../../core/errors';
import { damaged } from '../damaged';
import type { Pickled, PickledObject, PickleHost } from './pickle';
import { refusedName } from './refusal';
import {
  countOf,
  type ElementType,
  elements,
  isObject,
  isStorage,
  isTensor,
  reachOf,
  type TorchStorage,
} from './tensors';

/** A name of Python that is allowed. It is a word here: what a call of it gives is said by `call`. */
interface Name extends PickledObject {
  readonly kind: 'name';
  readonly name: string;
}

/** Settings that a training script kept: `argparse.Namespace` and the like, as data. */
export interface Settings extends PickledObject {
  readonly kind: 'settings';
  readonly fields: Map<Pickled, Pickled>;
}

const STORAGES: Readonly<Record<string, ElementType>> = {
  DoubleStorage: 'float64',
  FloatStorage: 'float32',
  HalfStorage: 'float16',
  BFloat16Storage: 'bfloat16',
  LongStorage: 'int64',
  IntStorage: 'int32',
  ShortStorage: 'int16',
  CharStorage: 'int8',
  ByteStorage: 'uint8',
  BoolStorage: 'bool',
};

const CONTAINERS = ['dict', 'list', 'tuple', 'set', 'frozenset'];

/** Every name that is allowed, exactly. */
const ALLOWED: ReadonlySet<string> = new Set([
  'collections.OrderedDict',
  'collections.defaultdict',
  'argparse.Namespace',
  'torch.Size',
  'torch.device',
  'torch._utils._rebuild_tensor',
  'torch._utils._rebuild_tensor_v2',
  'torch._utils._rebuild_parameter',
  'torch._utils._rebuild_parameter_with_state',
  ...Object.keys(STORAGES).map((name) => `torch.${name}`),
  ...Object.keys(elements).map((name) => `torch.${name}`),
  // Python 2 called it otherwise.
  ...CONTAINERS.flatMap((name) => [`builtins.${name}`, `__builtin__.${name}`]),
]);

/** PyTorch's names, of which only those that hold data mean something. @param file its name, for messages */
export function torchHost(file: string): PickleHost {
  const broken = (what: string) => damaged(file, what);

  return {
    global(module, name) {
      const whole = `${module}.${name}`;
      if (ALLOWED.has(whole)) return { kind: 'name', name: whole } satisfies Name;
      throw refusedName(file, whole);
    },

    call(callee, args) {
      if (!isObject(callee) || callee.kind !== 'name')
        throw broken('its pickle calls something that is no name');
      const { name } = callee as Name;
      switch (name) {
        case 'collections.OrderedDict':
        case 'builtins.dict':
        case '__builtin__.dict':
          return dictionary(args[0], broken);
        case 'collections.defaultdict':
          return new Map();
        case 'argparse.Namespace':
          return { kind: 'settings', fields: new Map() } satisfies Settings;
        case 'torch.Size':
        case 'builtins.list':
        case 'builtins.tuple':
        case '__builtin__.list':
        case '__builtin__.tuple':
          return Array.isArray(args[0]) ? [...(args[0] as readonly Pickled[])] : [];
        case 'builtins.set':
        case 'builtins.frozenset':
        case '__builtin__.set':
        case '__builtin__.frozenset':
          return new Set(Array.isArray(args[0]) ? (args[0] as readonly Pickled[]) : []);
        case 'torch.device':
          return typeof args[0] === 'string' ? args[0] : null;
        case 'torch._utils._rebuild_tensor':
        case 'torch._utils._rebuild_tensor_v2':
          return tensorOf(args, broken);
        case 'torch._utils._rebuild_parameter':
        case 'torch._utils._rebuild_parameter_with_state':
          if (!isTensor(args[0])) throw broken('a parameter in it is no tensor');
          return args[0];
        default:
          throw refusedName(file, name);
      }
    },

    build(target, state) {
      // What an OrderedDict or a parameter carries besides (such as _metadata) is not needed.
      if (!isObject(target) || target.kind !== 'settings') return;
      if (!(state instanceof Map)) throw broken('settings in it are no dictionary');
      for (const [key, value] of state) (target as Settings).fields.set(key, value);
    },

    persistent(id) {
      if (!Array.isArray(id) || id[0] !== 'storage')
        throw broken('it refers to something that is no storage');
      const [, type, key, , length] = id as readonly Pickled[];
      const stored =
        isObject(type) && type.kind === 'name'
          ? STORAGES[(type as Name).name.replace(/^torch\./, '')]
          : undefined;
      if (!stored) throw broken('a storage in it has no type that is known here');
      if (typeof key !== 'string' || !isWhole(length))
        throw broken('a storage in it has no key or no length');
      return { kind: 'storage', key, type: stored, length } satisfies TorchStorage;
    },
  };
}

/** @param broken makes the error */
function dictionary(
  pairs: Pickled | undefined,
  broken: (what: string) => TokenoscopeError,
): Map<Pickled, Pickled> {
  const made = new Map<Pickled, Pickled>();
  if (pairs instanceof Map) for (const [key, value] of pairs) made.set(key, value);
  else if (Array.isArray(pairs)) {
    for (const pair of pairs as readonly Pickled[]) {
      if (!Array.isArray(pair) || pair.length !== 2) throw broken('a dictionary in it has no pairs');
      made.set(pair[0] as Pickled, pair[1] as Pickled);
    }
  }
  return made;
}

function tensorOf(args: readonly Pickled[], broken: (what: string) => TokenoscopeError) {
  const [storage, offset, dims, strides] = args;
  if (!isStorage(storage)) throw broken('a tensor in it has no storage');
  if (!isWhole(offset) || !areWhole(dims) || !areWhole(strides) || dims.length !== strides.length) {
    throw broken('a tensor in it has no proper shape');
  }
  const tensor = { kind: 'tensor', storage, offset, dims, strides } as const;
  const count = countOf(tensor);
  if (count > storage.length) throw broken('a tensor in it has more numbers than its storage');
  if (!(reachOf(tensor).to <= storage.length)) throw broken('a tensor in it reaches beyond its storage');
  return tensor;
}

function isWhole(value: Pickled | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function areWhole(value: Pickled | undefined): value is readonly number[] {
  return Array.isArray(value) && value.length <= 16 && (value as readonly Pickled[]).every(isWhole);
}
