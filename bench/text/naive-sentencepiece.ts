/** A SentencePiece model as plain values. */
export interface NaiveModel {
  readonly type: 'Unigram' | 'BPE' | 'WORD' | 'CHAR';
  readonly pieces: readonly { readonly piece: string; readonly score: number; readonly type: number }[];
  readonly map: Readonly<Record<string, string>>;
  readonly byteFallback: boolean;
  readonly dummyPrefix: boolean;
  readonly removeExtraWhitespace: boolean;
  readonly escapeWhitespace: boolean;
  readonly whitespaceAsSuffix: boolean;
}

const NORMAL = 1;
const USER_DEFINED = 4;
const UNUSED = 5;
const MARK = '\u2581';

/**
 * What SentencePiece makes of a text, step by step as its source says it and without regard to speed: no trie, no
 * queue, no cache, no splitting.
 */
export function naiveSentencePiece(model: NaiveModel, text: string): number[] {
  const pieces = new Map(model.pieces.map(({ piece }, id) => [piece, id]));
  const typeOf = (id: number | undefined) => (id === undefined ? 0 : model.pieces[id]!.type);
  const isTextual = (id: number | undefined) => [NORMAL, USER_DEFINED, UNUSED].includes(typeOf(id));
  const symbols = model.pieces.filter(({ type }) => type === USER_DEFINED).map(({ piece }) => piece);
  const normalized = normalize(model, symbols, text);
  const found: [string, number][] = [];
  if (model.type === 'BPE') found.push(...bytePairs(model, pieces, symbols, normalized));
  else if (model.type === 'Unigram') found.push(...bestPath(model, pieces, normalized));
  else {
    const parts = model.type === 'CHAR' ? characters(normalized, symbols) : words(normalized);
    for (const part of parts) {
      const id = pieces.get(part);
      found.push([part, isTextual(id) && typeOf(id) !== UNUSED ? id! : -1]);
    }
  }
  const ids: number[] = [];
  const unknown = model.pieces.findIndex(({ type }) => type === 2);
  let wasUnknown = false;
  for (const [piece, id] of found) {
    if (id >= 0) ids.push(id);
    else if (model.byteFallback)
      for (const byte of new TextEncoder().encode(piece)) ids.push(pieces.get(byteName(byte))!);
    else if (!wasUnknown) ids.push(unknown);
    wasUnknown = id < 0;
  }
  return ids;
}

/** How the byte pieces are called. */
export function byteName(byte: number): string {
  return `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`;
}

function longest(keys: readonly string[], rest: string): string | undefined {
  return keys.filter((key) => rest.startsWith(key)).sort((a, b) => b.length - a.length)[0];
}

function normalize(model: NaiveModel, symbols: readonly string[], text: string): string {
  const { removeExtraWhitespace: collapse, dummyPrefix, whitespaceAsSuffix } = model;
  const space = model.escapeWhitespace ? MARK : ' ';
  const keys = Object.keys(model.map);
  let rest = text;
  const prefix = (): [string, string] => {
    const symbol = longest(symbols, rest);
    if (symbol !== undefined) return [symbol, symbol];
    const key = longest(keys, rest);
    if (key !== undefined) return [key, model.map[key]!];
    const [character] = rest;
    return [character!, character!];
  };
  while (collapse && rest !== '' && prefix()[1] === ' ') rest = rest.slice(prefix()[0].length);
  if (rest === '') return '';
  let out = dummyPrefix && !whitespaceAsSuffix ? space : '';
  let afterSpace = collapse;
  while (rest !== '') {
    const [key, value] = prefix();
    const kept = afterSpace ? value.replace(/^ +/, '') : value;
    if (kept !== '') {
      out += kept.replaceAll(' ', space);
      afterSpace = collapse && kept.endsWith(' ');
    }
    rest = rest.slice(key.length);
  }
  while (collapse && out.endsWith(space)) out = out.slice(0, -1);
  return dummyPrefix && whitespaceAsSuffix ? out + space : out;
}

function characters(text: string, symbols: readonly string[]): string[] {
  const parts: string[] = [];
  for (let rest = text; rest !== ''; rest = rest.slice(parts.at(-1)!.length)) {
    parts.push(longest(symbols, rest) ?? [...rest][0]!);
  }
  return parts;
}

function words(text: string): string[] {
  return text === '' ? [] : text.split(new RegExp(`(?!^)(?=${MARK})`, 'u'));
}

function bytePairs(
  { pieces: list }: NaiveModel,
  pieces: ReadonlyMap<string, number>,
  symbols: readonly string[],
  text: string,
): [string, number][] {
  const parts = characters(text, symbols);
  const frozen = parts.map((part) => symbols.includes(part));
  const halves = new Map<string, readonly [string, string]>();
  const idOf = (piece: string) => {
    const id = pieces.get(piece);
    return id !== undefined && [NORMAL, USER_DEFINED, UNUSED].includes(list[id]!.type) ? id : -1;
  };
  const offer = (left: number) => {
    if (left < 0 || left + 1 >= parts.length || frozen[left] || frozen[left + 1]) return -1;
    const id = idOf(parts[left]! + parts[left + 1]!);
    if (id >= 0 && list[id]!.type === UNUSED) halves.set(list[id]!.piece, [parts[left]!, parts[left + 1]!]);
    return id;
  };
  const mergedAt = (left: number) => {
    if (frozen[left] || frozen[left + 1]) return -1;
    return idOf(parts[left]! + parts[left + 1]!);
  };
  for (let i = 0; i + 1 < parts.length; i++) offer(i);
  for (;;) {
    let at = -1;
    for (let i = 0; i + 1 < parts.length; i++) {
      const id = mergedAt(i);
      if (id >= 0 && (at < 0 || list[id]!.score > list[mergedAt(at)]!.score)) at = i;
    }
    if (at < 0) break;
    parts.splice(at, 2, parts[at]! + parts[at + 1]!);
    frozen.splice(at, 1);
    offer(at - 1);
    offer(at);
  }
  const apart = (piece: string): [string, number][] => {
    const id = idOf(piece);
    if (id < 0 || list[id]!.type !== UNUSED) return [[piece, id]];
    const both = halves.get(piece);
    return both ? both.flatMap(apart) : [[piece, -1]];
  };
  return parts.flatMap(apart);
}

function bestPath(
  { pieces: list }: NaiveModel,
  pieces: ReadonlyMap<string, number>,
  text: string,
): [string, number][] {
  const points = [...text];
  const lowest = Math.min(
    3.4028234663852886e38,
    ...list.filter(({ type }) => type === NORMAL).map(({ score }) => score),
  );
  const unknownScore = Math.fround(lowest - 10);
  const best: ({ score: number; from: number; id: number } | undefined)[] = [{ score: 0, from: 0, id: -1 }];
  const offer = (from: number, to: number, score: number, id: number) => {
    const sum = Math.fround(best[from]!.score + score);
    if (!best[to] || sum > best[to].score) best[to] = { score: sum, from, id };
  };
  for (let from = 0; from < points.length; from++) {
    let single = false;
    for (let to = from + 1; to <= points.length; to++) {
      const piece = points.slice(from, to).join('');
      const id = pieces.get(piece);
      if (id === undefined || ![NORMAL, USER_DEFINED].includes(list[id]!.type)) continue;
      const bonus = Math.fround(0.1 * (new TextEncoder().encode(piece).length - 1));
      offer(from, to, list[id]!.type === USER_DEFINED ? bonus : list[id]!.score, id);
      single ||= to === from + 1;
    }
    if (!single) offer(from, from + 1, unknownScore, -1);
  }
  const path: [string, number][] = [];
  for (let to = points.length; to > 0; ) {
    const { from, id } = best[to]!;
    path.unshift([points.slice(from, to).join(''), id]);
    to = from;
  }
  return path;
}
