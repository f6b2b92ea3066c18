import type { SampleText } from '../sample-text';

export const sample: SampleText = {
  id: 'numbers',
  label: 'Numbers',
  hint: 'Digits go one by one, in threes from the left, or however the corpus had them.',
  order: 20,
  text: `1 12 123 1234 12345 123456 1234567890
1,234,567.89   1.234.567,89   1 234 567,89   1_234_567
2026-11-23  23/11/2026  Nov 23, 2026  2026-11-23T18:45:00.000Z
3.14159265358979323846264338327950288419716939937510
9.99 + 0.01 = 10.00;  7 × 8 = 56;  999999 + 1 = 1000000
-40 °C = -40 °F   6.022e23   1e-9   0x1F4A9   0b101101   ½ ¾ ⅞
IPv4 192.168.000.001   v1.10.2 > v1.9.12   +1 (555) 010-0199
Ⅷ ⅻ ① ② ③ ٠١٢٣٤٥٦٧٨٩ ०१२३४५६७८९ 一二三四五
SHA-256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
`,
};
