import type { Graph, Value } from '../onnx/graph';
import { attend, layerNorm, linear } from './transformer';
import type { Weights } from './weights';

/** The epsilon that SigLIP 2 and models derived from it give nn.LayerNorm. */
const EPSILON = 1e-6;

/** Heads are not stored: those of the published widths, 64 numbers each in ViT-B and 72 in so400m. */
const PUBLISHED_HEADS: Readonly<Record<number, number>> = { 768: 12, 1152: 16 };

/**
 * The vision tower of SigLIP 2 behind its embeddings (Siglip2Encoder in github.com/huggingface/transformers,
 * modeling_siglip2.py), and the norm after it: pre-norm residual blocks with the tanh approximation of GELU.
 * @param prefix `encoder.visual_model.` or `decoder.visual_model.`
 * @param x [tokens, width]
 * @param mask [1, 1 or tokens, tokens] to add to every score before the softmax, or undefined
 */
export function siglipTower(graph: Graph, weights: Weights, prefix: string, x: Value, mask?: Value): Value {
  const width = x.dims[1]!;
  const heads = PUBLISHED_HEADS[width] ?? Math.max(1, width / 32);
  const layers = weights.countFrom(`${prefix}encoder.layers.`, '.layer_norm1.weight');
  let result = x;
  for (let layer = 0; layer < layers; layer++) {
    const block = `${prefix}encoder.layers.${layer}.`;
    const seen = layerNorm(graph, weights, `${block}layer_norm1`, result, EPSILON);
    const project = (name: string, value: Value) =>
      linear(graph, weights, `${block}self_attn.${name}_proj`, value, width);
    const mixed = attend(graph, project('q', seen), project('k', seen), project('v', seen), heads, mask);
    result = graph.binary('Add', result, project('out', mixed));
    const [wide = 0] = weights.dims(`${block}mlp.fc1.weight`, 2);
    let hidden = layerNorm(graph, weights, `${block}layer_norm2`, result, EPSILON);
    hidden = geluTanh(graph, linear(graph, weights, `${block}mlp.fc1`, hidden, wide));
    result = graph.binary('Add', result, linear(graph, weights, `${block}mlp.fc2`, hidden, width));
  }
  return layerNorm(graph, weights, `${prefix}post_layernorm`, result, EPSILON);
}

/** x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2 */
function geluTanh(graph: Graph, x: Value): Value {
  const cubed = graph.binary('Mul', graph.binary('Mul', x, x), x);
  const bent = graph.binary('Add', x, graph.binary('Mul', cubed, graph.floats([0.044715])));
  const gate = graph.unary('Tanh', graph.binary('Mul', bent, graph.floats([Math.sqrt(2 / Math.PI)])));
  const half = graph.binary('Mul', x, graph.floats([0.5]));
  return graph.binary('Mul', half, graph.binary('Add', gate, graph.floats([1])));
}
