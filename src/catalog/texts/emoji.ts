import type { SampleText } from '../sample-text';

export const sample: SampleText = {
  id: 'emoji',
  label: 'Emoji',
  hint: 'One picture on screen, up to ten code points and 35 bytes underneath.',
  order: 40,
  text: `Faces: 😀 😅 🥹 🫠 🙃 🤯
Skin tones: 👋 👋🏻 👋🏼 👋🏽 👋🏾 👋🏿
Families (joined by U+200D): 👨‍👩‍👧‍👦 👩‍👩‍👦 👨‍👧
People at work: 👩🏽‍🚀 👨🏿‍🍳 🧑🏻‍🎨 👩‍🔬 🧑‍💻
Couples: 👩🏾‍❤️‍💋‍👨🏻 🧑🏼‍🤝‍🧑🏿
Flags (two letters each): 🇹🇷 🇯🇵 🇧🇷 🇩🇪 🇰🇪 🇮🇳
Flags with tags: 🏴󠁧󠁢󠁳󠁣󠁴󠁿 🏴󠁧󠁢󠁷󠁬󠁳󠁿  Joined: 🏳️‍🌈 🏴‍☠️ 🏳️‍⚧️
Text or picture: ☺︎ ☺️ ❤︎ ❤️ ☂ ☂️ ↔ ↔️
Keycaps: 0️⃣ 7️⃣ #️⃣ *️⃣
New ones: 🫨 🩷 🪿 🐦‍🔥 🍋‍🟩
In a sentence: I ❤️ 🍓, but the 🤖 can't count the r's 🤷🏽‍♀️!!
`,
};
