import type { SampleText } from '../sample-text';

export const sample: SampleText = {
  id: 'turkish',
  label: 'Türkçe',
  hint: 'Suffix upon suffix: one word, many tokens. Mind the dotted İ and the dotless ı.',
  order: 30,
  text: `Türkçede bir kökün ardına ekler dizilir ve tek sözcük koca bir cümleye dönüşür: ev, evler, evlerimiz, evlerimizden, evlerimizdekiler, evlerimizdekilerinmiş. “Belirteçleştiremediklerimizdenmişsinizcesine” gibi bir söz ise neredeyse harf harf parçalanır.

Iğdır'da ışık, İzmir'de incir: büyük I küçülünce ı, büyük İ küçülünce i olur. Çoğu dağarcık İngilizceden öğrendiği için ğ, ş, ç, ö, ü harfleri ikişer bayt tutar; aynı düşünce Türkçe yazıldığında daha çok parça, daha çok ücret ve daha kısa bir bağlam demektir.
`,
};
