import { useEffect, useState } from 'react';
import { sampleTexts } from '../../catalog/texts';
import { sampleText } from '../../experiments/experiment';
import { Button } from '../../ui/Button';
import { formatBytes } from '../../ui/format';
import { Notice } from '../../ui/Notice';
import { FilePicker } from '../../views/pickers/FilePicker';
import { TextField } from '../../views/text-intake/TextField';
import { useLab, usePapers } from './context';
import styles from './InputPanel.module.css';
import type { Loaded } from './state';

/** Characters that the field takes; a longer text is named and not laid out. */
const FIELD_LIMIT = 20_000;

const TEXT_FILES =
  'text/*,.txt,.md,.csv,.tsv,.json,.jsonl,.xml,.html,.js,.ts,.py,.c,.h,.cpp,.rs,.go,.java,.log';

/** What the experiment runs on: samples, the visitor's own text, files. */
export function InputPanel() {
  const { session } = useLab();
  const loaded = usePapers((state) => state.loaded);
  const source = usePapers((state) => state.source);
  const [own, setOwn] = useState<string | null>(null);
  const sample = useSampleText(loaded, source.kind === 'sample' ? source.id : undefined);
  useEffect(() => {
    if (source.kind === 'text') setOwn(source.text);
  }, [source]);
  if (!loaded) return <div className={styles.panel} data-waiting />;
  const text = source.kind === 'text' ? source.text : sample;
  const chosen = source.kind === 'sample' ? (source.id ?? loaded.experiment.input.sample) : null;
  return (
    <section className={styles.panel} aria-label="Input">
      <div className={styles.strip}>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would promise form controls */}
        <div className={styles.chips} role="group" aria-label="Sample texts">
          {samplesOf(loaded).map(({ id, label }) => (
            <Button
              key={id}
              size="sm"
              variant="quiet"
              pressed={id === chosen}
              onClick={() =>
                session.choose({ kind: 'sample', id: id === loaded.experiment.input.sample ? null : id })
              }
            >
              {label}
            </Button>
          ))}
          {own !== null && source.kind === 'sample' ? (
            <Button
              size="sm"
              variant="quiet"
              onClick={() => session.choose({ kind: 'text', text: own, name: null })}
            >
              Your text
            </Button>
          ) : null}
        </div>
        <FilePicker accept={TEXT_FILES} onPick={(files) => void session.take(files)}>
          Open file
        </FilePicker>
      </div>
      {source.kind === 'missing' ? (
        <Notice tone="info" title={`This link was made with ${source.name}, which is not in it.`}>
          Give the same text to see the same figures, or choose a sample.
        </Notice>
      ) : null}
      {(text?.length ?? 0) > FIELD_LIMIT ? (
        <div className={styles.long}>
          <p>
            <strong>{nameOf(loaded, source)}</strong>, {formatBytes(new Blob([text!]).size)}:{' '}
            <span className={styles.beginning}>{text!.slice(0, 240)} …</span>
          </p>
          <Button size="sm" onClick={() => session.takeText('')}>
            Clear
          </Button>
        </div>
      ) : (
        <TextField
          text={text ?? ''}
          label="Text for the experiment"
          fits={(whole) => whole.length <= FIELD_LIMIT}
          onType={(typed) => session.takeText(typed)}
          onInsert={(whole) => session.takeText(whole)}
          onFiles={(files) => void session.take(files)}
        />
      )}
    </section>
  );
}

/** The experiment's own samples first, then those of the catalogue that it begins with, then the rest. */
function samplesOf({
  experiment: { input },
}: Loaded): readonly { readonly id: string; readonly label: string }[] {
  const own = input.kind === 'text' ? (input.samples ?? []) : [];
  const shared = [...sampleTexts].sort(
    (a, b) => Number(b.id === input.sample) - Number(a.id === input.sample),
  );
  const all = own.some(({ id }) => id === input.sample)
    ? [...own, ...shared]
    : [shared[0]!, ...own, ...shared.slice(1)];
  return own.length > 0 ? all.slice(0, Math.max(own.length + 2, 6)) : all.slice(0, 6);
}

function nameOf(
  { experiment }: Loaded,
  source: { readonly kind: string; readonly id?: string | null; readonly name?: string | null },
): string {
  if (source.kind !== 'sample') return source.name ?? 'Your text';
  const id = source.id ?? experiment.input.sample;
  return samplesOf({ experiment } as Loaded).find((sample) => sample.id === id)?.label ?? id;
}

/** The text of a sample, once it is there. @param id undefined where no sample is chosen; null is the first */
function useSampleText(loaded: Loaded | null, id: string | null | undefined): string | undefined {
  const [known, setKnown] = useState<{ readonly id: string; readonly text: string } | null>(null);
  const input = loaded?.experiment.input;
  const wanted = id === undefined ? undefined : (id ?? input?.sample);
  useEffect(() => {
    let isWanted = true;
    if (!input || wanted === undefined) return;
    // A failure is the run's, which says so.
    sampleText(input, wanted).then(
      (text) => isWanted && setKnown({ id: wanted, text }),
      () => undefined,
    );
    return () => {
      isWanted = false;
    };
  }, [input, wanted]);
  return known && known.id === wanted ? known.text : undefined;
}
