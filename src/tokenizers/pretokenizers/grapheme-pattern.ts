const PREPEND =
  '\\x{600}-\\x{605}\\x{6dd}\\x{70f}\\x{890}\\x{891}\\x{8e2}\\x{d4e}\\x{110bd}\\x{110cd}\\x{111c2}\\x{111c3}\\x{113d1}\\x{1193f}\\x{11941}\\x{11a3a}\\x{11a84}-\\x{11a89}\\x{11d46}\\x{11f02}';
const CONTROL = `[\\p{Zl}\\p{Zp}\\p{Cc}\\p{Cf}[\\p{Cn}&&\\p{Default_Ignorable_Code_Point}]&&[^${PREPEND}\\x{200c}\\x{200d}\\x{e0020}-\\x{e007f}]]`;
const EXTEND = '\\p{Grapheme_Extend}\\p{Emoji_Modifier}\\x{200d}';
const SPACING =
  '[\\p{Mc}\\x{e33}\\x{eb3}&&[^\\x{102b}\\x{102c}\\x{1038}\\x{1062}-\\x{1064}\\x{1067}-\\x{106d}\\x{1083}\\x{1087}-\\x{108c}\\x{108f}\\x{109a}-\\x{109c}\\x{1a61}\\x{1a63}\\x{1a64}\\x{aa7b}\\x{aa7d}\\x{11720}\\x{11721}]]';

const L = '[\\x{1100}-\\x{115f}\\x{a960}-\\x{a97c}]';
const V = '[\\x{1160}-\\x{11a7}\\x{d7b0}-\\x{d7c6}\\x{16d63}\\x{16d67}-\\x{16d6a}]';
const T = '[\\x{11a8}-\\x{11ff}\\x{d7cb}-\\x{d7fb}]';
/** Syllables of two letters; those between them have three. */
const LV = `[${Array.from({ length: 399 }, (_, i) => String.fromCodePoint(0xac00 + 28 * i)).join('')}]`;
const HANGUL = `${L}*(?:${V}+|${LV}${V}*|[\\x{ac00}-\\x{d7a3}])${T}*|${L}+|${T}+`;
const PICTURE = '\\p{Extended_Pictographic}';
const PICTURES = `(?:[${EXTEND}]*\\x{200d}${PICTURE})*`;
/** What ends a cluster that began before the place where the expression begins. */
const ENDS = `(?<=${PICTURE}[${EXTEND}]*)[${EXTEND}]*\\x{200d}${PICTURE}${PICTURES}|(?<=(?:\\A|\\P{Regional_Indicator})\\p{Regional_Indicator}(?:\\p{Regional_Indicator}{2})*)\\p{Regional_Indicator}`;

/** `\X`: a grapheme cluster of Unicode 16.0 (UAX 29), or the rest of one, in Oniguruma's syntax. */
export const GRAPHEME_CLUSTER = `(?>\\r\\n|${CONTROL}|(?:${ENDS}|[${PREPEND}]*(?:${HANGUL}|\\p{Regional_Indicator}{2}|${PICTURE}${PICTURES}|[^${CONTROL}]))[${EXTEND}${SPACING}]*)`;
