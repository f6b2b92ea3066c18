import { describe, expect, it } from 'vitest';
import { CHANGED, SPACE_ADDED } from '../../../core/text/token-changes';
import { encodeUtf8 } from '../../../core/text/utf8';
import { Documents } from '../documents';
import type { TokenPlace } from '../token-focus';
import { readingOf } from './reading';

/** What is said about a token that covers a whole text, where the vocabulary's bytes are `own`. */
function reading(text: string, own: string, rest: Partial<TokenPlace>): string[] {
  const document = new Documents().fromText(text, { kind: 'own' });
  const end = encodeUtf8(text).length;
  const place = { tokenizer: 't', document, index: 0, id: 1, start: 0, end, change: 0, ...rest };
  return readingOf(place, { id: 1, bytes: encodeUtf8(own), name: own, special: false });
}

describe('readingOf', () => {
  it('says nothing where the text was read as it is', () => {
    expect(reading('the', ' the', {})).toEqual([]);
  });

  it('quotes what was changed, without the space that only a decoder writes', () => {
    expect(reading('ﬁ', 'fi', { change: CHANGED })).toEqual(['The tokenizer read “ﬁ” as “fi”.']);
    expect(reading('Héllo', ' hello', { change: CHANGED })).toEqual([
      'The tokenizer read “Héllo” as “hello”.',
    ]);
    expect(reading('\nyou', ' you', { change: CHANGED })).toEqual(['The tokenizer read “↵you” as “ you”.']);
  });

  it('tells of a space that was put in front', () => {
    const [read, space] = reading('Hi', ' hi', { change: CHANGED + SPACE_ADDED });
    expect(read).toBe('The tokenizer read “Hi” as “hi”.');
    expect(space).toContain('put a space in front');
  });

  it('tells what is lost, added or a part', () => {
    expect(reading('🦄', '[UNK]', { spelling: '[UNK]', isLost: true })[0]).toContain('no token for “🦄”');
    expect(reading('', '▁', { spelling: '▁' })[0]).toContain('put this space in front');
    expect(reading('한', 'ᄒ', { spelling: 'ᄒ' })[0]).toContain('“한” was taken apart');
    expect(reading('', '[CLS]', { spelling: '[CLS]' })[0]).toContain('added this token');
  });
});
