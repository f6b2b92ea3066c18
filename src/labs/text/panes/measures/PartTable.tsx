import { useState } from 'react';
import type { TextPart } from '../../../../engine/text/study.api';
import { Button } from '../../../../ui/Button';
import { formatInteger } from '../../../../ui/format';
import type { TextDocument } from '../../documents';
import type { LabTokenizer } from '../../lab-tokenizers';
import study from '../../study.module.css';
import { LossNote } from './LossNote';
import styles from './Measures.module.css';
import type { Measured } from './measured';
import { compareScripts, partBeginning } from './parts';
import { type AnyMeasure, bestOf, compare, inWords, rowOf, shown, WHY, whySentence } from './rows';
import type { MeasureSettings } from './settings';
import { ValueCell } from './ValueCell';

/** Rows that are drawn at once. */
const STEP = 200;

const KINDS = {
  line: { head: 'Line', many: 'lines', rule: 'A token belongs to the line in which it begins.' },
  sentence: {
    head: 'Sentence',
    many: 'sentences',
    rule: 'A token belongs to the sentence in which it begins; spaces before a sentence are a part of it.',
  },
  script: {
    head: 'Script',
    many: 'scripts',
    rule: 'A token belongs to the script of its first letter; digits, punctuation and spaces have none.',
  },
};

export interface PartTableProps {
  readonly by: 'line' | 'sentence' | 'script';
  readonly measure: AnyMeasure;
  readonly document: TextDocument;
  readonly tokenizers: readonly LabTokenizer[];
  /** By tokenizer: the measure of every part. */
  readonly measured: readonly (Measured | undefined)[];
  /** By tokenizer: whether it loses a part of the text. */
  readonly loses: readonly boolean[];
  readonly settings: MeasureSettings;
  readonly onSort: (tokenizer: string, descending: boolean) => void;
}

/** Lines, sentences or scripts by tokenizers, one measure in all cells, the best of a row marked; a tokenizer's name sorts by it. */
export function PartTable(props: PartTableProps) {
  const { by, measure, document, tokenizers, measured, loses, settings, onSort } = props;
  const [limit, setLimit] = useState(STEP);
  const { head, many, rule } = KINDS[by];
  const isScript = by === 'script';
  const parts = partsOf(measured, loses);
  if (isScript) parts.sort((a, b) => compareScripts(a.part.name, b.part.name));
  const labels = tokenizers.map(({ label }) => label);
  const at = tokenizers.findIndex(({ id }) => id === settings.sort);
  const direction = settings.descending ? -1 : 1;
  const ordered = at < 0 ? parts : parts.toSorted((a, b) => compare(a.values[at], b.values[at], direction));
  const full =
    measure.range?.[1] ?? Math.max(0, ...parts.flatMap(({ values }) => values.map((value) => value ?? 0)));
  const left = Math.max(0, ...measured.map((one) => one?.left ?? 0));
  if (parts.length === 0) return null;
  return (
    <>
      <p className={study.small}>
        {measure.summary} In {inWords(measure)}. {rule}
      </p>
      <LossNote names={tokenizers.filter((_, i) => loses[i]).map(({ label }) => label)} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className={study.scroll} aria-label={`${measure.label} by ${by}`} tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col" className={styles.corner} aria-sort={at < 0 ? 'ascending' : undefined}>
                <button type="button" className={study.sort} onClick={() => onSort('', false)}>
                  {head}
                </button>
              </th>
              {tokenizers.map(({ id, label }, i) => (
                <th
                  key={id}
                  scope="col"
                  className={styles.column}
                  aria-sort={i === at ? (settings.descending ? 'descending' : 'ascending') : undefined}
                >
                  <button
                    type="button"
                    className={study.sort}
                    onClick={() => onSort(id, i === at ? !settings.descending : measure.better === 'lower')}
                  >
                    {label}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {ordered.slice(0, limit).map(({ part, values, perWord }) => {
              const best = bestOf(rowOf(measure, values), (i) => !loses[i]);
              return (
                <tr key={part.name}>
                  <th scope="row" className={styles.part}>
                    <span className={styles.partName}>
                      {isScript ? part.name : <LineName part={part} document={document} />}
                    </span>
                    {measure.id === WHY ? null : (
                      <small className={isScript ? styles.words : styles.lineWhy}>
                        {whySentence(perWord, labels)}
                      </small>
                    )}
                  </th>
                  {tokenizers.map(({ id }, i) => (
                    <ValueCell
                      key={id}
                      value={values[i]}
                      full={full}
                      show={(value) => shown(measure, value)}
                      isBest={best.has(i)}
                    />
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
      {ordered.length > limit ? (
        <div className={study.controls}>
          <Button size="sm" onClick={() => setLimit(limit + STEP)}>
            Show more {many}
          </Button>
          <span className={study.small}>
            {formatInteger(limit)} of {formatInteger(ordered.length)} are shown.
          </span>
        </div>
      ) : null}
      {left > 0 ? (
        <p className={study.small}>
          The first {formatInteger(parts.length)} {many} are measured; {formatInteger(left)} more are not.
        </p>
      ) : null}
    </>
  );
}

function LineName({ part, document }: { readonly part: TextPart; readonly document: TextDocument }) {
  return (
    <>
      <span className={styles.lineNumber}>{part.name}</span>
      <span className={styles.line} dir="auto">
        {partBeginning(document.bytes, part)}
      </span>
    </>
  );
}

interface Part {
  readonly part: TextPart;
  /** By tokenizer. */
  readonly values: (number | undefined)[];
  /** Tokens of a word, by tokenizer; none for those that lose text. */
  readonly perWord: (number | undefined)[];
}

/** The parts that any tokenizer has measured, in their own order, with the values of all. */
function partsOf(measured: readonly (Measured | undefined)[], loses: readonly boolean[]) {
  const parts = new Map<string, Part>();
  for (const [i, one] of measured.entries()) {
    for (const [j, part] of (one?.parts ?? []).entries()) {
      const none = measured.map(() => undefined);
      const known = parts.get(part.name) ?? { part, values: [...none], perWord: [...none] };
      known.values[i] = one?.values[j]?.[0] ?? undefined;
      if (!loses[i]) known.perWord[i] = one?.values[j]?.[1] ?? undefined;
      parts.set(part.name, known);
    }
  }
  return [...parts.values()];
}
