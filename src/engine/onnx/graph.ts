import {
  type Attribute,
  type DataType,
  encodeModel,
  type NodeProto,
  type TensorProto,
  type ValueProto,
} from './proto';

/** A tensor in a graph: an input, a constant, or what an operator gives. Shapes are static throughout. */
export interface Value {
  readonly name: string;
  readonly dims: readonly number[];
}

/** The operator set that graphs are written in. */
const OPSET = 18;

/**
 * Builds an ONNX graph node by node (operators: onnx.ai/onnx/operators, opset 18). The builder checks that
 * shapes multiply to the same size where they are given; onnxruntime checks the rest when it loads the graph.
 */
export class Graph {
  readonly #name: string;
  readonly #nodes: NodeProto[] = [];
  readonly #initializers: TensorProto[] = [];
  readonly #inputs: ValueProto[] = [];
  readonly #outputs: ValueProto[] = [];
  readonly #external = new Map<string, Value>();
  #count = 0;
  #multiplications = 0;

  constructor(name: string) {
    this.#name = name;
  }

  /** Multiply-accumulates of all matrix products and convolutions so far. */
  get multiplications(): number {
    return this.#multiplications;
  }

  input(name: string, type: DataType, dims: readonly number[]): Value {
    this.#inputs.push({ name, type, dims });
    return { name, dims };
  }

  /** Makes a value an output under a name. */
  output(value: Value, name: string, type: DataType): void {
    this.#nodes.push({ type: 'Identity', inputs: [value.name], outputs: [name], attributes: {} });
    this.#outputs.push({ name, type, dims: value.dims });
  }

  /** A constant whose bytes are in another file; the same name gives the same value again. */
  external(
    name: string,
    type: DataType,
    dims: readonly number[],
    data: { readonly path: string; readonly offset: number; readonly length: number },
  ): Value {
    const key = `${name} ${dims.join()}`;
    const known = this.#external.get(key);
    if (known) return known;
    // The shape belongs to the name: one tensor may be looked at in two.
    const value = { name: key, dims };
    this.#initializers.push({ name: key, type, dims, data });
    this.#external.set(key, value);
    return value;
  }

  /** A small constant of 32-bit floats; a scalar where `dims` is empty. */
  floats(values: readonly number[], dims: readonly number[] = []): Value {
    return this.#constant('float32', new Uint8Array(Float32Array.from(values).buffer), dims);
  }

  /** A small constant of 32-bit integers. */
  int32s(values: readonly number[], dims: readonly number[]): Value {
    return this.#constant('int32', new Uint8Array(Int32Array.from(values).buffer), dims);
  }

  /** A small constant of 64-bit integers, as shapes are written. */
  int64s(values: readonly number[]): Value {
    const raw = new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
    return this.#constant('int64', raw, [values.length]);
  }

  /** Any operator with one result. @param dims shape of the result */
  op(
    type: string,
    inputs: readonly (Value | undefined)[],
    dims: readonly number[],
    attributes: Readonly<Record<string, Attribute>> = {},
  ): Value {
    const [result] = this.ops(type, inputs, [dims], attributes);
    return result!;
  }

  /** Any operator with several results. @param shapes one shape for each */
  ops(
    type: string,
    inputs: readonly (Value | undefined)[],
    shapes: readonly (readonly number[])[],
    attributes: Readonly<Record<string, Attribute>> = {},
  ): Value[] {
    const results = shapes.map((dims) => ({ name: this.#fresh(type), dims }));
    this.#nodes.push({
      type,
      inputs: inputs.map((input) => input?.name ?? ''),
      outputs: results.map(({ name }) => name),
      attributes,
    });
    return results;
  }

  /** The same values in another shape. @throws RangeError where the sizes differ */
  reshape(value: Value, dims: readonly number[]): Value {
    if (size(dims) !== size(value.dims)) {
      throw new RangeError(`${value.dims.join(' x ')} values do not fit into ${dims.join(' x ')}.`);
    }
    return this.op('Reshape', [value, this.int64s(dims)], dims);
  }

  transpose(value: Value, perm: readonly number[]): Value {
    const dims = perm.map((axis) => value.dims[axis]!);
    return this.op('Transpose', [value], dims, { perm });
  }

  /** Element by element, with broadcasting. */
  binary(type: 'Add' | 'Sub' | 'Mul' | 'Div' | 'Max', a: Value, b: Value): Value {
    return this.op(type, [a, b], broadcast(a.dims, b.dims));
  }

  /** Element by element. */
  unary(type: 'Tanh' | 'Erf' | 'Sigmoid', value: Value): Value {
    return this.op(type, [value], value.dims);
  }

  /** [rows, in] times [out, in] transposed, plus [out]: a linear layer with PyTorch's weights as they are. */
  linear(x: Value, weight: Value, bias?: Value): Value {
    const [rows = 0] = x.dims;
    const [out = 0, inner = 0] = weight.dims;
    this.#multiplications += rows * out * inner;
    return this.op('Gemm', bias ? [x, weight, bias] : [x, weight], [rows, out], { transB: 1 });
  }

  /** Matrix product over the last two axes; the others are equal. */
  matmul(a: Value, b: Value): Value {
    const dims = [...a.dims.slice(0, -1), b.dims.at(-1)!];
    this.#multiplications += size(dims) * a.dims.at(-1)!;
    return this.op('MatMul', [a, b], dims);
  }

  /**
   * Two-dimensional convolution, by default with stride 1 and of a size that it keeps; `patches` are adjacent windows, and
   * `halved` is stride 2 with a row and a column of zeros at the lower right only, as VQGANs shrink pictures.
   * @param x [1, in, height, width]
   * @param weight [out, in, n, n]
   */
  conv(x: Value, weight: Value, bias?: Value, how: 'same' | 'patches' | 'halved' = 'same'): Value {
    const [, , height = 0, width = 0] = x.dims;
    const [out = 0, inner = 0, n = 1] = weight.dims;
    const stride = { same: 1, patches: n, halved: 2 }[how];
    const before = how === 'same' ? (n - 1) / 2 : 0;
    const after = how === 'halved' ? n - 2 : before;
    const dims = [1, out, height / stride, width / stride];
    this.#multiplications += size(dims) * inner * n * n;
    return this.op('Conv', [x, weight, bias], dims, {
      kernel_shape: [n, n],
      strides: [stride, stride],
      pads: [before, before, after, after],
    });
  }

  /** The whole as an ONNX file. */
  encode(): Uint8Array {
    return encodeModel(
      {
        name: this.#name,
        nodes: this.#nodes,
        initializers: this.#initializers,
        inputs: this.#inputs,
        outputs: this.#outputs,
      },
      OPSET,
    );
  }

  #constant(type: DataType, raw: Uint8Array, dims: readonly number[]): Value {
    const name = this.#fresh('constant');
    this.#initializers.push({ name, type, dims, data: { raw } });
    return { name, dims };
  }

  #fresh(what: string): string {
    return `${what.toLowerCase()}_${this.#count++}`;
  }
}

/** How many values a shape holds. */
function size(dims: readonly number[]): number {
  return dims.reduce((product, dim) => product * dim, 1);
}

function broadcast(a: readonly number[], b: readonly number[]): number[] {
  const length = Math.max(a.length, b.length);
  return Array.from({ length }, (_, i) => {
    const one = a[i - length + a.length] ?? 1;
    const other = b[i - length + b.length] ?? 1;
    return one === 1 ? other : one;
  });
}
