import { AlignedText } from '../aligned-text';
import { isPunctuation, isWhitespace } from '../char-classes';
import { bertNormalize } from '../normalizers/basic';
import { scannerFor } from '../pretokenizers/scanner-for';
import { countWords, type Division } from './count-words';
import { DEFAULT_PATTERN } from './defaults';
import type { TrainSettings } from './settings';
import { SUPERWORD_PATTERN } from './superbpe';
import { WordCounts } from './word-counts';

const encoder = new TextEncoder();

/** A corpus as its trainer needs it, filled a slice at a time. */
export class Corpus {
  /** Words or pieces; empty for Less-is-Better. */
  readonly words = new WordCounts();
  /** Stretches that SuperBPE's second stage merges in. */
  readonly stretches = new WordCounts();
  /** Lines that are not empty, for Less-is-Better. */
  readonly sentences: string[] = [];
  /** Counts a text and answers its UTF-8 bytes. */
  readonly #count: (text: string) => number;
  #bytes = 0;

  /** @throws SyntaxError where the settings' pattern is not understood */
  constructor(settings: TrainSettings) {
    this.#count = this.#counter(settings);
  }

  /** UTF-8 bytes read. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Reads a slice that ends where a line ends. */
  add(slice: string): void {
    this.#bytes += this.#count(slice.toWellFormed());
  }

  #counter(settings: TrainSettings): (text: string) => number {
    const divided = (counts: WordCounts, pattern: string): Division => ({
      counts,
      scanner: scannerFor(pattern)(),
    });
    switch (settings.kind) {
      case 'bpe':
      case 'superbpe': {
        const words = divided(this.words, settings.pattern ?? DEFAULT_PATTERN);
        const all = settings.kind === 'bpe' ? [words] : [words, divided(this.stretches, SUPERWORD_PATTERN)];
        return (text) => countWords(all, text);
      }
      case 'unigram':
        return measured((text) => {
          for (const word of text.split(/\p{White_Space}+/u)) if (word !== '') this.#addWord(word);
        });
      case 'wordpiece': {
        const { lowercase } = settings;
        const options = { cleanText: true, handleChineseChars: true, stripAccents: lowercase, lowercase };
        return measured((text) => {
          for (const line of text.split('\n'))
            this.#addBertWords(bertNormalize(AlignedText.from(line), options).text);
        });
      }
      case 'lib':
        return measured((text) => {
          for (const line of text.split('\n')) if (line.trim() !== '') this.sentences.push(line.trim());
        });
    }
  }

  #addWord(word: string): void {
    const bytes = encoder.encode(word);
    this.words.add(bytes, 0, bytes.length);
  }

  /** Words, and each mark of punctuation by itself. */
  #addBertWords(text: string): void {
    let word = '';
    const end = () => {
      if (word !== '') this.#addWord(word);
      word = '';
    };
    for (const character of text) {
      const point = character.codePointAt(0)!;
      if (isWhitespace(point)) end();
      else if (isPunctuation(point)) {
        end();
        this.#addWord(character);
      } else word += character;
    }
    end();
  }
}

function measured(count: (text: string) => void): (text: string) => number {
  return (text) => {
    count(text);
    return encoder.encode(text).length;
  };
}
