import { expect, it } from 'vitest';
import { type Rebuilt, type Seen, sentenceOf } from './sentence';

const karhunen: Rebuilt = { label: 'Karhunen 128', k: 64, count: 256, bytes: 128 };
const ladder: Rebuilt = { ...karhunen, label: 'Ladder 128' };

function say(seen: Partial<Seen>): string {
  return sentenceOf({ fromLink: false, rebuilt: [], doing: 'nothing', model: 'Karhunen 128', ...seen });
}

it('says what is seen', () => {
  expect(say({ rebuilt: [karhunen] })).toBe('This picture, rebuilt from its first 64 tokens: 128 bytes.');
  expect(say({ rebuilt: [{ ...karhunen, k: 1, bytes: 2 }] })).toBe(
    'This picture, rebuilt from its first token: 2 bytes.',
  );
  expect(say({ rebuilt: [{ ...karhunen, k: 256, bytes: 512 }] })).toBe(
    'This picture, rebuilt from all its 256 tokens: 512 bytes.',
  );
  expect(say({ rebuilt: [{ ...karhunen, bytes: 1400 }] })).toContain(': 1.40 kB.');
});

it('names the models where there are several', () => {
  expect(say({ rebuilt: [karhunen, ladder] })).toBe(
    'This picture, rebuilt from its first 64 tokens by Karhunen 128 and Ladder 128: 128 bytes each.',
  );
  expect(say({ rebuilt: [karhunen, { label: 'WebP', bytes: 206 }] })).toBe(
    'This picture, rebuilt by Karhunen 128 (64 tokens, 128 bytes) and WebP (206 bytes).',
  );
  const fixed: Rebuilt = { label: 'Fixed 32', k: 32, count: 32, bytes: 60 };
  expect(say({ rebuilt: [karhunen, ladder, fixed] })).toBe(
    'This picture, rebuilt by Karhunen 128 (64 tokens, 128 bytes), Ladder 128 (64 tokens, 128 bytes) and Fixed 32 (32 tokens, 60 bytes).',
  );
});

it('says where the picture came from, and what it shows of it', () => {
  expect(say({ rebuilt: [karhunen], fromLink: true })).toBe(
    'A picture from a link, rebuilt from its first 64 tokens: 128 bytes.',
  );
  expect(say({ rebuilt: [karhunen, ladder], lost: true })).toMatch(
    /^What is lost of this picture, rebuilt from/,
  );
});

it('is true while nothing is drawn yet', () => {
  expect(say({ doing: 'loading-model' })).toBe(
    'Loading Karhunen 128, which rebuilds this picture from tokens.',
  );
  expect(say({ doing: 'encoding' })).toBe('Karhunen 128 turns this picture into tokens.');
  expect(say({ doing: 'decoding', fromLink: true })).toBe('Karhunen 128 rebuilds a picture from a link.');
  expect(say({})).toBe('Open a picture to see it rebuilt from tokens.');
});
