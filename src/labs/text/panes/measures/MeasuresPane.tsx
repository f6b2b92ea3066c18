import { useId, useMemo, useState } from 'react';
import { dearTextMeasures } from '../../../../measures/dear-text-measures';
import { Button } from '../../../../ui/Button';
import { formatBytes } from '../../../../ui/format';
import { Notice } from '../../../../ui/Notice';
import { NumberField } from '../../../../ui/NumberField';
import { Segmented } from '../../../../ui/Segmented';
import { Select } from '../../../../ui/Select';
import { useColumns, useColumnTokenizers, useLab } from '../../context';
import type { TextDocument } from '../../documents';
import { StudyWork } from '../../StudyWork';
import study from '../../study.module.css';
import { type Ask, useEachTokenizer } from '../../use-each-tokenizer';
import { usePaneSettings } from '../../use-pane-settings';
import { useSettledDocument } from '../../use-settled-document';
import type { Measured } from './measured';
import { PartTable } from './PartTable';
import { allMeasures, WHY } from './rows';
import { defaults, MAX_WINDOW, type MeasureSettings, schema } from './settings';
import { TextTable } from './TextTable';

/** Dear measures of a longer text are computed only when they are asked for. */
const DEAR_BYTES = 200_000;

const DEAR_IDS = dearTextMeasures.map(({ id }) => id);

/** Every measure of the text, its lines, sentences or scripts, for every tokenizer of the columns. */
export function MeasuresPane() {
  const { segmenter } = useLab();
  const tokenizers = useColumnTokenizers();
  const columns = useColumns();
  const document = useSettledDocument();
  const [settings, set] = usePaneSettings('measures', schema, defaults);
  const [wanted, setWanted] = useState<TextDocument>();
  const { by } = settings;
  const measure = allMeasures.find(({ id }) => id === settings.measure) ?? allMeasures[0]!;
  const isAllowed = document.bytes.length <= DEAR_BYTES || wanted === document;
  const ask = useMemo<Ask<Measured> | null>(() => {
    if (!isAllowed || document.bytes.length === 0) return null;
    const measures = by === 'text' ? DEAR_IDS : [measure.id, WHY];
    return async (tokenizer, options) => ({
      ...(await segmenter.study('measure', { tokenizer, by, measures }, document, options)),
      by,
      measures,
      document,
    });
  }, [isAllowed, document, by, measure.id, segmenter]);
  const answers = useEachTokenizer(ask);
  const measureId = useId();
  const windowId = useId();

  if (tokenizers.length === 0) {
    return <p className={study.empty}>No tokenizer is chosen. Add one above to measure it.</p>;
  }
  if (document.bytes.length === 0) {
    return <p className={study.empty}>There is no text to measure yet. Type or paste one above.</p>;
  }
  const measured = tokenizers.map(({ id }) => {
    const { value } = answers.of(id);
    return value?.by === by ? value : undefined;
  });
  const segmentations = tokenizers.map(
    ({ id }) => columns.find((column) => column.id === id)?.result?.segmentation,
  );
  return (
    <div className={study.pane}>
      <div className={study.controls}>
        <Segmented
          label="What to measure"
          size="sm"
          options={[
            { value: 'text', label: 'Whole text' },
            { value: 'line', label: 'Lines' },
            { value: 'sentence', label: 'Sentences' },
            { value: 'script', label: 'Scripts' },
          ]}
          value={by}
          onChange={(value) => set({ by: value, sort: '', descending: false, ...firstMeasure(by) })}
        />
        {by === 'text' ? (
          <div className={study.field}>
            <label htmlFor={windowId}>Context window</label>
            <NumberField
              id={windowId}
              label="Context window, in tokens"
              className={study.number}
              value={settings.window}
              min={1}
              max={MAX_WINDOW}
              onChange={(value) => set({ window: value })}
            />
            tokens
          </div>
        ) : (
          <div className={study.field}>
            <label htmlFor={measureId}>Measure</label>
            <Select
              id={measureId}
              value={measure.id}
              options={allMeasures
                .filter(({ id }) => id !== 'vocabulary')
                .map(({ id, label }) => ({ id, name: label }))}
              onChange={(id) => set({ measure: id })}
            />
          </div>
        )}
      </div>
      {isAllowed ? null : (
        <Notice
          tone="info"
          title={`This text is ${formatBytes(document.bytes.length)} long: more measures take a moment.`}
          actions={
            <Button size="sm" onClick={() => setWanted(document)}>
              Measure it
            </Button>
          }
        >
          Tokens and bytes are counted already. Words, characters and use of the vocabulary take a second per
          megabyte or more.
        </Notice>
      )}
      <StudyWork label="Measuring" tokenizers={tokenizers} answers={answers} />
      {by === 'text' ? (
        <TextTable
          tokenizers={tokenizers}
          segmentations={segmentations}
          measured={measured}
          settings={settings}
          onSort={(sort, descending) => set({ sort, descending })}
        />
      ) : (
        <PartTable
          by={by}
          measure={measure}
          document={document}
          tokenizers={tokenizers}
          measured={measured.map((one) =>
            one?.document === document && one.measures[0] === measure.id ? one : undefined,
          )}
          loses={segmentations.map((segmentation) => Boolean(segmentation?.loss))}
          settings={settings}
          onSort={(sort, descending) => set({ sort, descending })}
        />
      )}
    </div>
  );
}

/** Lines, sentences and scripts begin with the figure that the columns show. (The default is that of older links.) */
function firstMeasure(by: MeasureSettings['by']): Partial<MeasureSettings> {
  return by === 'text' ? { measure: 'tokens' } : {};
}
