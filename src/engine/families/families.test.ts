import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { architectures } from '../../../scripts/checkpoints/architectures.mjs';
import { headerLength, readHeader } from '../weights/safetensors';
import type { BuiltModel, Checkpoint } from './checkpoint';
import { buildModel, families, familyNames, impliedConfig } from './families';

const FIXTURES = join(import.meta.dirname, 'fixtures');

/** The golden checkpoint of a folder, as far as building its graphs needs it. */
function checkpointOf(name: string): Checkpoint {
  const file = readFileSync(join(FIXTURES, name, 'model.safetensors'));
  const tensors = readHeader(file.subarray(0, headerLength(file, name)), file.length, name);
  const config: unknown = JSON.parse(readFileSync(join(FIXTURES, name, 'config.json'), 'utf8'));
  return { name, config, tensors, path: 'model.safetensors' };
}

/** A model with the sha256 of its graphs, which are long. */
function fingerprint({ encoder, decoder, flow, ...facts }: BuiltModel) {
  const hash = (graph: Uint8Array | undefined) => graph && createHash('sha256').update(graph).digest('hex');
  const graphs = [encoder, decoder, flow?.start, flow?.velocity].map(hash);
  return { ...facts, graphs };
}

const golden = readdirSync(FIXTURES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => checkpointOf(name));

/** Tensors of these shapes, as a header lists them. */
function tensorsOf(shapes: Readonly<Record<string, readonly number[]>>): Checkpoint['tensors'] {
  const entries = Object.entries(shapes).map(
    ([name, dims]) => [name, { type: 'float32', dims, offset: 0, length: 0 }] as const,
  );
  return new Map(entries);
}

/** A config's fields in one object, with what their families take where they are absent. */
function fieldsOf(config: unknown): object {
  const { model, dataset, ...fields } = config as {
    readonly model?: { readonly vq_model: object };
    readonly dataset?: { readonly preprocessing: object };
  };
  const absent = { is_legacy: true, quantize_mode: 'vq', degradation_power: 1.5 };
  return { ...absent, ...fields, ...model?.vq_model, ...dataset?.preprocessing };
}

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
    expect(familyNames).toBe(
      'DetailFlow, FlexTok, GigaTok, KARL, MAETok, One-D-Piece, SoftVQ-VAE, and TiTok',
    );
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
      expect(fingerprint(buildModel(checkpoint))).toEqual(fingerprint(built));
    },
  );

  it('refuse what none of them knows, and name those that are known', () => {
    expect(() => buildModel({ ...golden[0]!, config: {} })).toThrow(
      expect.objectContaining({ code: 'model-corrupt', hint: expect.stringContaining(familyNames) }),
    );
  });

  it('tell the config that a checkpoint lacks by its tensors, as published, or nothing', () => {
    for (const [name, { config, shapes }] of Object.entries(architectures)) {
      const implied = impliedConfig(tensorsOf(shapes()));
      // What a family does not read is in the published one only.
      if (implied) expect({ name, ...fieldsOf(config()) }).toMatchObject({ name, ...fieldsOf(implied) });
      else expect(families.find(({ id }) => name.startsWith(id))?.configOf).toBeUndefined();
    }
    expect(impliedConfig(golden.find(({ name }) => name.startsWith('detailflow'))!.tensors)).toBeUndefined();
  });

  it('tell by the repository what no tensor tells', () => {
    const one = golden.find(({ name }) => name === 'one-d-piece-tiny')!;
    const ordered = (repository?: string) =>
      buildModel({ ...one, config: impliedConfig(one.tensors, repository) }).description.tokens.ordered;
    expect(ordered()).toBe(false);
    expect(ordered('somebody/One-D-Piece-S-256')).toBe(false);
    expect(ordered('turing-motors/One-D-Piece-S-256')).toBe(true);
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
