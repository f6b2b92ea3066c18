import { encodeUtf8 } from '../../core/text/utf8';
import { byteOfLetter } from '../byte-letters';
import { wordsIn } from './superbpe';
import type { TrainedTokenizer } from './train';

/** Tokens that are worth a look, as the bytes that they stand for. */
export interface Highlights {
  /** The longest in bytes, longest first. */
  readonly longest: readonly Uint8Array[];
  /** Where merges made the vocabulary: those that came last, the last first. Else the most likely ones, or the best. */
  readonly ends: readonly Uint8Array[];
  /** What SuperBPE's second stage made of several words, in the order of their making. */
  readonly superwords: readonly Uint8Array[];
  /** How many of these there are. */
  readonly superwordCount: number;
}

/** How many of each are given. */
const SHOWN = 24;

/** Picks tokens of a trained vocabulary to show. */
export function highlightsOf({ names, spelling }: TrainedTokenizer): Highlights {
  const bytesOf = (name: string) => (spelling === 'bytes' ? bytesOfLetters(name) : encodeUtf8(plain(name)));
  const sized = names.map((name) => ({ name, size: bytesOf(name).length }));
  sized.sort((a, b) => b.size - a.size);
  const isMerged = spelling === 'bytes' || spelling === 'continuing';
  const superwords = spelling === 'bytes' ? names.filter((name) => wordsIn(name) > 1) : [];
  const ends = isMerged ? names.slice(-SHOWN).reverse() : names.slice(0, SHOWN);
  return {
    longest: sized.slice(0, SHOWN).map(({ name }) => bytesOf(name)),
    ends: ends.map(bytesOf),
    superwords: superwords.slice(0, SHOWN).map(bytesOf),
    superwordCount: superwords.length,
  };
}

/** ▁ is the space. */
function plain(name: string): string {
  return name.replaceAll('▁', ' ');
}

function bytesOfLetters(name: string): Uint8Array {
  return Uint8Array.from([...name], (letter) => byteOfLetter.get(letter.codePointAt(0)!) ?? 0);
}
