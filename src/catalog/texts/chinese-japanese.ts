import type { SampleText } from '../sample-text';

export const sample: SampleText = {
  id: 'chinese-japanese',
  label: '中文・日本語',
  hint: 'Frequent characters and words are one token; rare ones break inside a character.',
  order: 100,
  text: `分词器把文字切成一个个小块，再给每块一个编号。中文的词与词之间没有空格，“研究生命起源”既可以读作“研究／生命／起源”，也可能被错切成“研究生／命／起源”。常用字往往一字一块，而“龘”“犇”“饕餮”这样的字会散成几个字节。简体的“语言”和繁體的「語言」意思相同，编号却不同。标点也要付费：，。！？……——《》都各占一块。

日本語は漢字、ひらがな、カタカナ、ローマ字を一つの文に混ぜて書きます。「すもももももももものうち」や「ここではきものをぬいでください」は、どこで切るかで意味が変わります。トークナイザーは音も意味も知らず、よく並ぶバイト列だけを覚えています。２０２６年１１月２３日（月）、東京の気温は１２℃でした。
`,
};
