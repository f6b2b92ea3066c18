import { useId, useMemo, useRef, useState } from 'react';
import type { DiffArgs } from '../../../../engine/text/compare.api';
import type { Comparing } from '../../../../engine/text/compare.client';
import { Button } from '../../../../ui/Button';
import { formatInteger } from '../../../../ui/format';
import { Icon } from '../../../../ui/Icon';
import { Notice } from '../../../../ui/Notice';
import { Progress } from '../../../../ui/Progress';
import { Select } from '../../../../ui/Select';
import { useColumn } from '../../context';
import type { TextDocument } from '../../documents';
import type { LabTokenizer } from '../../lab-tokenizers';
import styles from './Diff.module.css';
import { DiffRows, type DiffRowsHandle } from './DiffRows';
import { askDiff, useDiff } from './use-comparing';

/** A row's width, in half cells, before it has been measured. */
const UNMEASURED = 80;

export interface DiffProps {
  readonly entries: readonly LabTokenizer[];
  readonly document: TextDocument;
  readonly comparing: Comparing | null;
  readonly pair: readonly [over: string, under: string];
  readonly onChoose: (over: string, under: string) => void;
}

/** The text as two tokenizers divide it, one over the other where they part. */
export function Diff({ entries, document, comparing, pair, onChoose }: DiffProps) {
  const [over, under] = [useColumn(pair[0]), useColumn(pair[1])];
  const [width, setWidth] = useState(UNMEASURED);
  const [current, setCurrent] = useState(-1);
  const rows = useRef<DiffRowsHandle>(null);
  const id = useId();
  const labelOf = (tokenizer: string) => entries.find((entry) => entry.id === tokenizer)?.label ?? tokenizer;

  const results = [over, under].map((column) =>
    column?.result?.document === document ? column.result.segmentation : undefined,
  );
  const [a, b] = results;
  const [overTokens, underTokens] = [a?.tokens, b?.tokens];
  const { bytes } = document;
  const question = useMemo(
    (): DiffArgs | null =>
      overTokens && underTokens ? { over: overTokens, under: underTokens, bytes, width } : null,
    [overTokens, underTokens, bytes, width],
  );
  const ask = useMemo(() => askDiff(comparing), [comparing]);
  const { latest, error } = useDiff(question, ask);
  const isOfThisText = latest?.question.bytes === bytes && a && b;
  const diff = isOfThisText ? latest.answer : null;
  const count = diff?.places.starts.length ?? 0;
  const options = entries.map((entry) => ({ id: entry.id, name: entry.label }));
  /** The other one makes room for a tokenizer that is chosen twice. */
  const choose = (line: 0 | 1, tokenizer: string) => {
    const other = pair[1 - line] === tokenizer ? pair[line]! : pair[1 - line]!;
    if (line === 0) onChoose(tokenizer, other);
    else onChoose(other, tokenizer);
  };
  const goTo = (place: number) => {
    setCurrent(place);
    rows.current?.reveal(place);
  };
  const stuck = [over, under].find(
    (column) => column && !column.busy && column.result?.document !== document,
  );
  return (
    <section className={styles.section} aria-label="Differences">
      <div className={styles.head}>
        <div className={styles.pair}>
          <label htmlFor={`${id}-over`} className="visually-hidden">
            Tokenizer of the upper line
          </label>
          <span className={styles.over}>
            <Select
              id={`${id}-over`}
              value={pair[0]}
              options={options}
              onChange={(tokenizer) => choose(0, tokenizer)}
            />
          </span>
          <span>over</span>
          <label htmlFor={`${id}-under`} className="visually-hidden">
            Tokenizer of the lower line
          </label>
          <span className={styles.under}>
            <Select
              id={`${id}-under`}
              value={pair[1]}
              options={options}
              onChange={(tokenizer) => choose(1, tokenizer)}
            />
          </span>
        </div>
        <p className={styles.count} role="status">
          {diff ? sentence(count) : ''}
        </p>
        <div className={styles.steps}>
          <span className={styles.place}>
            {count > 0 ? `${current < 0 ? '–' : formatInteger(current + 1)} of ${formatInteger(count)}` : ''}
          </span>
          <Button
            size="sm"
            icon={<Icon name="left" />}
            aria-label="Previous difference"
            title="Previous difference"
            disabled={count === 0}
            onClick={() => goTo(current <= 0 ? count - 1 : current - 1)}
          />
          <Button
            size="sm"
            icon={<Icon name="right" />}
            aria-label="Next difference"
            title="Next difference"
            disabled={count === 0}
            onClick={() => goTo(current + 1 >= count ? 0 : current + 1)}
          />
        </div>
      </div>
      {error ? (
        <Notice tone="error" title={error.message}>
          {error.hint}
        </Notice>
      ) : null}
      {diff && a && b ? (
        <DiffRows
          ref={rows}
          diff={diff}
          document={document}
          lines={[
            { tokenizer: pair[0], label: labelOf(pair[0]), segmentation: a },
            { tokenizer: pair[1], label: labelOf(pair[1]), segmentation: b },
          ]}
          current={current}
          onCurrent={setCurrent}
          onWidth={setWidth}
        />
      ) : stuck ? (
        <p className={styles.waiting}>
          {labelOf(stuck.id)} has no tokens of this text. The Tokens tab says why.
        </p>
      ) : (
        <div className={styles.work}>
          <Progress label="Comparing the two" />
        </div>
      )}
    </section>
  );
}

function sentence(count: number): string {
  if (count === 0) return 'They divide this text alike.';
  return count === 1 ? '1 place differs' : `${formatInteger(count)} places differ`;
}
