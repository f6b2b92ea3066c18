import { describe, expect, it } from 'vitest';
import { mendSvg, readSvgText } from './svg';
import { type SvgScan, scanSvg } from './svg-scan';

const NS = 'xmlns="http://www.w3.org/2000/svg"';
const utf8 = (text: string) => new TextEncoder().encode(text);

function utf16(text: string, littleEndian: boolean): Uint8Array {
  const bytes = Buffer.from(text, 'utf16le');
  return Uint8Array.from(littleEndian ? bytes : bytes.swap16());
}

function scan(source: string): SvgScan {
  const svg = readSvgText(utf8(source))!;
  const steps = scanSvg(svg.text, svg.root);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

const mend = (source: string) => mendSvg(readSvgText(utf8(source))!, scan(source));

describe('reading the text', () => {
  const source = `<?xml version="1.0" encoding="UTF-16"?>\n<svg ${NS}>é</svg>`;
  it.each([
    ['UTF-8', utf8(source)],
    ['UTF-8 with a mark', utf8(`\ufeff${source}`)],
    ['UTF-16, little endian, with a mark', utf16(`\ufeff${source}`, true)],
    ['UTF-16, big endian, with a mark', utf16(`\ufeff${source}`, false)],
    ['UTF-16, little endian', utf16(source, true)],
    ['UTF-16, big endian', utf16(source, false)],
    [
      'Latin 1',
      Uint8Array.from(Buffer.from(source.replace('UTF-16', 'iso-8859-1').replace('é', '\xe9'), 'latin1')),
    ],
    ['UTF-8 after a long comment', utf8(`<!--${'x'.repeat(100_000)}-->${source.slice(39)}`)],
  ])('takes %s', (_, bytes) => {
    const svg = readSvgText(bytes)!;
    expect(svg.text.slice(svg.root)).toBe(`<svg ${NS}>é</svg>`);
  });

  it.each(['', '<html><svg/></html>', '<!doctype html><svg/>', 'words <svg/>', '<!-- open', '<svgx/>'])(
    'refuses %j',
    (source) => expect(readSvgText(utf8(source))).toBeUndefined(),
  );
});

describe('what is drawn', () => {
  const tens = (...body: string[]) =>
    body.map((inner, i) => `<g id="g${i + 1}">${inner.repeat(10)}</g>`).join('');
  const nested = (levels: number) =>
    tens('<rect/>', ...Array.from({ length: levels }, (_, i) => `<use href="#g${i + 1}"/>`));

  it('counts elements, and what is repeated each time', () => {
    expect(scan('<svg><rect/><g><path/></g></svg>')).toMatchObject({ elements: 4, drawn: 4 });
    // The symbol is read once and drawn twice more; each use costs four.
    expect(scan('<svg><g id="a"><rect/><rect/></g><use href="#a"/><use xlink:href="#a"/></svg>').drawn).toBe(
      1 + 3 + 2 * (4 + 3),
    );
  });

  it('counts a billion uses without drawing one', () => {
    const { elements, drawn } = scan(`<svg>${nested(8)}</svg>`);
    expect(elements).toBeLessThan(110);
    expect(drawn).toBeGreaterThan(1e9);
  });

  it('ends where references go in a circle', () => {
    expect(
      scan('<svg><g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g></svg>').drawn,
    ).toBeLessThan(30);
    const chain = Array.from({ length: 5_000 }, (_, i) => `<g id="c${i}"><use href="#c${i + 1}"/></g>`);
    expect(scan(`<svg>${chain.join('')}</svg>`).drawn).toBe(Number.POSITIVE_INFINITY);
  });

  it.each([
    ['mask', (id: string) => `mask="url(#${id})"`],
    ['pattern', (id: string) => `style="fill: url('#${id}')"`],
    ['clipPath', (id: string) => `clip-path="url(#${id})"`],
    ['mask', (id: string) => `class="x ${id}"`],
  ])('follows nested %s', (element, attribute) => {
    const parts = Array.from({ length: 7 }, (_, i) => {
      const inner = `<rect ${i > 0 ? attribute(`p${i - 1}`) : ''}/>`;
      return `<${element} id="p${i}">${inner.repeat(10)}</${element}>`;
    });
    const sheet = `<style>rect{fill:red}${parts.map((_, i) => `g .p${i}{mask:url(#p${i})}`).join('')}</style>`;
    expect(scan(`<svg>${parts.join('')}${sheet}</svg>`).drawn).toBeGreaterThan(1e6);
  });

  it('builds a gradient once, and a marker at every point', () => {
    const gradient = '<linearGradient id="g"><stop/><stop/></linearGradient>';
    expect(scan(`<svg>${gradient}${'<rect fill="url(#g)"/>'.repeat(10)}</svg>`).drawn).toBe(14);
    const marker = '<marker id="m"><path/></marker>';
    const line = `<path d="${'L10 10 '.repeat(100)}" marker-mid="url(#m)"/>`;
    expect(scan(`<svg>${marker}${line}</svg>`).drawn).toBeGreaterThan(150);
  });

  it('leaves comments, metadata and embedded pictures out of what has to be read', () => {
    const picture = `data:image/png;base64,${'A'.repeat(50_000)}`;
    const source = `<svg><!--${'x'.repeat(50_000)}--><metadata>${'<x/>'.repeat(20_000)}</metadata><image href="${picture}"/></svg>`;
    expect(scan(source).markup).toBeLessThan(100);
    expect(mend(source).length).toBeLessThan(51_000);
  });

  it('finds HTML', () => {
    expect(scan('<svg><g><foreignObject/></g></svg>').hasForeignObject).toBe(true);
    expect(scan('<svg><!-- <foreignObject/> --></svg>').hasForeignObject).toBe(false);
  });

  it('reads on over what looks like markup', () => {
    expect(scan('<svg a="<rect/>" b=\'>\'><style><![CDATA[</x>]]></style><rect/></svg>')).toMatchObject({
      elements: 3,
      open: [],
    });
  });
});

describe('mending', () => {
  it.each([
    ['<svg width="5" height="4"/>', /^<svg width="5" height="4" xmlns="[^"]+" xmlns:xlink="[^"]+"\/>$/],
    [
      '<svg viewBox="0 0 8 6"><g/></svg>',
      /^<svg viewBox="0 0 8 6" width="8" height="6" xmlns=.*><g\/><\/svg>$/,
    ],
    [
      '<svg width="100%" viewBox="0 0 8 6" height="auto"></svg>',
      /^<svg +viewBox="0 0 8 6" +width="8" height="6"/,
    ],
    ['<s:svg xmlns:s="x"></s:svg>', /^<s:svg xmlns:s="x" width="300" height="150" xmlns:xlink=/],
    ['<?xml version="1.0" encoding="latin1"?><svg></svg> junk', /^<svg [^>]*><\/svg>$/],
    [
      '<!DOCTYPE svg [<!ENTITY a "b>c">]><!-- x --><svg>&a;</svg>',
      /^<!DOCTYPE svg \[<!ENTITY a "b>c">\]><svg/,
    ],
  ])('gives %s a size and its namespaces', (source, expected) => {
    expect(mend(source)).toMatch(expected);
  });

  it.each([
    ['<svg><g><rect/><rect width="3', '<g><rect/></g></svg>'],
    ['<svg><g><text>wor', '<g><text></text></g></svg>'],
    ['<svg><g><rect/></g', '<g><rect/></g></svg>'],
    ['<svg><g/><!-- open', '<g/></svg>'],
  ])('closes what a cut left open: %s', (source, body) => {
    expect(scan(source).open.length).toBeGreaterThan(0);
    expect(mend(source)).toMatch(new RegExp(`^<svg [^>]*>${body}$`));
  });
});
