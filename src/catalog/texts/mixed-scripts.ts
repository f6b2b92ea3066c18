import type { SampleText } from '../sample-text';

// Written with escapes where a reader of this file could not see what stands there.
export const sample: SampleText = {
  id: 'mixed-scripts',
  label: 'Mixed scripts',
  hint: 'Right-to-left runs, combining marks, look-alikes: byte order stays, only the drawing turns.',
  order: 70,
  text: `Arabic, with and without vowels: مَكْتَبَةٌ مكتبة — في الصفحة ١٢ كلمة token واحدة.
Hebrew, with points: שָׁלוֹם עוֹלָם, without: שלום עולם (GPT-2, 1999).
Persian joins with a hidden mark: می\u200cخواهم, not میخواهم.
Same look, other bytes: café \u2260 cafe\u0301; \u00c5 \u2260 A\u030a \u2260 \u212b; \ufb01ne \u2260 fine; \u0430\u0440\u0440\u04cf\u0435 \u2260 apple.
Stacked marks: Z\u0351\u036b\u0343a\u0363\u0342l\u0308\u0310g\u030a\u0358o\u0322\u0334 and Việt Nam, Ǫ̀ṣun, Łódź.
हिन्दी: क्षत्रिय, स्त्री; தமிழ்: கொடுக்கிறார்கள்; 한국어: 값싼 닭볶음탕; ქართული; አማርኛ.
Full width: ＡＢＣ１２３, half width: ｶﾀｶﾅ; math: 𝕋𝕠𝕜𝕖𝕟 𝒯ℴ𝓀ℯ𝓃; runes: ᚠᚢᚦ; cuneiform: 𒀭𒂗𒆤.
Одна строка, three алфавита, μία γλώσσα.
`,
};
