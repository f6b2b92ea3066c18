import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { compare } from './compare';
import { LANES_LIMIT } from './experiment';
import { opened } from './testing/opened';

beforeEach(() => void vi.stubGlobal('matchMedia', () => ({ matches: true })));
afterEach(() => void vi.unstubAllGlobals());

it('adds a model, and keeps what was chosen by hand', async () => {
  const { lab, session, models, settled } = await opened();
  session.addLane('codec:tiny');
  await settled();
  compare(lab);
  await settled();
  expect(models()).toEqual(['karhunen-128', 'codec:tiny', 'ladder-128']);
  compare(lab);
  await settled();
  expect(models().slice(0, 3)).toEqual(['karhunen-128', 'codec:tiny', 'ladder-128']);
  expect(models()).toHaveLength(4);
});

it('adds no more than there is room for, and none twice', async () => {
  const { lab, models, settled } = await opened();
  for (let i = 0; i < LANES_LIMIT + 3; i++) compare(lab);
  await settled();
  expect(models().length).toBeLessThanOrEqual(LANES_LIMIT);
  expect(new Set(models()).size).toBe(models().length);
});
