import { formatInteger } from '../../ui/format';
import { Slider } from '../../ui/Slider';
import styles from './CutSlider.module.css';
import { huesOf, tokenOfEach } from './characters';
import type { Cut } from './cut';

export interface CutSliderProps {
  /** All characters of the prompt. */
  readonly characters: readonly string[];
  /** The fewest that can be kept. */
  readonly first: number;
  readonly kept: number;
  /** What is known of each cut, that after `first` characters first; empty while nothing is. */
  readonly cuts: readonly Cut[];
  readonly onChange: (kept: number) => void;
}

/**
 * The end of the prompt, letter by letter, as the slider of where it is cut: what is kept is filled by its tokens, and a
 * bar at each place says how wrong a model would be that continues them.
 */
export function CutSlider({ characters, first, kept, cuts, onChange }: CutSliderProps) {
  const cut = cuts[kept - first];
  const tokens = cut?.tokens ?? [];
  const hues = huesOf(tokens);
  const tokenOf = tokenOfEach(characters.slice(0, kept), tokens);
  const cells = characters.slice(first - 1);
  const said = `cut behind “${characters.slice(Math.max(0, kept - 12), kept).join('')}”`;
  return (
    <div className={styles.control}>
      <p className={styles.head}>
        <span>Where the prompt ends</span>
        <output className={styles.value}>
          {formatInteger(kept)} of {formatInteger(characters.length)} characters
        </output>
      </p>
      <Slider
        label="Where the prompt ends"
        min={first}
        max={characters.length}
        value={kept}
        valueText={said}
        marks={wordEnds(characters, first)}
        onChange={onChange}
        className={styles.slider}
      >
        <span className={styles.cells} aria-hidden="true">
          {cells.map((character, i) => {
            const at = first + i;
            const distance = cuts[i]?.distance;
            const token = at <= kept ? tokenOf[at - 1] : undefined;
            const begins = token !== undefined && (at === 1 || tokenOf[at - 2] !== token);
            return (
              <span key={at} className={styles.cell} data-chosen={at === kept || undefined}>
                <span className={styles.bars}>
                  {distance ? (
                    <>
                      <span className={styles.naive} style={{ height: `${100 * distance.naive}%` }} />
                      <span className={styles.healed} style={{ height: `${100 * distance.healed}%` }} />
                    </>
                  ) : null}
                </span>
                <span
                  className={styles.letter}
                  data-kept={at <= kept || undefined}
                  data-begins={begins || undefined}
                  style={
                    token === undefined || tokens.length === 0
                      ? undefined
                      : { background: `var(--token-${hues[token]! % 8})` }
                  }
                >
                  {character === '\n' ? '↵' : character}
                </span>
              </span>
            );
          })}
        </span>
      </Slider>
      <p className={styles.legend}>
        <span>Distance from exact:</span>
        <span>
          <i className={styles.naiveKey} aria-hidden="true" /> naive: the prompt’s own tokens are continued
        </span>
        <span>
          <i className={styles.healedKey} aria-hidden="true" /> token healing: its last token is chosen anew
        </span>
      </p>
    </div>
  );
}

/** Where words end. */
function wordEnds(characters: readonly string[], first: number): number[] {
  return characters.flatMap((_, i) =>
    i + 1 >= first && /\w/u.test(characters[i]!) && !/\w/u.test(characters[i + 1] ?? ' ') ? [i + 1] : [],
  );
}
