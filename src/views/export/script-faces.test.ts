import { expect, it } from 'vitest';
import { facesIn, type ScriptFace } from './script-faces';

const FACES: readonly ScriptFace[] = [
  { family: 'Tokenoscope Thai', url: '', range: 'U+0E01-0E5B, U+25CC' },
  { family: 'Tokenoscope Devanagari', url: '', range: 'U+0900-097F, U+1CD0-1CF9, U+20F0, U+11B00-11B09' },
];

it('takes the faces of the scripts that occur, and no others', () => {
  const of = (text: string) => facesIn(text, FACES).map(({ family }) => family.slice(12));
  expect(of('<text>naïve 中文 \u25cc</text>')).toEqual([]);
  expect(of('สวัสดี')).toEqual(['Thai']);
  expect(of('x नमस्ते')).toEqual(['Devanagari']);
  expect(of('\u{11b05} ก')).toEqual(['Thai', 'Devanagari']);
  expect(of('\u20f0')).toEqual(['Devanagari']);
});
