import type { Graph, Value } from '../onnx/graph';
import { convolution, groupNorm, residualBlock, silu, twice } from './convolutions';
import { attend, linear } from './transformer';
import type { Weights } from './weights';

/**
 * The encoder of an autoencoder as latent diffusion models have it (AutoencoderKL in github.com/huggingface/diffusers).
 * Numbers of levels, blocks and channels are those of the tensors.
 * @param prefix of the whole autoencoder
 * @param image [1, 3, side, side] in [-1, 1]
 * @returns means, then logarithms of variances: [1, 2 channels, side / f, side / f]
 */
export function encodeLatents(graph: Graph, weights: Weights, prefix: string, image: Value): Value {
  const part = `${prefix}encoder.`;
  let h = convolution(graph, weights, `${part}conv_in`, image);
  const levels = weights.countFrom(`${part}down_blocks.`, '.resnets.0.conv1.weight');
  for (let level = 0; level < levels; level++) {
    const block = `${part}down_blocks.${level}.`;
    h = blocks(graph, weights, `${block}resnets.`, h);
    const down = `${block}downsamplers.0.conv`;
    if (weights.has(`${down}.weight`)) h = convolution(graph, weights, down, h, { how: 'halved' });
  }
  h = outwards(graph, weights, part, middle(graph, weights, `${part}mid_block.`, h));
  return convolution(graph, weights, `${prefix}quant_conv`, h);
}

/**
 * Its decoder.
 * @param latents [1, channels, side / f, side / f]
 * @returns [1, 3, side, side] in [-1, 1]
 */
export function decodeLatents(graph: Graph, weights: Weights, prefix: string, latents: Value): Value {
  const part = `${prefix}decoder.`;
  let h = convolution(graph, weights, `${prefix}post_quant_conv`, latents);
  h = convolution(graph, weights, `${part}conv_in`, h);
  h = middle(graph, weights, `${part}mid_block.`, h);
  const levels = weights.countFrom(`${part}up_blocks.`, '.resnets.0.conv1.weight');
  for (let level = 0; level < levels; level++) {
    const block = `${part}up_blocks.${level}.`;
    h = blocks(graph, weights, `${block}resnets.`, h);
    const up = `${block}upsamplers.0.conv`;
    if (weights.has(`${up}.weight`)) h = convolution(graph, weights, up, twice(graph, h));
  }
  return outwards(graph, weights, part, h);
}

function blocks(graph: Graph, weights: Weights, prefix: string, x: Value): Value {
  let h = x;
  const count = weights.countFrom(prefix, '.conv1.weight');
  for (let i = 0; i < count; i++) h = residualBlock(graph, weights, `${prefix}${i}.`, h, 'conv_shortcut');
  return h;
}

/** Two residual blocks around attention with one head. */
function middle(graph: Graph, weights: Weights, prefix: string, x: Value): Value {
  let h = residualBlock(graph, weights, `${prefix}resnets.0.`, x, 'conv_shortcut');
  h = attention(graph, weights, `${prefix}attentions.0.`, h);
  return residualBlock(graph, weights, `${prefix}resnets.1.`, h, 'conv_shortcut');
}

function attention(graph: Graph, weights: Weights, prefix: string, x: Value): Value {
  const [, channels = 0, height = 0, width = 0] = x.dims;
  const cells = graph.reshape(groupNorm(graph, weights, `${prefix}group_norm`, x), [
    channels,
    height * width,
  ]);
  const rows = graph.transpose(cells, [1, 0]);
  const project = (name: string, value: Value) => linear(graph, weights, `${prefix}${name}`, value, channels);
  const mixed = attend(graph, project('to_q', rows), project('to_k', rows), project('to_v', rows), 1);
  const out = graph.transpose(project('to_out.0', mixed), [1, 0]);
  return graph.binary('Add', x, graph.reshape(out, x.dims));
}

function outwards(graph: Graph, weights: Weights, prefix: string, x: Value): Value {
  const h = silu(graph, groupNorm(graph, weights, `${prefix}conv_norm_out`, x));
  return convolution(graph, weights, `${prefix}conv_out`, h);
}
