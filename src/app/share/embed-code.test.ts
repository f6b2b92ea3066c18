import { describe, expect, it } from 'vitest';
import { embedAddress, embedCode } from './embed-code';

describe('embedAddress', () => {
  it.each([
    ['https://example.org/#2.x', 'https://example.org/embed.html#2.x'],
    ['https://example.org/tokenoscope/#2.x', 'https://example.org/tokenoscope/embed.html#2.x'],
    ['https://example.org/t/index.html?a=1#text', 'https://example.org/t/embed.html#text'],
  ])('%s', (url, embed) => expect(embedAddress(url)).toBe(embed));
});

describe('embedCode', () => {
  const code = embedCode({ url: 'https://example.org/t/#2.x', title: 'A "B" <C> & D', height: 600 });

  it('is a frame with a name, whose attributes nothing leaves', () => {
    expect(code.split('\n')[0]).toBe(
      '<iframe src="https://example.org/t/embed.html#2.x" title="A &quot;B&quot; &lt;C> &amp; D" width="100%" height="600" loading="lazy" style="border: 0"></iframe>',
    );
  });

  /** Runs the script of the code on a page with two frames. @returns their heights after a message */
  function heightsAfter(message: object): (string | undefined)[] {
    const [, script = ''] = /<script>(.*)<\/script>$/s.exec(code) ?? [];
    const frames = [{}, {}].map((contentWindow) => ({ contentWindow, style: {} as { height?: string } }));
    let listener: ((event: object) => void) | undefined;
    const page = {
      addEventListener: (_: string, added: (event: object) => void) => {
        listener = added;
      },
      document: { querySelectorAll: () => frames },
    };
    new Function(...Object.keys(page), script)(...Object.values(page));
    listener?.({ origin: 'https://example.org', source: frames[0]!.contentWindow, ...message });
    return frames.map(({ style }) => style.height);
  }

  it('gives a frame the height that it reports, and no other frame', () => {
    expect(heightsAfter({ data: { type: 'tokenoscope:height', height: 731 } })).toEqual(['731px', undefined]);
  });

  it.each([
    { data: { type: 'tokenoscope:height', height: 731 }, origin: 'https://evil.example' },
    { data: { type: 'tokenoscope:height', height: 731 }, source: {} },
    { data: { type: 'other', height: 731 } },
    { data: { type: 'tokenoscope:height', height: '731' } },
    { data: { type: 'tokenoscope:height', height: Number.NaN } },
    { data: { type: 'tokenoscope:height', height: -1 } },
    { data: { type: 'tokenoscope:height', height: 1e9 } },
    { data: { type: 'tokenoscope:height' } },
    { data: 'tokenoscope:height' },
    { data: null },
  ])('ignores every other message: %j', (message) => {
    expect(heightsAfter(message)).toEqual([undefined, undefined]);
  });
});
