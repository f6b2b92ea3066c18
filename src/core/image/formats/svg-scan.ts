import { isReference, referencesOf, type Weighed, weigh } from './svg-weight';
import { type Attribute, readTag } from './xml-tag';

/** What one pass over an SVG's text finds, without drawing it. */
export interface SvgScan {
  /** The root element's start tag: its place in the text, and its attributes. */
  readonly root: { readonly start: number; readonly end: number; readonly attributes: readonly Attribute[] };
  /** Elements as they are written. */
  readonly elements: number;
  /** Elements as they are drawn: what `<use>`, patterns, masks, markers and the like repeat counts each time. */
  readonly drawn: number;
  /** Characters that a parser has to read: without embedded pictures and the parts in `dropped`. */
  readonly markup: number;
  readonly hasForeignObject: boolean;
  /** Parts that are never drawn, and slow to read: long comments, metadata. In order, not overlapping. */
  readonly dropped: readonly (readonly [start: number, end: number])[];
  /** Where the root element ends or, in a file that is cut, its last whole tag. */
  readonly end: number;
  /** Elements that a cut file leaves open, the root first; empty where the file is whole. */
  readonly open: readonly string[];
}

/** Characters between two yields: a millisecond or two. */
const SLICE = 50_000;
/** Comments below this many characters stay. */
const LONG_COMMENT = 1_000;
const STYLE = /^(?:\w+:)?style$/;

/**
 * Scans the text of an SVG document; yields the share done. It follows tags and checks nothing else: the
 * renderer refuses what is not well-formed.
 * @param from where the root element's tag begins
 */
export function* scanSvg(text: string, from: number): Generator<number, SvgScan> {
  const root = readTag(text, from);
  const open: string[] = [];
  const weighed: Weighed[] = [{ units: 0, seen: new Map(), children: [], gradient: false }];
  /** For every open element the node of `weighed` that it counts for. */
  const owners: number[] = [];
  const ids = new Map<string, number>();
  const sheets: string[] = [];
  const dropped: [number, number][] = [];
  let metadata: { readonly start: number; readonly depth: number } | undefined;
  let elements = 0;
  let embedded = 0;
  let hasForeignObject = false;
  let end = from;
  let yielded = from;

  for (let at = from; at >= 0; at = text.indexOf('<', end)) {
    if (at - yielded > SLICE) {
      yielded = at;
      yield at / text.length;
    }
    const other = skipOther(text, at);
    if (other) {
      if (other.end < 0) break;
      if (other.comment && other.end - at > LONG_COMMENT && !metadata) dropped.push([at, other.end]);
      end = other.end;
      continue;
    }
    if (text[at + 1] === '/') {
      const close = text.indexOf('>', at);
      if (close < 0) break;
      end = close + 1;
      open.pop();
      owners.pop();
      if (metadata && open.length < metadata.depth) {
        dropped.push([metadata.start, end]);
        metadata = undefined;
      }
      if (open.length === 0) break;
      continue;
    }
    const tag = readTag(text, at);
    if (!tag) break;
    end = tag.end;
    elements++;
    let owner = owners.at(-1) ?? 0;
    const id = tag.attributes.find(({ name }) => name === 'id')?.value;
    const { units, kind } = weightOf(tag.name);
    if (id !== undefined && !ids.has(id)) {
      ids.set(id, weighed.length);
      weighed[owner]!.children.push(weighed.length);
      owner = weighed.push({ units: 0, seen: new Map(), children: [], gradient: kind === 'gradient' }) - 1;
    }
    const node = weighed[owner]!;
    node.units += units;
    for (const [key, times] of referencesOf(tag)) node.seen.set(key, (node.seen.get(key) ?? 0) + times);
    for (const { name, value } of tag.attributes) {
      if (isReference(name) && value.startsWith('data:')) embedded += value.length;
    }
    if (kind === 'foreignObject') hasForeignObject = true;
    if (tag.closed) {
      if (open.length === 0) break;
      continue;
    }
    open.push(tag.name);
    owners.push(owner);
    if (kind === 'metadata') metadata ??= { start: at, depth: open.length };
    if (STYLE.test(tag.name)) {
      const close = text.indexOf('</', end);
      sheets.push(text.slice(end, close < 0 ? end : close));
    }
  }

  // An unclosed metadata element has no end up to which it could be dropped.
  const left = dropped.reduce((sum, [start, stop]) => sum + stop - start, 0);
  return {
    root: { start: from, end: root?.end ?? from, attributes: root?.attributes ?? [] },
    elements,
    drawn: weigh(weighed, ids, sheets),
    markup: end - from - left - embedded,
    hasForeignObject,
    dropped,
    end,
    open,
  };
}

/** The end of a comment, CDATA section, instruction or declaration, -1 where it is cut; undefined for a tag. */
function skipOther(text: string, at: number): { end: number; comment: boolean } | undefined {
  const after = (closing: string, from: number) => {
    const found = text.indexOf(closing, from);
    return found < 0 ? -1 : found + closing.length;
  };
  if (text.startsWith('<!--', at)) return { end: after('-->', at + 4), comment: true };
  if (text.startsWith('<![CDATA[', at)) return { end: after(']]>', at + 9), comment: false };
  if (text[at + 1] === '?') return { end: after('?>', at + 2), comment: false };
  if (text[at + 1] === '!') return { end: after('>', at + 2), comment: false };
  return undefined;
}

type Kind = 'gradient' | 'foreignObject' | 'metadata' | 'other';

/** What an element costs to build, beside a rectangle: measured in Chromium. */
function weightOf(qualified: string): { units: number; kind: Kind } {
  const name = qualified.slice(qualified.indexOf(':') + 1);
  if (name === 'use') return { units: 4, kind: 'other' };
  if (name === 'foreignObject') return { units: 4, kind: 'foreignObject' };
  if (name === 'text' || name === 'tspan' || name === 'textPath') return { units: 3, kind: 'other' };
  if (name === 'linearGradient' || name === 'radialGradient') return { units: 1, kind: 'gradient' };
  if (name === 'metadata') return { units: 1, kind: 'metadata' };
  return { units: 1, kind: 'other' };
}
