import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { TokenoscopeError } from '../errors';
import { inspectPicture } from './sniff';

/** A picture with enough detail that its file has a body to lose. */
function noise(width: number, height: number, channels: 3 | 4 = 3) {
  const data = Uint8Array.from({ length: width * height * channels }, (_, i) => (i * i * 7919) >>> 5);
  return sharp(data, { raw: { width, height, channels } });
}

async function animation() {
  const frames = [noise(20, 10), noise(20, 10).negate()].map((frame) => frame.png().toBuffer());
  return sharp(await Promise.all(frames), { join: { animated: true } });
}

/** One pixel a frame, written by hand, since encoders always write the trailer. */
const gif = (...tail: number[]) => [
  ...Buffer.from('GIF89a'),
  ...[3, 0, 2, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255],
  ...tail,
];
const gifFrame = [0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0];

function bmp(width: number, height: number, missing = 0): Uint8Array {
  const bytes = new Uint8Array(54 + Math.ceil((width * 24) / 32) * 4 * Math.abs(height) - missing);
  const view = new DataView(bytes.buffer);
  bytes.set([0x42, 0x4d]);
  view.setUint32(10, 54, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, width, true);
  view.setInt32(22, height, true);
  view.setUint16(28, 24, true);
  return bytes;
}

function pngHeader(width: number, height: number): Uint8Array {
  const bytes = new Uint8Array(57);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  const view = new DataView(bytes.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  return bytes;
}

const text = (value: string) => new TextEncoder().encode(value);

function failure(bytes: Uint8Array, name = 'x.png'): TokenoscopeError {
  try {
    inspectPicture(bytes, name);
  } catch (error) {
    if (error instanceof TokenoscopeError) return error;
    throw error;
  }
  throw new Error('It opened.');
}

describe('formats', () => {
  it.each([
    ['PNG', () => noise(31, 17).png()],
    ['JPEG', () => noise(31, 17).jpeg()],
    ['JPEG', () => noise(31, 17).jpeg({ progressive: true })],
    ['WebP', () => noise(31, 17).webp()],
    ['WebP', () => noise(31, 17).webp({ lossless: true })],
    ['WebP', () => noise(31, 17, 4).webp()],
    ['AVIF', () => noise(31, 17).avif()],
    ['AVIF', () => noise(31, 17, 4).avif()],
    ['GIF', () => noise(31, 17).gif()],
  ])('reads size and kind of %s, and notices when it is cut anywhere', async (format, make) => {
    const file = new Uint8Array(await make().toBuffer());
    expect(inspectPicture(file, '')).toEqual({
      format,
      width: 31,
      height: 17,
      animated: false,
      truncated: false,
    });
    for (const part of [0.4, 0.6, 0.8, 0.95]) {
      expect(inspectPicture(file.subarray(0, Math.floor(file.length * part)), '').truncated).toBe(true);
    }
    const start = file.subarray(0, format === 'GIF' ? 9 : 20);
    expect(failure(start).code).toBe('image-truncated');
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('turns a JPEG by its EXIF orientation %i', async (orientation) => {
    const file = await noise(31, 17).jpeg().withMetadata({ orientation }).toBuffer();
    const { width, height } = inspectPicture(new Uint8Array(file), '');
    expect([width, height]).toEqual(orientation >= 5 ? [17, 31] : [31, 17]);
  });

  it('accepts bytes after the end', async () => {
    const encoders = [noise(9, 9).jpeg(), noise(9, 9).png(), noise(9, 9).avif(), noise(9, 9).webp()];
    for (const encoder of encoders) {
      const file = await encoder.toBuffer();
      expect(inspectPicture(new Uint8Array([...file, 1, 2, 3]), '').truncated).toBe(false);
    }
  });

  it('tells animations', async () => {
    const files = [(await animation()).gif({ delay: 50 }), (await animation()).webp({ delay: 50 })];
    for (const file of files) {
      expect(inspectPicture(new Uint8Array(await file.toBuffer()), '')).toMatchObject({
        width: 20,
        height: 10,
        animated: true,
      });
    }
    // An acTL chunk before the rest of a PNG makes it an APNG.
    const png = await noise(5, 5).png().toBuffer();
    const chunk = Uint8Array.of(0, 0, 0, 0, ...text('acTL'), 0, 0, 0, 0);
    const apng = Uint8Array.of(...png.subarray(0, 33), ...chunk, ...png.subarray(33));
    expect(inspectPicture(apng, '').animated).toBe(true);
  });

  it('forgives a GIF without its trailer, not one without a whole frame', () => {
    expect(inspectPicture(Uint8Array.from(gif(...gifFrame, 0x3b)), '')).toMatchObject({
      width: 3,
      height: 2,
    });
    expect(inspectPicture(Uint8Array.from(gif(...gifFrame)), '').animated).toBe(false);
    expect(inspectPicture(Uint8Array.from(gif(...gifFrame.slice(0, -2))), '').truncated).toBe(true);
  });

  it('reads BMP, also top-down', () => {
    expect(inspectPicture(bmp(5, 4), '')).toMatchObject({ format: 'BMP', width: 5, height: 4 });
    expect(inspectPicture(bmp(5, -4), '')).toMatchObject({ height: 4 });
    expect(inspectPicture(bmp(5, 4, 1), '').truncated).toBe(true);
  });

  it.each([
    ['<svg width="20" height="10"/>', 20, 10],
    ['<?xml version="1.0"?>\n<!-- hi -->\n<svg viewBox="0 0 4 3"></svg>', 4, 3],
    ['\ufeff  <svg width="1in" height="48pt"></svg>', 96, 64],
    ['<svg width="50%" height="50%" viewBox="0,0,30,60"></svg>', 30, 60],
    ['<svg width="100" viewBox="0 0 2 1" data-x="a>b"><g/></svg>\n', 100, 50],
    [
      '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"><svg></svg>',
      300,
      150,
    ],
  ])('reads SVG %s', (source, width, height) => {
    expect(inspectPicture(text(source), '')).toMatchObject({ format: 'SVG', width, height });
  });

  it('notices a cut SVG', () => {
    expect(inspectPicture(text('<svg width="9" height="9"><rect width="3"'), '')).toMatchObject({
      width: 9,
      truncated: true,
    });
    expect(failure(text('<svg width="9" height=')).code).toBe('image-truncated');
  });

  it('refuses an SVG that would block a page, and says why and what to do', () => {
    const error = failure(text(`<svg>${'<g/>'.repeat(100_000)}</svg>`), 'map.svg');
    expect(error.code).toBe('image-too-large');
    expect(error.message).toBe(
      '"map.svg" is too large an SVG: it has 100,001 elements; at most about 25,000 can be drawn.',
    );
    expect(error.hint).toContain('PNG');
  });
});

describe('files that are no pictures', () => {
  it.each([
    ['text', text('Dear diary,\nпривет')],
    ['a web page', text('<!DOCTYPE html><html><body><svg></svg></body></html>')],
    ['a PDF document', text('%PDF-1.7 ...')],
    ['a TIFF picture', text('II*\0....')],
    ['a ZIP archive', text('PK\x03\x04....')],
    ['a HEIC picture', Uint8Array.of(0, 0, 0, 24, ...text('ftypheic\0\0\0\0mif1heic'))],
    ['a video', Uint8Array.of(0, 0, 0, 20, ...text('ftypisom\0\0\0\0isom'))],
    ['no known format', Uint8Array.of(1, 2, 3, 250, 251, 0)],
  ])('are named: %s', (words, bytes) => {
    const error = failure(bytes, 'holiday.png');
    expect(error.code).toBe('not-an-image');
    expect(error.message).toContain('"holiday.png"');
    expect(error.message).toContain(words);
    expect(error.hint).toContain('PNG');
  });

  it('say so when they are empty', () => {
    expect(failure(new Uint8Array()).message).toBe('"x.png" is empty (0 bytes).');
  });
});

describe('large pictures', () => {
  it('are refused above 100 megapixels with their size and what to do, before anything else is wrong', () => {
    const error = failure(pngHeader(16_000, 16_000), 'poster.png');
    expect(error.code).toBe('image-too-large');
    expect(error.message).toContain('"poster.png" is 16,000 x 16,000 pixels (256 megapixels)');
    expect(error.hint).toContain('Make it smaller');
  });

  it('are opened up to 100 megapixels', () => {
    expect(inspectPicture(pngHeader(10_000, 10_000), '').width).toBe(10_000);
    expect(failure(pngHeader(10_001, 10_000)).code).toBe('image-too-large');
  });

  it('an SVG has no pixels to be too many of', () => {
    expect(inspectPicture(text('<svg width="16000" height="16000"></svg>'), '').width).toBe(16_000);
  });

  it('an SVG of more bytes than can be read is refused by its beginning', () => {
    const large = new Uint8Array(25_000_000).fill(32);
    large.set(text('<svg width="9" height="9">'));
    expect(failure(large).message).toContain('25.0 MB; at most 24.0 MB can be opened');
    large.set(text('<html>        '));
    expect(failure(large).message).toContain('a web page');
  });

  it('a size of zero is a damaged file', () => {
    const bytes = Uint8Array.of(...pngHeader(0, 5).subarray(0, 33), 0, 0, 0, 0, ...text('IEND'), 0, 0, 0, 0);
    expect(failure(bytes).code).toBe('not-an-image');
  });
});
