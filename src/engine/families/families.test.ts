import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { headerLength, readHeader } from '../weights/safetensors';
import type { Checkpoint } from './checkpoint';
import { buildModel, families, familyNames } from './families';

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
    expect(() => buildModel({ ...golden[0]!, config: {} })).toThrow(
      expect.objectContaining({ code: 'model-corrupt', hint: expect.stringContaining(familyNames) }),
    );
  });
});
