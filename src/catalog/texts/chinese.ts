import type { SampleText } from '../sample-text';

export const sample: SampleText = {
  id: 'chinese',
  label: '中文',
  hint: 'Newer vocabularies hold long words as one token; older ones take two or three for each character.',
  order: 36,
  text: `分词器不懂词义，只记得哪些字节常在一起出现。“我们”“因为”“人工智能”往往各占一个词元，而“饕餮”“龃龉”这样的生僻字会散成好几个字节。中文的词与词之间没有空格，“南京市长江大桥”究竟是“南京市／长江大桥”，还是“南京市长／江大桥”，词元的边界并不理会意思。

旧的词表里，一个汉字常要两三个词元；新的词表能把“中华人民共和国”“有限公司”这样的长词收作一个。简体的“学习”与繁體的「學習」编号不同，全角的１２３与半角的123编号也不同。同一句话，换一个模型，价钱可能差上一倍。

二〇二六年十一月二十三日，星期一，晴，气温12℃，比昨天高3.5度。下午三点在北京西路1088号开会，请带好《词元与语言》第二版，别迟到！
`,
};
