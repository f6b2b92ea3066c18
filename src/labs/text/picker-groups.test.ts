import { describe, expect, it } from 'vitest';
import { textTokenizers } from '../../catalog/tokenizers';
import { matches, pickerGroups } from './picker-groups';

const found = (query: string) =>
  pickerGroups(textTokenizers, query).flatMap(({ entries }) => entries.map(({ id }) => id));

describe('the search for a tokenizer', () => {
  it.each([
    ['llama3', 'llama-3'],
    ['LLAMA 3', 'llama-3'],
    ['gpt-4o', 'o200k'],
    ['gpt4o', 'o200k'],
    ['qwen2.5', 'qwen-2.5'],
    ['google gemma', 'gemma-2'],
    ['utf8', 'utf8-bytes'],
  ])('%s means %s', (query, id) => expect(found(query)).toContain(id));

  it('asks for every word, and for nothing where nothing is asked', () => {
    expect(found('llama zebra')).toEqual([]);
    expect(found('---')).toEqual([]);
    expect(found('  ').length).toBe(textTokenizers.length);
    expect(matches('Öre', ['ore'])).toBe(true);
  });

  it('groups by maker, and loses nobody', () => {
    const groups = pickerGroups(textTokenizers, '');
    expect(new Set(groups.map(({ maker }) => maker)).size).toBe(groups.length);
    expect(groups.flatMap(({ entries }) => entries).length).toBe(textTokenizers.length);
  });
});
