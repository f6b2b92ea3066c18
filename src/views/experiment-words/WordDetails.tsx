import { encodeUtf8 } from '../../core/text/utf8';
import type { Parameters, Spelled, WordLevels } from '../../tokenizers/words/levels';
import { formatInteger, formatSignificant } from '../../ui/format';
import { More } from '../experiment/More';
import { BarChart } from '../plot/BarChart';
import { InlineTokens } from '../token-text/InlineTokens';
import styles from './WordDetails.module.css';

export interface WordDetailsProps {
  readonly levels: WordLevels;
  /** Name of the tokenizer that words are compared with. */
  readonly against: string;
  /** Positions of the backbone for each word. */
  readonly slots: number;
  /** Width of the backbone. */
  readonly width: number;
  readonly table: readonly Parameters[];
}

/** Folded away: what one typo does to a word, and what attention and input tables cost. */
export function WordDetails({ levels, against, slots, width, table }: WordDetailsProps) {
  const [clean] = levels.curve;
  const positions = clean.words * slots;
  const rows = levels.vocabulary * width;
  const total = table.reduce((sum, { count }) => sum + count, 0);
  return (
    <>
      <More summary="What one typo does to a word">
        <ul className={styles.examples}>
          {levels.examples.map(({ before, after }) => (
            <li key={`${before.text} ${after.text}`}>
              <Word word={before} />
              <span aria-hidden="true">→</span>
              <Word word={after} />
            </li>
          ))}
        </ul>
        {levels.kept ? (
          <p>
            On average a word keeps {formatSignificant(100 * levels.kept.bytes)} % of its bytes, and{' '}
            {formatSignificant(100 * levels.kept.tokens)} % of its subwords, whatever their order.
          </p>
        ) : (
          <p>No word of this text has four letters.</p>
        )}
      </More>
      <More summary="What attention costs">
        <BarChart
          label="Pairs of positions that attend to each other"
          bars={[
            { id: 'bytes', label: 'Bytes', value: levels.bytes ** 2 },
            { id: 'subwords', label: `Subwords of ${against}`, value: clean.tokens ** 2 },
            { id: 'words', label: 'Backbone over words', value: positions ** 2, isChosen: true },
          ]}
          format={(value) => `${formatInteger(value)} pairs`}
        />
        <p>
          The square of {formatInteger(levels.bytes)} bytes, {formatInteger(clean.tokens)} subwords and{' '}
          {formatInteger(positions)} positions of the large model. Attention inside a word is not counted: it
          grows with the text, not with its square.
        </p>
      </More>
      <More summary="Parameters before the large model">
        <BarChart
          label="Parameters before the large model"
          bars={[
            { id: 'subwords', label: `${formatInteger(levels.vocabulary)} subwords × ${width}`, value: rows },
            { id: 'total', label: 'From bytes, together', value: total, isChosen: true },
            ...table.map(({ label, count }) => ({ id: label, label, value: count })),
          ]}
          format={formatInteger}
        />
      </More>
    </>
  );
}

function Word({ word: { text, starts, ends } }: { readonly word: Spelled }) {
  const bytes = encodeUtf8(text);
  const tokens = ends.map((end, i) => ({ text: bytes.slice(starts[i], end), hue: i % 8 }));
  return <InlineTokens label={`Subwords of ${text.trim()}`} tokens={tokens} />;
}
