import { describe, expect, it } from 'vitest';
import { bytesAt, followerPosition, type Placed } from './position';

const psnr = { id: 'psnr', unit: 'dB', better: 'higher' } as const;
const distance = { id: 'd', unit: '', better: 'lower' } as const;

const points = (values: Readonly<Record<number, number>>, metric = 'psnr') => {
  const all: { k: number; metrics: Record<string, number> }[] = [];
  for (const [k, value] of Object.entries(values))
    all[Number(k)] = { k: Number(k), metrics: { [metric]: value } };
  return all;
};
const model = (bits: number, count: number, measured: Placed['points'] = []): Placed => ({
  scale: { unit: 'token', bits, count },
  points: measured,
});
const codec = (measured: Placed['points'] = [], count = 32_768): Placed => ({
  scale: { unit: 'byte', bits: 8, count },
  points: measured,
});

describe('lanes at equal bytes', () => {
  it('stand at the prefix whose bytes are nearest to the lead’s', () => {
    const lead = model(16, 256);
    for (const [bits, k, expected] of [
      [16, 64, 64],
      [8, 5, 10],
      [10, 5, 8],
      [12, 1, 1],
      [24, 1, 1],
    ] as const) {
      expect(followerPosition('bytes', lead, k, model(bits, 1000), psnr).k).toBe(expected);
    }
    expect(followerPosition('bytes', lead, 200, model(8, 144), psnr)).toEqual({ k: 144, bytes: 144 });
    expect(followerPosition('bytes', model(4, 64), 1, model(16, 9), psnr)).toEqual({ k: 1, bytes: 2 });
  });

  it('ask codecs for these bytes', () => {
    expect(followerPosition('bytes', model(16, 256), 64, codec(), psnr)).toEqual({ k: 128, bytes: 128 });
    expect(followerPosition('bytes', model(10, 256), 1, codec(), psnr).k).toBe(1);
    expect(followerPosition('bytes', model(16, 256), 64, codec([], 1), psnr).k).toBe(1);
  });
});

describe('lanes at equal tokens', () => {
  it('stand at the same k, or at their last token', () => {
    expect(followerPosition('tokens', model(16, 256), 64, model(8, 144), psnr)).toEqual({ k: 64, bytes: 64 });
    expect(followerPosition('tokens', model(16, 256), 64, model(8, 32), psnr).k).toBe(32);
  });

  it('ask codecs, which have none, for the same bytes', () => {
    expect(followerPosition('tokens', model(16, 256), 64, codec(), psnr).k).toBe(128);
  });
});

describe('lanes at equal quality', () => {
  const lead = model(16, 256, points({ 64: 21 }));

  it('stand at their smallest prefix that reaches the lead’s, and say so', () => {
    const lane = model(16, 256, points({ 8: 17, 32: 21, 40: 20.9, 64: 22 }));
    expect(followerPosition('quality', lead, 64, lane, psnr)).toEqual({
      k: 32,
      bytes: 64,
      note: '32 tok · 64 B for 21.0 dB',
    });
    expect(followerPosition('quality', lead, 64, codec(points({ 454: 20.5, 612: 21 })), psnr)).toMatchObject({
      k: 612,
      bytes: 612,
      note: '612 B for 21.0 dB',
    });
  });

  it('ask codecs for sizes between, until there is no nearer one', () => {
    const sizes = [454, 470, 483, 555, 612];
    const quality = (size: number) => 20.5 + (1.5 * (size - 454)) / (612 - 454);
    const measured: Record<number, number> = { 454: quality(454), 612: quality(612) };
    const asked: number[] = [];
    for (;;) {
      const { k, note, probe } = followerPosition('quality', lead, 64, codec(points(measured)), psnr);
      if (probe === undefined || asked.includes(probe)) {
        expect([k, note]).toEqual([555, '555 B for 21.5 dB, the nearest that reaches 21.0 dB']);
        break;
      }
      asked.push(probe);
      const nearest = sizes.reduce((a, b) => (Math.abs(b - probe) < Math.abs(a - probe) ? b : a));
      measured[nearest] = quality(nearest);
    }
    expect(asked.length).toBeGreaterThan(1);
  });

  it('say so where the smallest is already better', () => {
    expect(followerPosition('quality', lead, 64, codec(points({ 704: 25.7, 900: 27 })), psnr)).toEqual({
      k: 704,
      bytes: 704,
      note: 'The smallest file, 704 B, is already better: 25.7 dB, beside 21.0 dB.',
    });
    const lane = model(16, 32, points({ 1: 23, 2: 24 }));
    expect(followerPosition('quality', lead, 64, lane, psnr)).toMatchObject({
      k: 1,
      note: '1 tok · 2 B is already better: 23.0 dB, beside 21.0 dB.',
    });
    // Of a slow model not every number is decoded.
    const slow = model(16, 32, points({ 8: 17, 16: 23 }));
    expect(followerPosition('quality', lead, 64, slow, psnr).note).toBe(
      '16 tok · 32 B for 23.0 dB, the nearest measured that reaches 21.0 dB',
    );
  });

  it('know which way a measure is better', () => {
    const near = model(16, 256, points({ 64: 0.2 }, 'd'));
    const lane = model(16, 256, points({ 8: 0.5, 16: 0.19, 32: 0.1 }, 'd'));
    expect(followerPosition('quality', near, 64, lane, distance).k).toBe(16);
  });

  it('say where they do not reach it, and show their best', () => {
    const lane = model(16, 32, points({ 8: 17, 16: 19, 32: 18.5 }));
    expect(followerPosition('quality', lead, 64, lane, psnr)).toEqual({
      k: 16,
      bytes: 32,
      note: 'Does not reach 21.0 dB: 19.0 dB at most.',
    });
  });

  it('stand at equal bytes until that is measured', () => {
    const note = 'Not measured yet: at equal bytes.';
    const lane = model(16, 256, points({ 8: 17, 32: 21 }));
    expect(followerPosition('quality', lead, 7, lane, psnr)).toEqual({ k: 7, bytes: 14, note });
    expect(followerPosition('quality', lead, 64, model(8, 256), psnr)).toEqual({ k: 128, bytes: 128, note });
    expect(followerPosition('quality', lead, 64, lane, distance)).toMatchObject({ note });
  });
});

it('counts whole bytes', () => {
  expect([bytesAt(1, { bits: 10 }), bytesAt(4, { bits: 10 }), bytesAt(7, { bits: 8 })]).toEqual([2, 5, 7]);
});
