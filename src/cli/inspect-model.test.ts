import { describe, expect, it } from 'vitest';
import { runMain } from './testing/run-main';

describe('inspect-model', () => {
  it('tells the tensors of a file of PyTorch', async () => {
    const { code, out } = await runMain(
      ['inspect-model', 'src/engine/weights/torch/fixtures/zip-2.0.pt'],
      '',
    );
    expect(code).toBe(0);
    expect(out).toContain('ema.state_dict: 16 tensors\n  encoder.weight  float32 4 x 6\n');
    expect(out).toContain('  scalar  float32 scalar\n');
  });

  it('tells of one file what it is of, where that is known, and its tensors', async () => {
    const file = 'src/engine/families/fixtures/one-d-piece-tiny/model.safetensors';
    const { code, out } = await runMain(['inspect-model', file], '');
    expect(code).toBe(0);
    expect(out).toMatch(/^family +one-d-piece\n/);
    expect(out).toMatch(/\nmodel\.safetensors: \d+ tensors\n {2}/);
    expect(out).toContain('\n  latent_tokens  float32 32 x 64\n');
  });

  it('refuses a file that is none', async () => {
    const { code, err } = await runMain(['inspect-model', 'package.json'], '');
    expect(code).not.toBe(0);
    expect(err).toContain('package.json is a JSON text, not a safetensors file');
  });
});
