import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { inRoot } from '../lib/paths.mjs';
import { changedMerges } from './merges-alone.mjs';

const encode = (text: string) => new TextEncoder().encode(text);
const file = (name: string) => brotliDecompressSync(readFileSync(inRoot('data/tokenizers', name)));

it('makes one list of merges from another', () => {
  const merges = encode('#version: 0.2\na b\nc d\ne f\n');
  const changed = changedMerges(merges, encode('=2\n= =\n-1\n=2\n'));
  expect(new TextDecoder().decode(changed)).toBe('#version: 0.2\na b\n= =\ne f\n');
  expect(() => changedMerges(merges, encode('=2\n'))).toThrow('for 2 lines, and there are 5');
});

it('gives the published merges of the BPE that SuperBPE is compared with', () => {
  const changed = changedMerges(file('superbpe-200k/merges.txt.br'), file('bpe-200k-olmo/merges.changes.br'));
  // sha256 of the file that the entry names.
  expect(createHash('sha256').update(changed).digest('hex')).toBe(
    '21eac1bdee8270f9f86baeba38afddc2b15d936ad51fc57d616e317702e3513e',
  );
});
