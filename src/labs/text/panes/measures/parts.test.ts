import { expect, it } from 'vitest';
import { encodeUtf8 } from '../../../../core/text/utf8';
import { compareScripts, partBeginning } from './parts';

it('shows the beginning of a line, and says where it is cut', () => {
  const text = encodeUtf8(` short. ${'ü'.repeat(100)}`);
  expect(partBeginning(text, { start: 0, end: 7 })).toBe('short.');
  expect(partBeginning(text, { start: 8, end: 168 })).toBe('ü'.repeat(80));
  expect(partBeginning(text, { start: 7, end: 208 })).toBe(`${'ü'.repeat(79)}…`);
});

it('orders scripts by name', () => {
  const names = ['No script', 'Latin', 'Another script', 'Han', 'Devanagari'];
  expect(names.toSorted(compareScripts)).toEqual([
    'Devanagari',
    'Han',
    'Latin',
    'Another script',
    'No script',
  ]);
});
