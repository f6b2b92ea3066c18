import * as v from 'valibot';
import { fieldReader } from '../../core/link/read-fields';
import { decodeUtf8, encodeUtf8 } from '../../core/text/utf8';
import { SIZES } from '../../tokenizers/train/defaults';
import type { LinkFormat } from '../lab';
import { type BundledId, type CorpusTab, DEFAULT_CORPUS } from './corpus';
import { DEFAULT_DRAFT, type Draft } from './draft';

/** What a link holds of a training. */
export interface TrainExperiment {
  readonly draft: Draft;
  readonly tab: CorpusTab;
  readonly bundled: BundledId;
  readonly languages: readonly string[];
  /** Null where it did not travel. */
  readonly text: string | null;
  /** What was trained on and is not in the link. */
  readonly missing: string | null;
}

const whole = (least: number, most: number) =>
  v.pipe(v.number(), v.safeInteger(), v.minValue(least), v.maxValue(most));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const special = v.pipe(v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(64))), v.maxLength(64));
const lib = v.object({
  steps: v.optional(whole(1, 100_000), DEFAULT_DRAFT.lib.steps),
  sentences: v.optional(whole(1, 10_000), DEFAULT_DRAFT.lib.sentences),
  inRate: v.optional(share, DEFAULT_DRAFT.lib.inRate),
  outRate: v.optional(share, DEFAULT_DRAFT.lib.outRate),
  updateRate: v.optional(share, DEFAULT_DRAFT.lib.updateRate),
  life: v.optional(whole(1, 1000), DEFAULT_DRAFT.lib.life),
  longest: v.optional(whole(0, 200), DEFAULT_DRAFT.lib.longest),
});
/** The catalogue is loaded later: a code that it lacks gives no text. */
const codes = v.pipe(v.array(v.pipe(v.string(), v.regex(/^[a-z]{2,4}(?:_[a-z0-9]+)*$/))), v.maxLength(300));

export const linkFormat: LinkFormat<TrainExperiment> = {
  read({ head, blob }, problems) {
    const read = fieldReader(head, problems);
    const usual = DEFAULT_DRAFT;
    const draft: Draft = {
      kind: read(
        'k',
        v.picklist(['bpe', 'superbpe', 'unigram', 'wordpiece', 'lib']),
        usual.kind,
        'what is trained',
      ),
      size: read('n', whole(SIZES.least, SIZES.most), usual.size, 'the size of the vocabulary'),
      transition: read('t', share, usual.transition, 'where merges begin to cross words'),
      minFrequency: read('m', whole(0, 1_000_000), usual.minFrequency, 'how often a pair must occur'),
      pattern: read(
        'p',
        v.nullable(v.pipe(v.string(), v.minLength(1), v.maxLength(2000))),
        null,
        'the pattern',
      ),
      special: read('s', v.nullable(special), null, 'the special tokens'),
      lowercase: read('u', v.picklist([0, 1]), 0, 'whether capitals stay') === 0,
      lib: read('l', lib, usual.lib, 'how Less-is-Better learns'),
      seed: read('r', whole(0, 2 ** 32 - 1), usual.seed, 'the seed'),
    };
    const missing = read(
      'o',
      v.nullable(v.pipe(v.string(), v.maxLength(200))),
      null,
      'what it was trained on',
    );
    return {
      draft,
      tab: read(
        'c',
        v.picklist(['bundled', 'text', 'files']),
        DEFAULT_CORPUS.tab,
        'where the text comes from',
      ),
      bundled: read(
        'b',
        v.picklist(['alice', 'samples', 'declaration']),
        DEFAULT_CORPUS.bundled,
        'the corpus',
      ),
      languages: read('g', codes, DEFAULT_CORPUS.languages, 'the languages'),
      text: missing === null ? decodeUtf8(blob) : null,
      missing,
    };
  },

  write({ draft, tab, bundled, languages, text, missing }) {
    const usual = DEFAULT_DRAFT;
    const libChanges = Object.fromEntries(
      Object.entries(draft.lib).filter(([key, value]) => value !== usual.lib[key as keyof Draft['lib']]),
    );
    return {
      head: {
        ...(draft.kind === usual.kind ? {} : { k: draft.kind }),
        ...(draft.size === usual.size ? {} : { n: draft.size }),
        ...(draft.transition === usual.transition ? {} : { t: draft.transition }),
        ...(draft.minFrequency === usual.minFrequency ? {} : { m: draft.minFrequency }),
        ...(draft.pattern === null ? {} : { p: draft.pattern }),
        ...(draft.special === null ? {} : { s: draft.special.filter((token) => token !== '') }),
        ...(draft.lowercase ? {} : { u: 1 }),
        ...(Object.keys(libChanges).length === 0 ? {} : { l: libChanges }),
        ...(draft.seed === usual.seed ? {} : { r: draft.seed }),
        ...(tab === DEFAULT_CORPUS.tab ? {} : { c: tab }),
        ...(bundled === DEFAULT_CORPUS.bundled ? {} : { b: bundled }),
        ...(languages.join() === DEFAULT_CORPUS.languages.join() ? {} : { g: languages }),
        ...(missing === null ? {} : { o: missing }),
      },
      blob: encodeUtf8(tab === 'text' ? (text ?? '') : ''),
    };
  },
};
