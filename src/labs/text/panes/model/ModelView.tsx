import { useEffect, useId, useMemo, useState } from 'react';
import {
  type BundledLanguageModel,
  findLanguageModel,
  languageModels,
} from '../../../../catalog/language-models';
import { LanguageModels } from '../../../../engine/lm/lm.client';
import { Button } from '../../../../ui/Button';
import { formatBytes, formatInteger } from '../../../../ui/format';
import { Notice } from '../../../../ui/Notice';
import { Segmented } from '../../../../ui/Segmented';
import { Select } from '../../../../ui/Select';
import { usePaneSettings } from '../../use-pane-settings';
import { useSettledDocument } from '../../use-settled-document';
import { Look } from './Look';
import { beginningOf, FIRST_BYTES, MOST_BYTES, nextLimit } from './limit';
import styles from './Model.module.css';
import { modelName } from './names';
import { defaults, type ModelSettings, settingsSchema } from './settings';
import { spellByte, useReading, useSpelling } from './use-reading';
import { Work } from './Work';

const OPTIONS = languageModels.map((model) => ({ id: model.id, name: modelName(model) }));

/** What one or two language models expect of the text. */
export function ModelView() {
  const models = useMemo(() => new LanguageModels(), []);
  useEffect(() => () => models.release(), [models]);
  const document = useSettledDocument();
  const [settings, set] = usePaneSettings('model', settingsSchema, defaults);
  const [wanted, setWanted] = useState({ sheet: document.sheet, limit: FIRST_BYTES });
  const limit = wanted.sheet === document.sheet ? wanted.limit : FIRST_BYTES;
  const bytes = useMemo(() => beginningOf(document.bytes, limit), [document, limit]);

  const model = findLanguageModel(settings.model) ?? languageModels[0]!;
  const found = findLanguageModel(settings.other);
  const other = found === model ? undefined : found;
  const byBytes = settings.unit === 'bytes';
  const work = useReading(models, model.id, byBytes && isOverTokens(model), bytes);
  const otherWork = useReading(
    models,
    other?.id ?? null,
    byBytes && other !== undefined && isOverTokens(other),
    bytes,
  );
  const spelled = useSpelling(models, isOverTokens(model) ? model.id : null);
  const spell = isOverTokens(model) && !byBytes ? spelled : spellByte;

  if (document.bytes.length === 0) {
    return <p className={styles.empty}>There is no text to read yet. Type or paste one above.</p>;
  }
  const rest = document.bytes.length - bytes.length;
  return (
    <div className={styles.pane}>
      <p className={styles.lead}>
        A small language model reads your text and says at each place what may come next.{' '}
        <strong>What it did not expect costs more bits</strong>; bits per byte compare models whatever their
        tokens are.
      </p>
      <Controls model={model} other={other} settings={settings} set={set} />
      <Work name={model.label} work={work} bytes={bytes.length} />
      {other ? <Work name={other.label} work={otherWork} bytes={bytes.length} /> : null}
      {work.reading ? (
        <Look
          models={models}
          model={model}
          other={other}
          reading={work.reading}
          otherReading={otherWork.reading}
          byBytes={byBytes || !isOverTokens(model)}
          colour={other ? settings.colour : 'cost'}
          spell={spell}
          isDone={!work.isBusy && !otherWork.isBusy}
        />
      ) : null}
      {rest > 0 ? (
        <Notice
          tone="info"
          title={`The first ${formatInteger(bytes.length)} of ${formatInteger(document.bytes.length)} bytes are read.`}
          actions={
            limit < MOST_BYTES ? (
              <Button
                size="sm"
                disabled={work.isBusy}
                onClick={() => setWanted({ sheet: document.sheet, limit: nextLimit(limit) })}
              >
                Go on to {formatBytes(Math.min(document.bytes.length, nextLimit(limit)))}
              </Button>
            ) : null
          }
        >
          {limit < MOST_BYTES
            ? null
            : `More than ${formatBytes(MOST_BYTES)} are not read here; the command text-bits reads any length.`}
        </Notice>
      ) : null}
      <p className={styles.small}>
        {model.summary} It was trained on English books and stories, German, French, Spanish, Finnish, Turkish
        and Russian; scripts that it never saw may cost more than 8 bits a byte. It sees{' '}
        {formatInteger(model.context)} {isOverTokens(model) ? 'tokens' : 'bytes'} at most: behind the first of
        these, at least half as many of what precedes a place. Loads {formatBytes(model.bytes)} once, and ONNX
        Runtime (14 MB) where no model has run yet.
        {isOverTokens(model) && byBytes
          ? ' Bytes are exact: their probability is the sum over all tokens that they may lie within.'
          : ''}
      </p>
    </div>
  );
}

function isOverTokens({ vocabulary }: BundledLanguageModel): boolean {
  return vocabulary.kind === 'bpe';
}

interface ControlsProps {
  readonly model: BundledLanguageModel;
  readonly other: BundledLanguageModel | undefined;
  readonly settings: ModelSettings;
  readonly set: (changes: Partial<ModelSettings>) => void;
}

function Controls({ model, other, settings, set }: ControlsProps) {
  const id = useId();
  const isTokens = isOverTokens(model) || (other !== undefined && isOverTokens(other));
  return (
    <div className={styles.controls}>
      <span className={styles.field}>
        <label htmlFor={`${id}-model`}>Model</label>
        <Select
          id={`${id}-model`}
          value={model.id}
          options={OPTIONS}
          onChange={(value) =>
            set(value === other?.id ? { model: value, other: model.id } : { model: value })
          }
        />
      </span>
      <span className={styles.field}>
        <label htmlFor={`${id}-other`}>compared with</label>
        <Select
          id={`${id}-other`}
          value={other?.id ?? ''}
          options={[{ id: '', name: 'none' }, ...OPTIONS.filter((option) => option.id !== model.id)]}
          onChange={(value) => set({ other: value })}
        />
      </span>
      {isTokens ? (
        <Segmented
          label="What to look at"
          size="sm"
          options={[
            { value: 'tokens', label: 'Its tokens' },
            { value: 'bytes', label: 'Bytes, exactly' },
          ]}
          value={settings.unit}
          onChange={(unit) => set({ unit })}
        />
      ) : null}
      {other ? (
        <Segmented
          label="What colours say"
          size="sm"
          options={[
            { value: 'cost', label: 'Cost' },
            { value: 'difference', label: 'Difference' },
          ]}
          value={settings.colour}
          onChange={(colour) => set({ colour })}
        />
      ) : null}
    </div>
  );
}
