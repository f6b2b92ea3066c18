import { describe, expect, it } from 'vitest';
import {
  checkpointHash,
  checkpointLabel,
  fileCheckpointId,
  hubCheckpointId,
  isRepository,
  parseCheckpointId,
} from './checkpoint-id';

const commit = '0123456789abcdef0123456789abcdef01234567';
const sha256 = 'f'.repeat(64);

it('names a repository at a commit, and reads it back', () => {
  const id = hubCheckpointId('yucornetto/tokenizer_titok_s128_imagenet', commit);
  expect(parseCheckpointId(id)).toEqual({
    kind: 'hub',
    repository: 'yucornetto/tokenizer_titok_s128_imagenet',
    commit,
  });
  expect(checkpointHash(id)).toBe('01234567');
  expect(checkpointLabel(id)).toBe('tokenizer_titok_s128_imagenet');
});

it('names one file of several by its path, and no path that could mean something else', () => {
  const id = hubCheckpointId('a/b', commit, 'ckpt/16_s.pt');
  expect(parseCheckpointId(id)).toEqual({ kind: 'hub', repository: 'a/b', commit, path: 'ckpt/16_s.pt' });
  expect(checkpointLabel(id)).toBe('b 16_s');
  for (const path of ['', '../x', 'a/../x', '.git/x', 'a//b', 'a?b', 'a b', 'x'.repeat(300)]) {
    expect(parseCheckpointId(hubCheckpointId('a/b', commit, path))).toBe(undefined);
  }
});

it('names files by their content, and reads it back', () => {
  const id = fileCheckpointId(sha256);
  expect(parseCheckpointId(id)).toEqual({ kind: 'file', sha256 });
  expect(checkpointHash(id)).toBe('ffffffff');
});

it('takes a bundled model for none', () => {
  expect(parseCheckpointId('karhunen-128')).toBeUndefined();
  expect(checkpointHash('karhunen-128')).toBe('');
});

describe('a forged id is none:', () => {
  it.each([
    `hf:../api@${commit}`,
    `hf:a/..@${commit}`,
    `hf:a/b..c@${commit}`,
    `hf:a/b/c@${commit}`,
    `hf:a@${commit}`,
    `hf:a/b?x@${commit}`,
    `hf:a/b%2f@${commit}`,
    `hf://evil.example/b@${commit}`,
    `hf:a/b@main`,
    `hf:a/b@${commit}\n`,
    `hf:${'a'.repeat(60)}/${'b'.repeat(60)}@${commit}`,
    `hf:а/b@${commit}`, // Cyrillic
    `file:${sha256}0`,
    `file:${sha256.toUpperCase()}`,
    'https://evil.example/',
    '__proto__',
  ])('%s', (id) => expect(parseCheckpointId(id)).toBeUndefined());
});

it('knows a repository from a path', () => {
  expect(isRepository('turing-motors/One-D-Piece-S-256')).toBe(true);
  for (const text of ['one', 'a/b/c', './b', 'a/.b', '-a/b', 'a b/c', ''])
    expect(isRepository(text)).toBe(false);
});
