/** A sentence: up to its last mark and what closes it, or to the end of its line. */
const SENTENCE = /[^.!?。！？]*[.!?。！？]+["'”’»)\]」』]*|[^.!?。！？]+$/gu;

/** Characters of the sentences that are shown. */
const SHOWN = 600;

/** The sentences of a text, without the spaces around them. */
export function sentencesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .flatMap((line) => line.match(SENTENCE) ?? [line])
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
}

/** The first sentences, at least one where there is one. */
export function firstOf(sentences: readonly string[]): readonly string[] {
  let count = 0;
  for (let length = 0; count < sentences.length && length < SHOWN; count++)
    length += sentences[count]!.length;
  return sentences.slice(0, count);
}
