import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { get_encoding } from 'tiktoken';
import { describe, expect, it } from 'vitest';
import { declarationLanguages, SCRIPT_NAMES } from '../../../../catalog/declaration';
import { findTextTokenizer } from '../../../../catalog/tokenizers';
import { nodeSegmenter } from '../../../../engine/text/testing/node-segmenter';
import { figuresOf, linesThatFit, parallelLines, sorted, summaryOf, toTable } from './parallel';

const articles: Record<string, string[]> = JSON.parse(
  gunzipSync(
    readFileSync(new URL('../../../../../generated/declaration/articles.pack', import.meta.url)),
  ).toString(),
);

describe('the declaration', () => {
  it('has thirty articles in every language of the catalogue, at least 60 languages of 20 scripts', () => {
    expect(Object.keys(articles)).toEqual(declarationLanguages.map(({ code }) => code));
    expect(declarationLanguages[0]!.code).toBe('eng');
    for (const { code, script, tag } of declarationLanguages) {
      expect(articles[code]!.filter((text) => text.trim() !== '').length, code).toBe(30);
      expect(SCRIPT_NAMES[script], code).toBeDefined();
      expect(() => new Intl.Locale(tag)).not.toThrow();
    }
    expect(declarationLanguages.length).toBeGreaterThanOrEqual(60);
    expect(new Set(declarationLanguages.map(({ script }) => script)).size).toBeGreaterThanOrEqual(20);
  });

  it('is written in the script that the catalogue states', () => {
    const unicode: Record<string, string> = {
      Hans: 'Han',
      Hant: 'Han',
      Jpan: 'Han',
      Kore: 'Hangul',
      Laoo: 'Lao',
    };
    for (const { code, script } of declarationLanguages) {
      const letters = articles[code]!.join('').match(/\p{L}/gu) ?? [];
      const own = new RegExp(
        `\\p{Script=${unicode[script] ?? SCRIPT_NAMES[script]!.replace(' ', '_')}}`,
        'u',
      );
      const share = letters.filter((letter) => own.test(letter)).length / letters.length;
      expect(share, code).toBeGreaterThan(script === 'Jpan' ? 0.3 : 0.9);
    }
  });

  it('is the text that everyone knows', () => {
    expect(articles['eng']![0]).toBe(
      'All human beings are born free and equal in dignity and rights. They are endowed with reason and conscience and should act towards one another in a spirit of brotherhood.',
    );
    expect(articles['deu_1996']![2]).toBe(
      'Jeder hat das Recht auf Leben, Freiheit und Sicherheit der Person.',
    );
  });

  it('takes as many tokens as tiktoken says', async () => {
    const segmenter = nodeSegmenter();
    const codes = ['eng', 'tha', 'rus', 'arb', 'cmn_hans'];
    const texts = codes.map((code) => articles[code]!.join('\n'));
    const { spec } = findTextTokenizer('o200k')!;
    const counts = await segmenter.count({ tokenizer: { id: 'o200k', label: 'o200k', spec }, texts }, {});
    segmenter.dispose();
    const oracle = get_encoding('o200k_base');
    expect([...counts]).toEqual(texts.map((text) => oracle.encode_ordinary(text).length));
    oracle.free();
  });
});

describe('parallel lines', () => {
  const parallel = parallelLines('English\tgood morning\r\n\n guten Morgen \nZürich, "quoted"\t\n=1+1\tx');

  it('are languages, with a name before a tab', () => {
    expect(parallel.texts).toEqual(['good morning', 'guten Morgen', 'Zürich, "quoted"', 'x']);
    expect(parallel.rows.map(({ name }) => name)).toEqual(['English', 'Line 2', 'Line 3', '=1+1']);
    expect(parallel.reference).toBe('English');
    expect(parallelLines(' \n').rows).toEqual([]);
  });

  it('begin as the lines of the text, as many as fit', () => {
    expect(linesThatFit('one\ntwo', 7)).toBe('one\ntwo');
    expect(linesThatFit('one\ntwo', 6)).toBe('one');
    expect(linesThatFit('ab🦄', 3)).toBe('ab');
  });

  const figures = figuresOf(parallel, [[2, 3, 8, 1], undefined, [0, 1, 1, 1]]);

  it('have premiums over the first, and none where it has no tokens or no answer', () => {
    expect(figures.map(({ premiums }) => premiums[0])).toEqual([1, 1.5, 4, 0.5]);
    expect(figures[1]!.premiums).toEqual([1.5, undefined, undefined]);
    expect(summaryOf(figures, 0)).toMatchObject({
      median: 1.5,
      cheaper: 1,
      worst: { tokens: [8, undefined, 1] },
    });
    expect(summaryOf(figures, 1)).toBeUndefined();
  });

  it('are sorted by premium or name', () => {
    const names = (by: 'premium' | 'name') =>
      sorted(figures, by, 0).flatMap(({ languages }) => languages.map(({ row }) => row.name));
    expect(names('premium')).toEqual(['=1+1', 'English', 'Line 2', 'Line 3']);
    expect(names('name')).toEqual(['=1+1', 'English', 'Line 2', 'Line 3']);
  });

  it('are under the heading of their script; those that have one to themselves are together', () => {
    const inScripts = figures.map((one, i) => ({
      ...one,
      row: { ...one.row, group: ['A', 'B', 'A', 'C'][i]! },
    }));
    const groups = sorted(inScripts, 'script', 0);
    expect(groups.map(({ name, languages }) => [name, languages.map(({ row }) => row.key)])).toEqual([
      ['A', ['line-1', 'line-3']],
      ['Scripts with one language here', ['line-4', 'line-2']],
    ]);
    expect(sorted(figures, 'script', 0).map(({ name }) => name)).toEqual([undefined]);
  });

  it('become a table', () => {
    expect(toTable(figures.slice(0, 2), ['a', 'b', 'c'])).toEqual({
      columns: [
        'id',
        'language',
        'script',
        'a tokens',
        'a premium',
        'b tokens',
        'b premium',
        'c tokens',
        'c premium',
      ],
      rows: [
        ['line-1', 'English', 'Lines', 2, 1, null, null, 0, null],
        ['line-2', 'Line 2', 'Lines', 3, 1.5, null, null, 1, null],
      ],
    });
  });
});
