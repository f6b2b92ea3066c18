import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** Linear sRGB of an OKLCH colour (Björn Ottosson's OKLab, 2020). */
function oklchToLinear(l: number, c: number, h: number): [number, number, number] {
  const a = c * Math.cos((h * Math.PI) / 180);
  const b = c * Math.sin((h * Math.PI) / 180);
  const L = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const M = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const S = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * L - 3.3077115913 * M + 0.2309699292 * S,
    -1.2684380046 * L + 2.6097574011 * M - 0.3413193965 * S,
    -0.0041960863 * L - 0.7034186147 * M + 1.707614701 * S,
  ];
}

type Theme = Record<string, [number, number, number]>;

const OKLCH = String.raw`oklch\(([\d.]+)% ([\d.]+) ([\d.]+)\)`;

/** The colour tokens of one theme, as [lightness, chroma, hue]. */
function theme(dark: boolean): Theme {
  const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
  const colours: Theme = {};
  for (const match of css.matchAll(
    new RegExp(String.raw`--([\w-]+): light-dark\(${OKLCH}, ${OKLCH}\);`, 'g'),
  )) {
    const [l, c, h] = match.slice(dark ? 5 : 2).map(Number) as [number, number, number];
    colours[match[1]!] = [l / 100, c, h];
  }
  return colours;
}

function luminance(colour: [number, number, number]): number {
  const [r, g, b] = oklchToLinear(...colour).map((v) => Math.min(1, Math.max(0, v))) as [
    number,
    number,
    number,
  ];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** WCAG 2 contrast ratio. */
function contrast(a: [number, number, number], b: [number, number, number]): number {
  const [hi, lo] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (hi + 0.05) / (lo + 0.05);
}

describe.each([
  ['light', false],
  ['dark', true],
])('%s palette', (_, dark) => {
  const colours = theme(dark);
  const fills = Array.from({ length: 8 }, (_, i) => colours[`token-${i}`]!);

  it.each(['canvas', 'surface', 'sunken'])('keeps text at 4.5:1 on %s', (ground) => {
    for (const text of ['ink', 'ink-2', 'ink-3', 'accent-ink', 'error', 'warning', 'done']) {
      expect(contrast(colours[text]!, colours[ground]!), text).toBeGreaterThanOrEqual(4.5);
    }
    expect(contrast(colours.accent!, colours[ground]!), 'accent').toBeGreaterThanOrEqual(3);
    expect(contrast(colours['line-strong']!, colours[ground]!), 'line-strong').toBeGreaterThanOrEqual(3);
  });

  it.each(['error', 'warning', 'done'])('keeps %s text legible on its wash', (tone) => {
    expect(contrast(colours[tone]!, colours[`${tone}-wash`]!)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(colours['ink-2']!, colours[`${tone}-wash`]!)).toBeGreaterThanOrEqual(4.5);
  });

  it('keeps token text at 4.5:1 on every fill', () => {
    expect(fills).toHaveLength(8);
    for (const fill of fills) expect(contrast(colours['token-ink']!, fill)).toBeGreaterThanOrEqual(4.5);
  });

  it('puts successive token fills 90 degrees and a step of lightness apart', () => {
    for (let i = 0; i < 8; i++) {
      const [la, , ha] = fills[i]!;
      const [lb, , hb] = fills[(i + 1) % 8]!;
      const turn = Math.abs(((hb - ha + 540) % 360) - 180);
      expect(turn).toBeGreaterThanOrEqual(90);
      expect(Math.abs(la - lb)).toBeGreaterThanOrEqual(0.04);
    }
  });
});
