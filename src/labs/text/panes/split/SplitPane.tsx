import { useId, useMemo } from 'react';
import type { SplitText } from '../../../../engine/text/study.api';
import { formatInteger, formatSignificant } from '../../../../ui/format';
import { NumberField } from '../../../../ui/NumberField';
import { Select } from '../../../../ui/Select';
import { useColumnTokenizers, useLab } from '../../context';
import { StudyWork } from '../../StudyWork';
import study from '../../study.module.css';
import { type Ask, useEachTokenizer } from '../../use-each-tokenizer';
import { usePaneSettings } from '../../use-pane-settings';
import { useSettledDocument } from '../../use-settled-document';
import { CutText } from './CutText';
import { Downloads } from './Downloads';
import { PieceTable } from './PieceTable';
import { defaults, MAX_SIZE, schema } from './settings';

/** The text in pieces of at most so many tokens of one tokenizer. */
export function SplitPane() {
  const { segmenter } = useLab();
  const tokenizers = useColumnTokenizers();
  const document = useSettledDocument();
  const [settings, set] = usePaneSettings('split', schema, defaults);
  const { size } = settings;
  // A piece that only repeats would never end.
  const overlap = Math.min(settings.overlap, size - 1);
  const tokenizer = tokenizers.find(({ id }) => id === (settings.tokenizer ?? 'o200k')) ?? tokenizers[0];
  const ask = useMemo<Ask<{ readonly pieces: SplitText; readonly key: string }> | null>(() => {
    if (document.bytes.length === 0) return null;
    return async (ref, options) => ({
      pieces: await segmenter.study(
        'split',
        { tokenizer: ref, options: { size, overlap } },
        document,
        options,
      ),
      key: `${document.key} ${size} ${overlap}`,
    });
  }, [document, size, overlap, segmenter]);
  const answers = useEachTokenizer(ask, tokenizer?.id ?? '');
  const ids = { tokenizer: useId(), size: useId(), overlap: useId() };

  if (!tokenizer) {
    return (
      <p className={study.empty}>No tokenizer is chosen. Add one above to split the text by its tokens.</p>
    );
  }
  if (document.bytes.length === 0) {
    return <p className={study.empty}>There is no text to split yet. Type or paste one above.</p>;
  }
  const { value } = answers.of(tokenizer.id);
  const pieces = value?.key === `${document.key} ${size} ${overlap}` ? value.pieces : undefined;
  return (
    <div className={study.pane}>
      <div className={study.controls}>
        <div className={study.field}>
          <label htmlFor={ids.tokenizer}>Tokens of</label>
          <Select
            id={ids.tokenizer}
            value={tokenizer.id}
            options={tokenizers.map(({ id, label }) => ({ id, name: label }))}
            onChange={(id) => set({ tokenizer: id })}
          />
        </div>
        <div className={study.field}>
          <label htmlFor={ids.size}>At most</label>
          <NumberField
            id={ids.size}
            label="Tokens of a piece, at most"
            className={study.number}
            value={size}
            min={1}
            max={MAX_SIZE}
            onChange={(next) => set({ size: next })}
          />
          tokens a piece
        </div>
        <div className={study.field}>
          <label htmlFor={ids.overlap}>Overlap</label>
          <NumberField
            id={ids.overlap}
            label="Tokens that a piece repeats, at most"
            className={study.number}
            value={overlap}
            min={0}
            max={size - 1}
            onChange={(next) => set({ overlap: next })}
          />
          tokens
        </div>
        {pieces ? <Downloads tokenizer={tokenizer} document={document} pieces={pieces} /> : null}
      </div>
      <StudyWork label="Splitting" tokenizers={[tokenizer]} answers={answers} />
      {pieces ? (
        <>
          <Summary pieces={pieces} size={size} overlap={overlap} label={tokenizer.label} />
          <CutText document={document} pieces={pieces} />
          <PieceTable document={document} pieces={pieces} size={size} />
        </>
      ) : null}
    </div>
  );
}

interface SummaryProps {
  readonly pieces: SplitText;
  readonly size: number;
  readonly overlap: number;
  readonly label: string;
}

/** What was made, and what was verified. */
function Summary({ pieces, size, overlap, label }: SummaryProps) {
  const { tokens, overlaps } = pieces;
  const total = tokens.reduce((sum, count) => sum + count, 0);
  const largest = tokens.reduce((most, count) => Math.max(most, count), 0);
  const repeated = overlaps.reduce((sum, count) => sum + count, 0);
  return (
    <p className={study.lead} role="status">
      <strong>
        {formatInteger(tokens.length)} {tokens.length === 1 ? 'piece' : 'pieces'}
      </strong>
      . Each was encoded again, alone: none has more than {formatInteger(size)} tokens of {label} (the largest{' '}
      {formatInteger(largest)}, on average {formatSignificant(total / tokens.length)}). No character is
      divided.
      {overlap > 0 && repeated > 0
        ? ` ${formatInteger(repeated)} of ${formatInteger(total)} tokens are repeated.`
        : ''}
    </p>
  );
}
