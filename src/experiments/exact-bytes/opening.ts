/** What is continued and what is filled in until the visitor writes something else. */
export interface Opening {
  readonly prompt: string;
  /** Characters of the prompt that are kept; undefined where the place that misleads most is to be found. */
  readonly cut: number | undefined;
  /** The text before and behind the middle that is filled in. */
  readonly before: string;
  readonly after: string;
}

/** For texts that speak of the Mock Turtle, as the sample does. */
const BOOK: Opening = {
  prompt: 'At last the Mock Turtle began to sing.',
  cut: 20,
  before: 'The King and the Qu',
  after: ' of Hearts',
};

/** Characters of a prompt that is taken out of a text, at most, and those on each side of a gap. */
const PROMPT = 40;
const BESIDE = 24;

/** Letters of a word that are kept in front of a gap. */
const KEPT = 2;

/**
 * A prompt out of the text itself, so that the models know its words: its first line of some length.
 * @param heldOut what neither model has read; the text itself is taken where that holds no such line
 */
export function openingOf(text: string, heldOut: string): Opening {
  if (text.includes('Mock Turtle')) return BOOK;
  const line = lineOf(heldOut) ?? lineOf(text) ?? text.trim();
  const characters = [...line];
  const cut = characters.slice(0, PROMPT).join('');
  // Not in the midst of a word, where words are divided by spaces.
  const prompt = characters.length > PROMPT && cut.includes(' ') ? cut.replace(/ \S*$/u, '') : cut;
  return { prompt, cut: undefined, ...gapIn(prompt) };
}

function lineOf(text: string): string | undefined {
  return text
    .split('\n')
    .map((line) => line.trim())
    .find((line) => [...line].length >= BESIDE);
}

/** The longest word that something follows, but for its first letters; or the middle. */
function gapIn(prompt: string): Pick<Opening, 'before' | 'after'> {
  const words = [...prompt.matchAll(/\p{L}+/gu)]
    .map(({ 0: word, index }) => ({ from: index, to: index + word.length, letters: [...word] }))
    .filter(({ to, letters }) => to < prompt.length && letters.length > KEPT);
  const longest = Math.max(...words.map(({ letters }) => letters.length));
  const word = words.find(({ letters }) => letters.length === longest);
  if (word) {
    const before = prompt.slice(0, word.from) + word.letters.slice(0, KEPT).join('');
    const after = prompt.slice(word.to);
    return { before: [...before].slice(-BESIDE).join(''), after: [...after].slice(0, BESIDE).join('') };
  }
  const characters = [...prompt];
  const half = Math.floor(characters.length / 2);
  return { before: characters.slice(0, half).join(''), after: characters.slice(half + 1).join('') };
}
