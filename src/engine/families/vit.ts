import type { Graph, Value } from '../onnx/graph';
import { attend, gelu, layerNorm, linear } from './transformer';
import type { Weights } from './weights';

/** What timm's vision transformers give nn.LayerNorm. */
const EPSILON = 1e-6;

/** What a block does beyond attention and a hidden layer. */
export interface VitOptions {
  readonly heads: number;
  /** [1, 1 or tokens, tokens] to add to every score before the softmax. */
  readonly mask?: Value | undefined;
  /** Turns queries and keys of a layer by where their token is. */
  readonly rotate?: ((x: Value, layer: number) => Value) | undefined;
  /** Scales and shifts what norms without weights give, by the linear layer of this name; residuals are as they are. */
  readonly modulate?: ((x: Value, name: string, part: number) => Value) | undefined;
}

/**
 * The blocks of a vision transformer and the norm behind them, with the tensors' names of timm
 * (timm/models/vision_transformer.py, github.com/huggingface/pytorch-image-models): pre-norm residual blocks with GELU and,
 * where the checkpoint has them, a learned scale of every residual (LayerScale).
 * @param prefix such as `encoder.model.`
 * @param x [tokens, width]
 */
export function vit(graph: Graph, weights: Weights, prefix: string, x: Value, options: VitOptions): Value {
  const width = x.dims[1]!;
  const { heads, mask, rotate, modulate } = options;
  const layers = weights.countFrom(`${prefix}blocks.`, '.attn.qkv.weight');
  const norm = (value: Value, name: string, modulation: string, part: number) =>
    modulate
      ? modulate(plainNorm(graph, value), modulation, part)
      : layerNorm(graph, weights, name, value, EPSILON);
  let result = x;
  for (let layer = 0; layer < layers; layer++) {
    const block = `${prefix}blocks.${layer}.`;
    const modulation = `${block}adaLN_modulation.1`;
    const add = (value: Value, scale: string) => {
      const scaled =
        !modulate && weights.has(`${block}${scale}.gamma`)
          ? graph.binary('Mul', value, weights.get(graph, `${block}${scale}.gamma`, [width]))
          : value;
      return graph.binary('Add', result, scaled);
    };
    const seen = norm(result, `${block}norm1`, modulation, 0);
    const all = linear(graph, weights, `${block}attn.qkv`, seen, 3 * width);
    const parts = [x.dims, x.dims, x.dims];
    const [q, k, v] = graph.ops('Split', [all], parts, { axis: 1, num_outputs: 3 });
    const turn = (value: Value) => rotate?.(value, layer) ?? value;
    const mixed = attend(graph, turn(q!), turn(k!), v!, heads, mask);
    result = add(linear(graph, weights, `${block}attn.proj`, mixed, width), 'ls1');
    const [wide = 0] = weights.dims(`${block}mlp.fc1.weight`, 2);
    const normed = norm(result, `${block}norm2`, modulation, 1);
    const hidden = gelu(graph, linear(graph, weights, `${block}mlp.fc1`, normed, wide));
    result = add(linear(graph, weights, `${block}mlp.fc2`, hidden, width), 'ls2');
  }
  return norm(result, `${prefix}norm`, `${prefix}norm.adaLN_modulation.1`, 0);
}

/** nn.LayerNorm without weights. */
function plainNorm(graph: Graph, x: Value): Value {
  const ones = graph.floats(Array<number>(x.dims[1]!).fill(1), [x.dims[1]!]);
  return graph.op('LayerNormalization', [x, ones], x.dims, { axis: -1, epsilon: { float: EPSILON } });
}

/**
 * Rotary position embedding: every two neighbouring numbers of a row are a point that is turned by an angle.
 * @param x [tokens, width]
 * @param angles [tokens, width / 2], in radians
 */
export function rotatePairs(graph: Graph, x: Value, angles: Value): Value {
  const [tokens = 0, width = 0] = x.dims;
  const half = [tokens, width / 2, 1];
  const pairs = graph.reshape(x, [tokens, width / 2, 2]);
  const [across, up] = graph.ops('Split', [pairs], [half, half], { axis: 2, num_outputs: 2 });
  const cos = graph.reshape(graph.op('Cos', [angles], angles.dims), half);
  const sin = graph.reshape(graph.op('Sin', [angles], angles.dims), half);
  const product = (a: Value, b: Value) => graph.binary('Mul', a, b);
  const turned = [
    graph.binary('Sub', product(across!, cos), product(up!, sin)),
    graph.binary('Add', product(across!, sin), product(up!, cos)),
  ];
  return graph.reshape(graph.op('Concat', turned, pairs.dims, { axis: 2 }), x.dims);
}
