import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parseLmManifest } from '../engine/lm/manifest';
import { findLanguageModel, languageModels } from './language-models';

it('lists every folder of public/lm, whose manifests are what the page expects', () => {
  const folders = readdirSync('public/lm').sort();
  expect(languageModels.map(({ id }) => id).sort()).toEqual(folders);
  for (const id of folders) {
    const manifest = parseLmManifest(readFileSync(`public/lm/${id}/manifest.json`, 'utf8'), id);
    expect(manifest.id).toBe(id);
    expect(manifest.golden.path).toBe('golden.json');
  }
});

it('begins with the large ones, and knows the moments of a run', () => {
  expect(languageModels.map(({ id }) => id)).toEqual([
    'lm-byte',
    'lm-bpe',
    'lm-draft',
    'lm-draft-middle',
    'lm-draft-early',
  ]);
  expect(findLanguageModel('lm-draft-early')!.run).toEqual(['lm-draft-early', 'lm-draft-middle', 'lm-draft']);
  expect(findLanguageModel('lm-bpe')!.run).toEqual(['lm-bpe']);
  expect(findLanguageModel('lm-none')).toBeUndefined();
});

it('names the field of a manifest that is damaged', () => {
  const json = readFileSync('public/lm/lm-byte/manifest.json', 'utf8');
  expect(() => parseLmManifest('{', 'm')).toThrow('m is damaged: it is not JSON.');
  expect(() => parseLmManifest(json.replace('"context": 512', '"context": 3'), 'm')).toThrow(/context/);
});
