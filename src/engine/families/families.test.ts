import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { headerLength, readHeader } from '../weights/safetensors';
import type { Checkpoint } from './checkpoint';
import { buildModel, families, familyNames, impliedConfig } from './families';

const FIXTURES = join(import.meta.dirname, 'fixtures');

/** The golden checkpoint of a folder, as far as building its graphs needs it. */
function checkpointOf(name: string): Checkpoint {
  const file = readFileSync(join(FIXTURES, name, 'model.safetensors'));
  const tensors = readHeader(file.subarray(0, headerLength(file, name)), file.length, name);
  const config: unknown = JSON.parse(readFileSync(join(FIXTURES, name, 'config.json'), 'utf8'));
  return { name, config, tensors, path: 'model.safetensors' };
}

const golden = readdirSync(FIXTURES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => checkpointOf(name));

// The contract of docs/adding-a-model-family.md.
describe('families', () => {
  it('are the files that export one, under their names', () => {
    const files = readdirSync(import.meta.dirname).filter((name) =>
      /^export const family\b/m.test(
        name.endsWith('.ts') ? readFileSync(join(import.meta.dirname, name), 'utf8') : '',
      ),
    );
    expect(files.length).toBeGreaterThan(0);
    expect(families.map(({ id }) => `${id}.ts`)).toEqual(files.sort());
    expect(familyNames).toBe('DetailFlow, One-D-Piece, and TiTok');
  });

  it.each(families.map((family) => [family.id, family] as const))(
    '%s has golden data, and takes no other family for itself',
    (_, family) => {
      const own = golden.filter((checkpoint) => family.recognises(checkpoint));
      expect(own.length).toBeGreaterThan(0);
      for (const checkpoint of own) {
        expect(families.filter((one) => one.recognises(checkpoint))).toEqual([family]);
      }
    },
  );

  it.each(golden.map((checkpoint) => [checkpoint.name, checkpoint] as const))(
    '%s becomes a described model, the same each time',
    (_, checkpoint) => {
      const built = buildModel(checkpoint);
      const { tokens, label } = built.description;
      expect(label).toBe(checkpoint.name);
      expect(2 ** tokens.bits).toBeGreaterThanOrEqual(tokens.codebookSize);
      expect(built.parameters).toBeGreaterThan(0);
      expect(built.multiplications.decode).toBeGreaterThan(0);
      expect(buildModel(checkpoint)).toEqual(built);
    },
  );

  it('refuse what none of them knows, and name those that are known', () => {
    expect(() => buildModel({ ...golden[0]!, config: { _class_name: 'AutoencoderKL' } })).toThrow(
      expect.objectContaining({
        code: 'model-corrupt',
        message: expect.stringMatching(/architecture that this page does not support: AutoencoderKL\.$/),
        hint: expect.stringContaining(familyNames),
      }),
    );
  });

  it('tell the config that a checkpoint lacks by its tensors, as published, or nothing', () => {
    for (const checkpoint of golden.filter(({ name }) => name.startsWith('titok'))) {
      const built = buildModel(checkpoint);
      expect(buildModel({ ...checkpoint, config: impliedConfig(checkpoint.tensors) })).toEqual(built);
    }
    expect(impliedConfig(golden.find(({ name }) => name.startsWith('detailflow'))!.tensors)).toBeUndefined();
  });

  it('take 256 tokens of 4,096 codes with a decoder for pixels for One-D-Piece, which decodes any prefix', () => {
    const { tensors } = golden.find(({ name }) => name === 'one-d-piece-tiny')!;
    const sized = new Map(tensors);
    const resize = (name: string, dims: readonly number[]) =>
      sized.set(name, { ...tensors.get(name)!, dims });
    const vq_model = () => (impliedConfig(sized) as { model: { vq_model: object } }).model.vq_model;
    expect(vq_model()).not.toHaveProperty('strict_length_assertion');
    resize('latent_tokens', [256, 64]);
    resize('quantize.embedding.weight', [4096, 12]);
    expect(vq_model()).toMatchObject({
      num_latent_tokens: 256,
      is_legacy: true,
      strict_length_assertion: false,
    });
  });
});
