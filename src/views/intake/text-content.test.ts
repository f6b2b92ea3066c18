import { describe, expect, it } from 'vitest';
import { encodeLink } from '../../core/link/envelope';
import { readTextContent, type TextContent } from './text-content';
import { isTextField } from './text-field';

const of = (text: { uris?: string; html?: string; plain?: string }) =>
  readTextContent({ uris: '', html: '', plain: '', ...text });

const DOT = 'data:image/png;base64,iVBORw0KGgo=';
const DOT_BYTES = [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10];

async function bytesOf(content: TextContent): Promise<number[]> {
  if (content.kind !== 'picture') throw new Error(JSON.stringify(content));
  return [...new Uint8Array(await content.picture.arrayBuffer())];
}

describe('data: URLs', () => {
  it.each([
    ['as text', { plain: DOT }],
    ['as text between spaces', { plain: ` ${DOT}\n` }],
    ['as an address', { uris: `# dragged\r\n${DOT}\r\n` }],
    ['with percent signs', { plain: 'data:image/png,%89PNG%0D%0A%1A%0A' }],
    ['with percent signs in base64', { plain: 'DATA:image/png;base64,iVBORw0KGgo%3D' }],
    ['in an img', { html: `<meta charset="utf-8"><img alt="a>b" src="${DOT}">` }],
    ['in an img after a remote one', { html: `<img src=https://a.example/x.png><img src='${DOT}'>` }],
    ['in an img whose address is remote', { html: `<img src="${DOT}">`, uris: 'https://a.example/' }],
  ])('are pictures: %s', async (_, text) => {
    expect(await bytesOf(of(text))).toEqual(DOT_BYTES);
  });

  it('keep SVG in any writing', async () => {
    const found = of({ plain: 'data:image/svg+xml;utf8,<svg xmlns="x">é%20</svg>' });
    expect(new TextDecoder().decode(Uint8Array.from(await bytesOf(found)))).toBe('<svg xmlns="x">é </svg>');
  });

  it.each([
    ['data:text/plain,words', 'text/plain'],
    ['data:,words', 'text/plain'],
    ['data:image/png;base64,%%%', 'image/png'],
    ['data:image/png;base64,', 'image/png'],
    ['data:image/png', 'text/plain'],
  ])('of other kinds, or damaged, are told: %s', (plain, type) => {
    expect(of({ plain })).toEqual({ kind: 'bad-data', type });
  });
});

describe('SVG', () => {
  it('is a picture as text and in HTML', async () => {
    for (const text of [{ plain: '  <svg></svg>' }, { html: '<div><svg></svg></div>', plain: 'x' }]) {
      expect(String.fromCharCode(...(await bytesOf(of(text))))).toBe('<svg></svg>');
    }
    expect(of({ plain: '<p>words</p>' })).toEqual({ kind: 'text' });
  });
});

describe('links of the project', () => {
  const hash = encodeLink('image', { head: { model: 'karhunen-128' }, blob: new Uint8Array(9) })!;

  it.each([
    ['as text', { plain: `https://example.org/tokenoscope/${hash}` }],
    ['as an address', { uris: `http://localhost:4173/${hash}` }],
    ['as a hash alone', { plain: `${hash}\n` }],
    ['in HTML, as browsers copy it', { html: `<a href="x">x</a>`, plain: `http://localhost/${hash}` }],
  ])('are known %s', (_, text) => {
    expect(of(text)).toEqual({ kind: 'link', hash });
  });

  it.each(['#heading-of-a-page', 'https://example.org/#2', '#1.short', 'see #1.abcdefghijk'])(
    'are not %s',
    (plain) => expect(of({ plain }).kind).not.toBe('link'),
  );
});

describe('addresses', () => {
  it.each([
    [{ uris: 'https://example.org/cat.png', plain: 'https://example.org/cat.png' }, 'web', 'example.org'],
    [{ html: '<img src="https://a.example/x.png?a=1&amp;b=2">' }, 'web', 'a.example'],
    [{ plain: 'file:///home/me/cat.png' }, 'file', ''],
    [{ html: '<img src="blob:https://a.example/1">' }, 'page', ''],
  ] as const)('are told apart and never fetched: %j', (text, scheme, host) => {
    expect(of(text)).toEqual({ kind: 'address', scheme, host });
  });

  it('words are words', () => {
    expect(of({ plain: 'see https://example.org' })).toEqual({ kind: 'text' });
    expect(of({})).toEqual({ kind: 'text' });
    expect(of({ html: '<b>bold</b>', plain: 'bold' })).toEqual({ kind: 'text' });
  });

  it('long text costs no time', () => {
    const began = performance.now();
    of({ plain: `#1.${'a '.repeat(2_000_000)}`, html: `<img ${'a="b" '.repeat(200_000)}>` });
    of({ html: '<img '.repeat(200_000) });
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});

describe('isTextField', () => {
  const element = (tagName: string, more: object = {}) =>
    ({ tagName, getAttribute: () => null, ...more }) as unknown as EventTarget;
  it.each([
    ['a text area', element('textarea'), true],
    ['an input', element('INPUT', { type: 'text' }), true],
    ['a number field', element('INPUT', { type: 'number' }), true],
    ['a slider', element('INPUT', { type: 'range' }), false],
    ['a button', element('BUTTON'), false],
    ['what can be edited', element('DIV', { isContentEditable: true }), true],
    ['a textbox by its role', element('DIV', { getAttribute: () => 'textbox' }), true],
    ['the page', element('BODY'), false],
    ['nothing', null, false],
    ['the window', {} as EventTarget, false],
  ])('%s', (_, target, expected) => expect(isTextField(target)).toBe(expected));
});
