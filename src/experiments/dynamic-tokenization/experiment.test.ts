import { expect, it } from 'vitest';
import { mulberry32 } from '../../core/image/noise';
import { readState } from '../experiment';
import { runOn } from '../testing/run';
import { type Boundary, boundaries, boundaryRule, GPT2_PATTERN } from './boundary';
import { experiment } from './experiment';
import { DynamicMerger, NEVER } from './merger';

/** Symbols of lines, one a token. */
function batchOf(lines: readonly (readonly string[])[]) {
  const names = [...new Set(lines.flat())];
  const ids = lines.flat().map((token) => names.indexOf(token));
  const starts = lines.map((_, i) => lines.slice(0, i).flat().length);
  return { names, ids, starts };
}

function ruleOf(boundary: Boundary, base: number, pattern = GPT2_PATTERN) {
  const allows = boundaryRule(boundary, pattern);
  return (left: number, right: number, names: readonly string[]) =>
    allows({ left: names[left]!, right: names[right]!, leftIsBase: left < base, rightIsBase: right < base });
}

/** The batch after `m` merges. */
function merge(lines: readonly (readonly string[])[], m: number, boundary: Boundary = 'word') {
  const { names, ids, starts } = batchOf(lines);
  const merger = new DynamicMerger(ids, starts, names, ruleOf(boundary, names.length));
  let done = 0;
  while (done < m && merger.next()) done++;
  return { merger, done, lines: tokensAfter(lines, merger.joined, done) };
}

/** Joins base tokens as the numbers of merges say. */
function tokensAfter(lines: readonly (readonly string[])[], joined: Uint32Array, m: number): string[][] {
  let at = 0;
  return lines.map((line) => {
    const tokens: string[] = [];
    for (const token of line) {
      if (joined[at++]! <= m) tokens.push(tokens.pop()! + token);
      else tokens.push(token);
    }
    return tokens;
  });
}

it('merges the worked example as the official code does', () => {
  // README of DariusFeher/dynamic-tokenization: Mistral's tokens, 10 merges, boundary "pretokens": from 36 tokens to 20,
  // of which 3 and 4 are special ones.
  const before = [
    [
      ' R',
      'ib',
      'on',
      'uc',
      'le',
      'op',
      'rote',
      'in',
      ' particles',
      ' reg',
      'ulate',
      ' m',
      'R',
      'NA',
      ' stability',
      '.',
    ],
    [
      ' m',
      'R',
      'NA',
      ' stability',
      ' is',
      ' mod',
      'ulated',
      ' by',
      ' rib',
      'on',
      'uc',
      'le',
      'op',
      'rote',
      'in',
      ' factors',
      '.',
    ],
  ];
  const after = [
    [' Ribonucleoprotein', ' particles', ' regulate', ' mRNA', ' stability', '.'],
    [' mRNA', ' stability', ' is', ' mod', 'ulated', ' by', ' rib', 'onucleoprotein', ' factors', '.'],
  ];
  expect(merge(before, 10, 'pretokens').lines).toEqual(after);
  expect(before.flat()).toHaveLength(36 - 3);
});

it('joins runs from the left and takes the first of equally frequent pairs', () => {
  expect(merge([['a', 'a', 'a', 'a', 'a']], 1).lines).toEqual([['aa', 'aa', 'a']]);
  expect(merge([['x', 'y', 'b', 'c']], 1).lines).toEqual([['xy', 'b', 'c']]);
  // "ab" that was merged is the token "ab" that was there.
  expect(
    merge(
      [
        ['ab', 'c', 'ab', 'c', 'a', 'b', 'c'],
        ['a', 'b'],
      ],
      2,
    ).lines,
  ).toEqual([['abc', 'abc', 'ab', 'c'], ['ab']]);
  expect(merge([['a', 'b'], ['c']], 9, 'sentence')).toMatchObject({ done: 1, lines: [['ab'], ['c']] });
});

it('knows what each boundary forbids', () => {
  const allowed = (left: string, right: string) =>
    boundaries.filter((boundary) =>
      boundaryRule(boundary, GPT2_PATTERN)({ left, right, leftIsBase: true, rightIsBase: true }),
    );
  expect(allowed(' token', 'izer')).toEqual(['pretokens', 'word', 'word-hyphen', 'sentence']);
  expect(allowed(' the', ' cat')).toEqual(['sentence']);
  expect(allowed('end', '.')).toEqual(['word', 'sentence']);
  expect(allowed('well', '-')).toEqual(['word', 'word-hyphen', 'sentence']);
  expect(allowed('(', 'a')).toEqual(['word', 'word-hyphen', 'sentence']);
  expect(allowed(' ', ' ')).toEqual(['pretokens', 'sentence']);
  // The two halves of "é", and a half beside a letter: not yet characters.
  expect(allowed('\xc3', '\xa9')).toHaveLength(4);
  expect(allowed('a', '\xc3')).toHaveLength(4);
});

it.each(boundaries)('merges as one who counts anew every time: %s', (boundary) => {
  const next = mulberry32(11);
  const pieces = ['a', 'b', ' a', ' b', '-', '.', 'ab', ' '];
  const lines = Array.from({ length: 12 }, () =>
    Array.from({ length: 1 + (next() % 30) }, () => pieces[next() % pieces.length]!),
  );
  const { names, ids, starts } = batchOf(lines);
  const merger = new DynamicMerger(ids, starts, names, ruleOf(boundary, names.length));
  let now: string[][] = lines.map((line) => [...line]);
  for (let m = 1; m <= 300; m++) {
    const slow = countAnew(now, names, boundary);
    const merged = merger.next();
    expect(merged && [merger.names[merged.left], merger.names[merged.right], merged.count]).toEqual(
      slow?.pair,
    );
    if (!slow) break;
    now = slow.lines;
    expect(tokensAfter(lines, merger.joined, m)).toEqual(now);
    expect(merger.tokens).toBe(now.flat().length);
  }
});

/** The published loop: count all allowed pairs, take the first of the most frequent ones, replace it from the left. */
function countAnew(lines: readonly (readonly string[])[], base: readonly string[], boundary: Boundary) {
  const allows = boundaryRule(boundary, GPT2_PATTERN);
  const counts = new Map<string, { pair: [string, string]; count: number }>();
  for (const line of lines) {
    for (let i = 0; i + 1 < line.length; i++) {
      const [left, right] = [line[i]!, line[i + 1]!];
      const leftIsBase = base.includes(left);
      if (!allows({ left, right, leftIsBase, rightIsBase: base.includes(right) })) continue;
      const key = `${left}|${right}`;
      const known = counts.get(key) ?? { pair: [left, right], count: 0 };
      counts.set(key, { ...known, count: known.count + 1 });
    }
  }
  let best: { pair: [string, string]; count: number } | undefined;
  for (const each of counts.values()) if (!best || each.count > best.count) best = each;
  if (!best) return undefined;
  const [left, right] = best.pair;
  const after = lines.map((line) => {
    const tokens: string[] = [];
    for (let i = 0; i < line.length; i++) {
      const both = line[i] === left && line[i + 1] === right;
      tokens.push(both ? left + right : line[i]!);
      if (both) i++;
    }
    return tokens;
  });
  return { pair: [left, right, best.count], lines: after };
}

it('ends at whole words, and every curve falls', async () => {
  const text = 'untokenizable words, untokenizable sentences\n\nağaçlandırılmış 東京 😀😀';
  const { result, figures } = await runOn(experiment, text, { base: 'o200k', m: 20_000 });
  const { lengths } = result.merged;
  for (let m = 1; m < lengths.length; m++) expect(lengths[m]!).toBeLessThan(lengths[m - 1]!);
  expect(figures['after']).toBe(text.split(/\s+/).length);
  expect(figures['saved']).toBe(figures['most-saved']);
  // What the view draws agrees with the curve.
  const { joined } = result.drawn;
  for (let m = 0; m < lengths.length; m++) expect(joined.filter((at) => at > m)).toHaveLength(lengths[m]!);
  expect(joined[0]).toBe(NEVER);
  // Languages: one of them would be longer with a merge more, none shorter.
  for (const curve of result.languages) expect(curve.at(-1)!).toBeLessThan(curve[0]!);
});

it('has no figures for no text, and refuses what it does not know', async () => {
  const { figures } = await runOn(experiment, '\n \n'.trim(), { base: 'o200k' });
  expect(figures).toMatchObject({ saved: undefined, before: 0, after: 0, 'merges-for-fifth': undefined });
  expect(figures['languages-saved']).toBeGreaterThan(0);
  expect(() => readState(experiment, { base: 'words' })).toThrow(/^base is not usable/);
  expect(() => readState(experiment, { boundary: 'line' })).toThrow(/^boundary is not usable/);
  expect(() => readState(experiment, { m: -1 })).toThrow(/^m is not usable/);
});
