import { TokenoscopeError } from '../../core/errors';
import type { Graph, Value } from '../onnx/graph';
import type { StoredTensor } from '../weights/safetensors';
import { notTogether } from './checkpoint';

/**
 * The tensors of a checkpoint, by name, as constants of a graph that point into the file itself. Errors
 * name whatever a family asks for that is missing or has another shape.
 */
export class Weights {
  readonly #tensors: ReadonlyMap<string, StoredTensor>;
  readonly #path: string;
  readonly #taken = new Set<string>();

  /** @param path what the graph calls the file of the tensors */
  constructor(tensors: ReadonlyMap<string, StoredTensor>, path: string) {
    this.#tensors = tensors;
    this.#path = path;
  }

  has(name: string): boolean {
    return this.#tensors.has(name);
  }

  /** How many tensors are called `prefix`0`suffix`, `prefix`1`suffix`, ... */
  countFrom(prefix: string, suffix: string): number {
    let count = 0;
    while (this.has(`${prefix}${count}${suffix}`)) count++;
    return count;
  }

  /** How many numbers the tensors hold whose name the filter accepts. */
  parameters(accept: (name: string) => boolean): number {
    return [...this.#tensors]
      .filter(([name]) => accept(name))
      .reduce((sum, [, { dims }]) => sum + dims.reduce((product, dim) => product * dim, 1), 0);
  }

  /** How many numbers the tensors hold that graphs took so far. */
  get parametersTaken(): number {
    return this.parameters((name) => this.#taken.has(name));
  }

  /** @throws TokenoscopeError `model-corrupt` where the tensor is missing or has another number of axes */
  dims(name: string, axes: number): readonly number[] {
    const tensor = this.#tensors.get(name);
    if (!tensor) throw missing(name);
    if (tensor.dims.length !== axes) throw misshapen(name, tensor.dims, `${axes} axes`);
    return tensor.dims;
  }

  /**
   * A tensor as 32-bit floats.
   * @param dims its shape; another one of the same size is taken as a view where `as` gives it
   * @throws TokenoscopeError `model-corrupt` that names the tensor
   */
  get(graph: Graph, name: string, dims: readonly number[], as: readonly number[] = dims): Value {
    const tensor = this.#known(name, dims);
    return this.#part(graph, name, tensor, as);
  }

  /**
   * Rows `from` to before `to` of a tensor, as 32-bit floats; nothing is copied.
   * @param dims shape of the whole tensor
   * @throws TokenoscopeError `model-corrupt` that names the tensor
   */
  rows(graph: Graph, name: string, dims: readonly number[], from: number, to: number): Value {
    const { type, offset, length } = this.#known(name, dims);
    const each = length / dims[0]!;
    const part = { type, offset: offset + from * each, length: (to - from) * each };
    return this.#part(graph, `${name} from ${from}`, part, [to - from, ...dims.slice(1)]);
  }

  #known(name: string, dims: readonly number[]): StoredTensor {
    const tensor = this.#tensors.get(name);
    if (!tensor) throw missing(name);
    if (tensor.dims.join() !== dims.join()) throw misshapen(name, tensor.dims, dims.join(' x '));
    this.#taken.add(name);
    return tensor;
  }

  #part(
    graph: Graph,
    name: string,
    { type, offset, length }: Omit<StoredTensor, 'dims'>,
    dims: readonly number[],
  ): Value {
    const value = graph.external(name, type, dims, { path: this.#path, offset, length });
    return type === 'float32' ? value : graph.op('Cast', [value], dims, { to: 1 });
  }
}

function missing(name: string): TokenoscopeError {
  return new TokenoscopeError(
    'model-corrupt',
    `The checkpoint has no tensor "${name}".`,
    'It may be of another architecture, or only a part of one.',
  );
}

function misshapen(name: string, dims: readonly number[], expected: string): TokenoscopeError {
  return notTogether(`The tensor "${name}" is ${dims.join(' x ')}; ${expected} was expected.`);
}
