import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Graph } from '../onnx/graph';
import { webGpuOptions } from './webgpu-layout';

const FIRST = [{ name: 'webgpu', preferredLayout: 'NCHW' }];
const DEFAULT = ['webgpu'];
const PLACE = { path: 'weights.bin', offset: 0, length: 0 };

/** A graph of one convolution, its weights in 16 bits and widened as the app's own graphs do it. */
function graphOf(out: number, channels: number, computed: false | 'Neg' | 'scaled' = false): Uint8Array {
  const graph = new Graph('conv');
  const dims = [out, channels, 3, 3];
  const stored = graph.external('weight', 'float16', dims, PLACE);
  const widened = graph.op('Cast', [stored], dims, { to: 1 });
  const scaled = () =>
    graph.op('Mul', [widened, graph.external('scale', 'float32', [out, 1, 1, 1], PLACE)], dims);
  const weight = computed === 'scaled' ? scaled() : computed ? graph.op(computed, [widened], dims) : widened;
  graph.output(graph.conv(graph.input('x', 'float32', [1, channels, 8, 8]), weight), 'y', 'float32');
  return graph.encode();
}

describe('webGpuOptions', () => {
  // Each of these was computed on WebGPU (Chromium 156, SwiftShader) and on WASM: docs/decisions/0008.
  it.each([6, 9, 15, 18, 21, 27, 30, 33])('puts channels first for %i input channels', (channels) => {
    expect(webGpuOptions(graphOf(96, channels)).executionProviders).toEqual(FIRST);
  });

  it.each([1, 2, 3, 4, 5, 7, 8, 10, 12, 16, 20, 22, 24, 36])('keeps the default for %i', (channels) => {
    expect(webGpuOptions(graphOf(96, channels)).executionProviders).toEqual(DEFAULT);
  });

  it.each([95, 97, 98])('keeps the default for 18 channels into %i', (out) => {
    expect(webGpuOptions(graphOf(out, 18)).executionProviders).toEqual(DEFAULT);
  });

  it('puts channels first where the weights are computed, since their shape is unknown', () => {
    expect(webGpuOptions(graphOf(96, 16, 'Neg')).executionProviders).toEqual(FIRST);
  });

  it('knows the shape of 8-bit weights with a scale for each output', () => {
    expect(webGpuOptions(graphOf(96, 16, 'scaled')).executionProviders).toEqual(DEFAULT);
    expect(webGpuOptions(graphOf(96, 18, 'scaled')).executionProviders).toEqual(FIRST);
  });

  it('refuses what is no graph', () => {
    expect(() => webGpuOptions(Uint8Array.of(0x3a, 0xff, 0x01, 0x0a))).toThrow();
  });

  it('finds the decoder of glyphs among the bundled graphs, and no other', () => {
    const found = ['public/models', 'public/measures'].flatMap((root) =>
      readdirSync(root, { recursive: true, encoding: 'utf8' })
        .filter((path) => path.endsWith('.onnx'))
        .filter((path) => webGpuOptions(readFileSync(join(root, path))).executionProviders?.[0] !== 'webgpu'),
    );
    expect(found).toEqual([join('glyphs', 'decoder.onnx')]);
  });
});
