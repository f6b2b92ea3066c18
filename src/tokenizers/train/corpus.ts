import { AlignedText } from '../aligned-text';
import { isPunctuation, isWhitespace } from '../char-classes';
import { bertNormalize } from '../normalizers/basic';
import type { PieceScanner } from '../pretokenizers/scanner';
import { scannerFor } from '../pretokenizers/scanner-for';
import { countWords } from './count-words';
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
  readonly #count: (text: string) => void;
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
    const text = slice.toWellFormed();
    this.#bytes += encoder.encode(text).length;
    this.#count(text);
  }

  #counter(settings: TrainSettings): (text: string) => void {
    switch (settings.kind) {
      case 'bpe': {
        const scanner = scannerFor(settings.pattern ?? DEFAULT_PATTERN)();
        return (text) => countWords(this.words, scanner, text);
      }
      case 'superbpe': {
        const scanner = scannerFor(settings.pattern ?? DEFAULT_PATTERN)();
        const wide: PieceScanner = scannerFor(SUPERWORD_PATTERN)();
        return (text) => {
          countWords(this.words, scanner, text);
          countWords(this.stretches, wide, text);
        };
      }
      case 'unigram':
        return (text) => {
          for (const word of text.split(/\p{White_Space}+/u)) if (word !== '') this.#addWord(word);
        };
      case 'wordpiece': {
        const { lowercase } = settings;
        const options = { cleanText: true, handleChineseChars: true, stripAccents: lowercase, lowercase };
        return (text) => {
          for (const line of text.split('\n'))
            this.#addBertWords(bertNormalize(AlignedText.from(line), options).text);
        };
      }
      case 'lib':
        return (text) => {
          for (const line of text.split('\n')) if (line.trim() !== '') this.sentences.push(line.trim());
        };
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
