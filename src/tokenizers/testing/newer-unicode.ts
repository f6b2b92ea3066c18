/**
 * Characters whose properties changed, or that came, after the Unicode versions that parts of Hugging Face's
 * library are built with (8.0 to 16.0, by part). On these the library differs from this engine, and from itself.
 */
const NEWER = new RegExp(
  [
    '[',
    String.raw`\u{7fd}\u{890}-\u{891}\u{897}-\u{89f}\u{88f}\u{8ca}-\u{8e2}\u{9fe}\u{9fd}\u{a76}\u{afa}-\u{aff}`,
    String.raw`\u{b55}\u{c04}\u{c3c}\u{c77}\u{c84}\u{cdc}\u{cf3}\u{d00}\u{d3b}-\u{d3c}\u{d81}\u{eba}\u{ece}\u{166d}`,
    String.raw`\u{1715}\u{1734}\u{180e}-\u{180f}\u{1885}-\u{1886}\u{1abf}-\u{1aff}\u{1b4d}-\u{1b4f}`,
    String.raw`\u{1b7d}-\u{1b7f}\u{1c80}-\u{1cbf}\u{1cf2}-\u{1cf3}\u{1cf7}\u{1df6}-\u{1dfb}\u{20c0}-\u{20ff}`,
    String.raw`\u{2e43}-\u{2e5d}\u{32ff}\u{a7a8}-\u{a7ff}\u{a82c}\u{a8c5}\u{a8ff}\u{a9bd}\u{ab60}-\u{ab6b}`,
    String.raw`\u{105c9}\u{105e4}\u{10781}-\u{107ba}\u{10940}-\u{10959}\u{10d24}-\u{10d6e}\u{10ead}-\u{10fff}`,
    String.raw`\u{11070}\u{11073}-\u{11074}\u{110c2}\u{11145}-\u{11146}\u{111c9}\u{111ce}-\u{111cf}\u{1123e}`,
    String.raw`\u{11241}\u{1133b}\u{11380}-\u{113e2}\u{11438}-\u{1145e}\u{11660}-\u{1166c}\u{116b9}\u{1171e}`,
    String.raw`\u{1182c}-\u{1183b}\u{11900}-\u{119e4}\u{11a00}-\u{11aa2}\u{11b00}-\u{11be1}\u{11c30}-\u{11cb6}`,
    String.raw`\u{11d31}-\u{11dd9}\u{11de0}-\u{11de9}\u{11ef3}-\u{11fff}\u{12ff1}-\u{12ff2}\u{13430}-\u{13455}`,
    String.raw`\u{1611e}-\u{1612f}\u{16d68}-\u{16d6f}\u{16e97}-\u{16ed3}\u{16f4f}\u{16f7f}-\u{16f87}`,
    String.raw`\u{16fe0}-\u{16fff}\u{187f8}-\u{187ff}\u{18d00}-\u{18df2}\u{1ccd6}-\u{1ccf9}\u{1cf00}-\u{1cf46}`,
    String.raw`\u{1e000}-\u{1e08f}\u{1e130}-\u{1e136}\u{1e2ae}\u{1e2ec}-\u{1e2ef}\u{1e4d0}-\u{1e4ef}`,
    String.raw`\u{1e5d0}-\u{1e6ff}\u{1e900}-\u{1e95f}\u{1f100}-\u{1f1e5}\u{1f16c}-\u{1f16f}\u{1fb00}-\u{1fbf9}`,
    String.raw`\u{2b73a}-\u{2b73f}\u{2cea2}-\u{2cead}\u{323b0}-\u{33479}\u{61d}\u{295}`,
    ']',
  ].join(''),
  'u',
);

const ALL_NEWER = new RegExp(NEWER.source, 'gu');

/** The text without them. */
export function withoutNewerUnicode(text: string): string {
  return text.replace(ALL_NEWER, '');
}

/** Whether a text has characters that implementations of different age see differently. */
export function dependsOnUnicodeVersion(text: string): boolean {
  return NEWER.test(text);
}
