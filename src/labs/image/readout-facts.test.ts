import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Frame } from '../../engine/image/image.api';
import { forgetFrames } from '../../engine/image/player';
import { signal } from '../../views/signal';
import { weightOf } from './readout-facts';
import type { OpenPicture } from './source';
import { opened } from './testing/opened';

beforeEach(() => void vi.stubGlobal('matchMedia', () => ({ matches: true })));
afterEach(() => void vi.unstubAllGlobals());

it('says what the picture on screen weighs, by the model that drew it, also while another one loads', async () => {
  const { lab, session, engine, lead, settled } = await opened();
  const { models } = lab;
  const facts = () => ({ ...weightOf(lead(), models), psnr: lead().shown.get()?.metrics['psnr'] });
  const before = { tokens: 64, bytes: 128, bitsPerPixel: 1 / 16, psnr: 64 };
  expect(facts()).toEqual(before);
  forgetFrames('glyphs'); // another test's may be of the same picture
  const [open, decode] = [engine.hold('open glyphs'), engine.hold('decode glyphs')];
  session.setModel(lead(), 'glyphs'); // whose tokens have 8 bits
  await settled();
  expect([lead().model, facts()]).toEqual(['glyphs', before]);
  open();
  await settled();
  expect([lead().opened.get()?.model, facts()]).toEqual(['glyphs', before]);
  decode();
  await settled();
  const { width, height } = models.find('glyphs')!.image;
  expect(facts()).toEqual({ tokens: 64, bytes: 64, bitsPerPixel: (64 * 8) / (width * height), psnr: 64 });
});

it('knows a codec’s file by its bytes', () => {
  const shown = signal<Frame | null>({
    k: 300,
    width: 10,
    height: 10,
    rgba: new Uint8ClampedArray(400),
    file: { bytes: new Uint8Array(300), asked: 320, isSmallest: false },
    metrics: {},
    ms: 1,
  });
  const lane = { shown, shownOf: signal<OpenPicture | null>(null) };
  const none = { find: () => undefined };
  expect(weightOf(lane, none)).toEqual({ bytes: 300, bitsPerPixel: 24 });
  shown.set(null);
  expect(weightOf(lane, none)).toBeUndefined();
});
