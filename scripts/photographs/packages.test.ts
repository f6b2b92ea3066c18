import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { packages, photographsOf } from './packages.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'photographs-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const scikitImage = packages.find(({ name }) => name === 'scikit-image')!;

/** Reads a package that is there already. */
function readFrom(wheel: Uint8Array) {
  writeFileSync(join(folder, 'scikit_image-0.19.3-any.whl'), wheel);
  return photographsOf(scikitImage, folder);
}

it('names 31 photographs', () => {
  expect(packages.flatMap(({ photographs }) => Object.keys(photographs))).toHaveLength(31);
});

it('refuses a package that was not downloaded to its end', () => {
  expect(() => readFrom(Uint8Array.of(1, 2, 3))).toThrow(
    /is not a complete wheel\. Delete it and run this again\.$/,
  );
});

it('refuses another picture under the same name, and another version of a package', () => {
  expect(() => readFrom(zipSync({ 'skimage/data/astronaut.png': Uint8Array.of(1) }))).toThrow(
    /astronaut\.png in .* is not the picture that was measured/,
  );
  expect(() => readFrom(zipSync({ 'skimage/empty': new Uint8Array() }))).toThrow(
    /holds no skimage\/data\/astronaut\.png: it is another version of the package/,
  );
});
