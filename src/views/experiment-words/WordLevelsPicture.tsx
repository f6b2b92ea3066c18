import { assignHues } from '../../core/hues';
import { encodeUtf8 } from '../../core/text/utf8';
import { type Excerpt, type ShownUnits, TYPO_STEP, type WordLevels } from '../../tokenizers/words/levels';
import { formatInteger, formatSignificant } from '../../ui/format';
import { ControlBar } from '../experiment/ControlBar';
import { ControlSlider } from '../experiment/ControlSlider';
import { LineChart } from '../plot/LineChart';
import { type InlineToken, InlineTokens } from '../token-text/InlineTokens';
import styles from './WordLevelsPicture.module.css';

export interface WordLevelsPictureProps {
  readonly levels: WordLevels | undefined;
  /** Of 100 words, how many have a typo. */
  readonly typos: number;
  readonly onTypos: (typos: number) => void;
  /** Name of the tokenizer that words are compared with. */
  readonly against: string;
  /** What follows the number of words, such as "× 4 positions". */
  readonly slots: number;
}

/** The slider of typos; the text's beginning in words and in subwords; and how both numbers grow with the typos. */
export function WordLevelsPicture({ levels, typos, onTypos, against, slots }: WordLevelsPictureProps) {
  const point = levels?.curve[typos / TYPO_STEP];
  const clean = levels?.curve[0];
  return (
    <div className={styles.view}>
      <ControlBar>
        <ControlSlider
          label="Words with a typo, %"
          min={0}
          max={100 / TYPO_STEP}
          value={typos / TYPO_STEP}
          marks={[0, 5, 10, 15, 20]}
          nameOf={(place) => String(place * TYPO_STEP)}
          say={(place) => `${place * TYPO_STEP} of 100`}
          onChange={(place) => onTypos(place * TYPO_STEP)}
        />
      </ControlBar>
      {levels && point && clean ? (
        <>
          <ol className={styles.flow} aria-label="Levels of the model, without typos">
            <li>
              <b>{formatInteger(levels.bytes)}</b> bytes
            </li>
            <li>
              <b>{formatInteger(clean.words)}</b> words
            </li>
            <li>
              <b>{formatInteger(clean.words * slots)}</b> positions of the large model
            </li>
            <li className={styles.other}>
              <b>{formatInteger(clean.tokens)}</b> subwords of {against}
            </li>
          </ol>
          <Level
            name="Words"
            count={point.words}
            more={slots === 1 ? 'one position each' : `${slots} positions each`}
            changed={part(point.wordsChanged, clean.words)}
            excerpt={point.excerpt}
            units={point.excerpt.words}
          />
          <Level
            name={`Subwords of ${against}`}
            count={point.tokens}
            more="one position each"
            changed={part(point.tokensChanged, clean.tokens)}
            excerpt={point.excerpt}
            units={point.excerpt.tokens}
          />
          <p className={styles.note}>
            Underlined: what the text without typos does not have there. {formatInteger(point.typos)} of{' '}
            {formatInteger(levels.eligible)} words with four letters or more have a typo.
          </p>
          <LineChart
            label="How the number of words and of subwords changes with typos"
            x={{ label: 'words with a typo, %', from: 0, to: 100 }}
            y={{ label: 'longer by, %' }}
            lines={[
              {
                id: 'words',
                label: 'Words',
                points: levels.curve.map(({ words }, i) => [i * TYPO_STEP, growth(words, clean.words)]),
              },
              {
                id: 'subwords',
                label: `Subwords of ${against}`,
                points: levels.curve.map(({ tokens }, i) => [i * TYPO_STEP, growth(tokens, clean.tokens)]),
              },
            ]}
            at={typos}
            onPick={(x) => onTypos(Math.round(x / TYPO_STEP) * TYPO_STEP)}
          />
        </>
      ) : (
        <p className={styles.note}>The text is being divided.</p>
      )}
    </div>
  );
}

interface LevelProps {
  readonly name: string;
  readonly count: number;
  readonly more: string;
  /** In percent. */
  readonly changed: number;
  readonly excerpt: Excerpt;
  readonly units: ShownUnits;
}

function Level({ name, count, more, changed, excerpt, units }: LevelProps) {
  return (
    <section className={styles.level} aria-label={name}>
      <h3 className={styles.head}>
        <span>{name}</span>
        <span className={styles.count}>
          {formatInteger(count)} <small>{more}</small>
        </span>
        <span className={styles.count}>
          {formatSignificant(changed)} % <small>changed</small>
        </span>
      </h3>
      <InlineTokens label={`${name}, the text’s beginning`} tokens={inlineUnits(excerpt.text, units)} />
    </section>
  );
}

/** Units with the space before them, coloured by what they are. */
function inlineUnits(text: string, { starts, ends, isNew }: ShownUnits): InlineToken[] {
  const bytes = encodeUtf8(text);
  const parts = ends.map((end, i) => bytes.slice(Math.min(end, ends[i - 1] ?? 0), end));
  const hues = assignHues(idsOf(ends.map((end, i) => bytes.slice(starts[i], end).join())));
  return parts.map((part, i) => ({
    text: part,
    hue: hues[i]!,
    ...(isNew[i] && { emphasis: 'strong' as const, note: 'new' }),
  }));
}

function idsOf(names: readonly string[]): number[] {
  const ids = new Map<string, number>();
  return names.map((name) => {
    const id = ids.get(name) ?? ids.size;
    ids.set(name, id);
    return id;
  });
}

function part(some: number, all: number): number {
  return all === 0 ? 0 : (100 * some) / all;
}

function growth(now: number, before: number): number {
  return before === 0 ? Number.NaN : 100 * (now / before - 1);
}
