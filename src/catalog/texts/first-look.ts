import type { SampleText } from '../sample-text';

export const sample: SampleText = {
  id: 'first-look',
  label: 'First look',
  hint: 'Words, a number, six scripts, code and emoji: look where the vocabularies differ.',
  order: 5,
  text: `Tokenizers cut the same text into different pieces. “Strawberry” is one piece for some and three for others, and 1234567.89 depends on who counts the digits.

Türkçe: evlerimizdekilerden
हिन्दी: विश्वविद्यालय के लिए
中文：人工智能正在改变世界。
العربية: وسيكتبونها في المكتبة
ไทย: ภาษาไทยไม่เว้นวรรคระหว่างคำ

for (let i = 0; i < 1000; i++) {
    if (i % 15 === 0) total += i;
}

🍓 👩🏽‍🚀 🇹🇷 ½ ≠ 0.5
`,
};
