import { NO_ID } from '../../tokenizers/inspection/compare-vocabularies';
import { childrenOf, type MergeForest } from '../../tokenizers/inspection/merge-forest';
import { ORIGINS, originOf } from '../../tokenizers/inspection/origins';
import { KIND_FLAGS, TOKEN_KINDS, type TokenKind, testOf } from '../../tokenizers/inspection/select-tokens';
import { bytesOf, PRESENT, type VocabularyTable } from '../../tokenizers/inspection/vocabulary-table';
import type { Handlers } from '../rpc/server';
import { inSteps, KeptVocabulary, type WorkContext } from './kept-vocabulary';
import type { TokenizerRef } from './text.api';
import type { TokenizerLoader } from './tokenizer-loader';
import type {
  ListArgs,
  ListedToken,
  MergeNode,
  TokenCard,
  TokenPage,
  VocabularyApi,
  VocabularyFacts,
} from './vocabulary.api';

/** Tokens that a card names of those made with it, or like it. */
const NAMED = 48;

/** Nodes of a tree; a token of more symbols is drawn down to fewer. */
const MOST_NODES = 400;

/** A list and what was asked for; the pages after the first are taken from it. */
interface KeptList {
  readonly key: string;
  readonly ids: Uint32Array;
  readonly lengths: Uint32Array;
  readonly rowOf: (place: number) => ListedToken;
}

/** The handlers of one worker. */
export function vocabularyHandlers(tokenizers: TokenizerLoader): Handlers<VocabularyApi> {
  const kept = new Map<string, Promise<KeptVocabulary>>();
  let list: KeptList | undefined;

  const take = async (ref: TokenizerRef, context: WorkContext): Promise<KeptVocabulary> => {
    const { tokenizer } = await tokenizers.get(ref, context);
    const known = await kept.get(ref.id)?.catch(() => undefined);
    if (known) return known;
    const made = KeptVocabulary.of(tokenizer, ref.label, context);
    kept.set(ref.id, made);
    made.catch(() => kept.delete(ref.id));
    return made;
  };

  const makeList = async (args: ListArgs, key: string, context: WorkContext): Promise<KeptList> => {
    const vocabulary = await take(args.tokenizer, context);
    const other = args.other && (await take(args.other, context));
    const { tokenizer, table } = vocabulary;
    const test = testOf(table, args.selection, (id) => tokenizer.token(id)?.name ?? '');
    const { set } = args;
    const counterparts = other && (await vocabulary.counterparts(other, context));
    const origins = set === 'unreached' ? await vocabulary.origins(context) : undefined;
    const groups =
      set === 'alike' || set === 'same' ? await vocabulary.groups(set === 'same', context) : undefined;
    const isIn = (id: number): boolean => {
      const there = counterparts ? counterparts[id]! : NO_ID;
      switch (set) {
        case 'unreached':
          return UNREACHED.has(origins!.kinds[id]!);
        case 'shared':
          return there !== NO_ID;
        case 'moved':
          return there !== NO_ID && there !== id;
        case 'only':
          return counterparts !== undefined && there === NO_ID;
        default:
          return true;
      }
    };
    const candidates = groups?.ids;
    const sizes = new Map<number, number>();
    const found = await inSteps(
      choose(candidates ?? table.size, (id, place) => {
        if (!isIn(id) || !test(id)) return false;
        if (groups) sizes.set(id, groups.sizes[place]!);
        return true;
      }),
      context,
    );
    const lengthOf = (id: number) => table.offsets[id + 1]! - table.offsets[id]!;
    if (args.order !== 'set') {
      const sign = args.order === 'longest' ? -1 : 1;
      found.sort((a, b) => sign * (lengthOf(a) - lengthOf(b)) || a - b);
    }
    const lengths = new Uint32Array(1 + found.reduce((longest, id) => Math.max(longest, lengthOf(id)), 0));
    for (const id of found) lengths[lengthOf(id)]!++;
    const rowOf = (place: number): ListedToken => {
      const id = found[place]!;
      const there = counterparts?.[id] ?? NO_ID;
      return {
        ...listed(vocabulary, id),
        ...(groups && { group: sizes.get(id) }),
        ...(origins && {
          origin: {
            origin: ORIGINS[origins.kinds[id]!]!,
            tried: origins.tried[id]!,
            witness: origins.witnesses.get(id),
          },
        }),
        ...(there !== NO_ID && { counterpart: there }),
      };
    };
    return { key, ids: found, lengths, rowOf };
  };

  return {
    async openVocabulary({ tokenizer }, context) {
      return factsOf((await take(tokenizer, context)).table);
    },

    async listTokens(args, context): Promise<TokenPage> {
      const { from, count, tokenizer, other, ...rest } = args;
      const key = JSON.stringify([tokenizer.id, other?.id, rest]);
      if (list?.key !== key) list = await makeList(args, key, context);
      const { ids, lengths, rowOf } = list;
      const to = Math.min(ids.length, from + count);
      const rows: ListedToken[] = [];
      for (let place = from; place < to; place++) rows.push(rowOf(place));
      return { total: ids.length, rows, lengths };
    },

    async describeToken({ tokenizer: ref, id }, context): Promise<TokenCard | null> {
      const vocabulary = await take(ref, context);
      const { tokenizer, table } = vocabulary;
      if (((table.flags[id] ?? 0) & PRESENT) === 0) return null;
      const forest = await vocabulary.forest(context);
      const { ids, sizes } = await vocabulary.groups(false, context);
      const row = (one: number) => listed(vocabulary, one);
      const children = childrenOf(forest, id);
      const place = ids.indexOf(id);
      let first = place;
      if (place >= 0) {
        // Groups lie one after another: those of one size fill whole multiples from where that size begins.
        const size = sizes[place]!;
        const begin = sizes.indexOf(size);
        first = begin + Math.floor((place - begin) / size) * size;
      }
      const alike =
        place < 0 ? [] : [...ids.subarray(first, first + sizes[place]!)].filter((one) => one !== id);
      return {
        token: row(id),
        origin: originOf(tokenizer, table, id),
        ...(forest.merges && tokenizer.merged?.(id) && { tree: treeOf(table, forest, id) }),
        children: Array.from(children.subarray(0, NAMED), row),
        childCount: children.length,
        alike: alike.slice(0, NAMED).map(row),
      };
    },
  };
}

const UNREACHED = new Set(
  (['merges', 'bytes', 'character', 'untraced'] as const).map((origin) => ORIGINS.indexOf(origin)),
);

/** The candidates that pass, in order; in steps, yields the share done. */
function* choose(
  candidates: number | Uint32Array,
  passes: (id: number, place: number) => boolean,
): Generator<number, Uint32Array> {
  const count = typeof candidates === 'number' ? candidates : candidates.length;
  const found = new Uint32Array(count);
  let used = 0;
  // Before the first one as well: an expression may never finish.
  yield 0;
  for (let place = 0; place < count; place++) {
    const id = typeof candidates === 'number' ? place : candidates[place]!;
    if (passes(id, place)) found[used++] = id;
    if ((place & 255) === 255) yield place / count;
  }
  return found.slice(0, used);
}

function listed({ table, tokenizer }: KeptVocabulary, id: number): ListedToken {
  return {
    id,
    bytes: bytesOf(table, id).slice(),
    name: tokenizer.token(id)?.name ?? '',
    kinds: kindsOf(table.flags[id]!),
    script: table.scriptNames[table.scripts[id]!] ?? '',
  };
}

function kindsOf(flags: number): TokenKind[] {
  return TOKEN_KINDS.filter((kind) => (flags & KIND_FLAGS[kind]) !== 0);
}

function factsOf(table: VocabularyTable): VocabularyFacts {
  const kinds = { special: 0, added: 0, byte: 0, part: 0, space: 0 };
  const scripts = new Uint32Array(table.scriptNames.length);
  let longest = 0;
  for (let id = 0; id < table.size; id++) {
    const flags = table.flags[id]!;
    if ((flags & PRESENT) === 0) continue;
    for (const kind of kindsOf(flags)) kinds[kind]++;
    scripts[table.scripts[id]!]!++;
    longest = Math.max(longest, table.offsets[id + 1]! - table.offsets[id]!);
  }
  return {
    size: table.size,
    count: table.count,
    kinds,
    longest,
    scripts: table.scriptNames
      .map((name, i) => ({ name, count: scripts[i]! }))
      .filter(({ count }) => count > 0)
      .sort((a, b) => b.count - a.count),
  };
}

function treeOf(table: VocabularyTable, { lefts, rights }: MergeForest, root: number): MergeNode {
  let room = MOST_NODES;
  const nodeOf = (id: number): MergeNode => {
    room--;
    const bytes = bytesOf(table, id).slice();
    const left = lefts[id]!;
    if (left < 0 || room <= 0) return { id, bytes };
    return { id, bytes, halves: [nodeOf(left), nodeOf(rights[id]!)] };
  };
  return nodeOf(root);
}
