import type { SampleText } from '../sample-text';

export const sample: SampleText = {
  id: 'german',
  label: 'Deutsch',
  hint: 'Compounds are written as one word; few vocabularies cut them at the seams.',
  order: 90,
  text: `Im Deutschen wächst ein Wort, indem man das nächste daranhängt: Wort, Wortschatz, Wortschatzgröße, Wortschatzgrößenbeschränkung. Die Donaudampfschifffahrtsgesellschaft kennt jedes Kind, das Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz wenigstens jeder Jurist; beide zerfallen selten dort, wo ein Mensch trennen würde.

Wachstube heißt die Stube der Wache oder die Tube mit dem Wachs, und Staubecken sind entweder Becken oder staubige Ecken. Großschreibung hilft kaum, denn Straße, STRASSE und Strasse sind drei verschiedene Bytefolgen. Ob Fußgängerüberwegsbeleuchtung nun vier Bausteine braucht oder vierzehn, entscheidet allein das Trainingskorpus.
`,
};
