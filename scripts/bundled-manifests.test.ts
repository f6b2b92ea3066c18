import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { shortManifest } from './lib/bundled-manifests.mjs';

it('keeps of a bundled manifest what the first load needs, and leaves everything else alone', () => {
  const json = readFileSync('public/models/flow-128/manifest.json', 'utf8');
  const short = JSON.parse(shortManifest(json, '/home/x/public/models/flow-128/manifest.json')!);
  const { schema, family, figures, parameters, licence, training, ...rest } = JSON.parse(json);
  expect(short).toEqual(rest);
  expect([schema, family, figures, parameters, licence, training]).not.toContain(undefined);
  expect(shortManifest(json, '/home/x/public/measures/a/manifest.json')).toBeUndefined();
  expect(shortManifest(json, '/home/x/src/models/flow-128/manifest.json')).toBeUndefined();
});
