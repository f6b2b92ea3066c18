import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { imageFacts } from '../measures/image-facts';
import { references } from './reference-curves';

it('says of every figure how it was made, and never an rFID alone', () => {
  expect(new Set(references.map(({ id }) => id)).size).toBe(references.length);
  const measures = imageFacts.map(({ id }) => id);
  for (const { protocol, points } of references) {
    for (const said of Object.values(protocol)) expect(said).toBeTruthy();
    for (const { tokens, bytes, metrics, others = '' } of points) {
      expect(tokens ?? bytes).toBeGreaterThan(0);
      expect(measures).toEqual(expect.arrayContaining(Object.keys(metrics)));
      expect(metrics).toHaveProperty('psnr');
      if (others.includes('rFID')) expect(others).toMatch(/against ImageNet/);
    }
  }
});

it('has our own figures as docs/models.md has them', () => {
  const table = readFileSync('docs/models.md', 'utf8').split('## Rate and quality')[1]!.split('###')[0]!;
  const rows = table.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
  for (const [id, name] of [
    ['karhunen-128', 'karhunen-128'],
    ['ladder-128', 'ladder-128'],
    ['fixed-32', 'fixed-32'],
    ['nested-32', 'nested-32'],
    ['jpeg', 'JPEG'],
    ['webp', 'WebP'],
    ['avif', 'AVIF'],
  ]) {
    const written = rows.filter((row) => row[1] === name).map((row) => row.slice(3, 8).map(Number));
    const { points } = references.find((one) => one.id === id)!;
    const ours = points.map(({ bytes, metrics }) => [bytes, ...Object.values(metrics)]);
    expect(ours).toEqual(written);
  }
});
