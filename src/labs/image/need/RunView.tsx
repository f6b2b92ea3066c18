import { useRef, useState } from 'react';
import { formatInteger } from '../../../ui/format';
import { Segmented } from '../../../ui/Segmented';
import { DownloadButton } from '../../../views/export/DownloadButton';
import { ExportMenu } from '../../../views/export/ExportMenu';
import { textFile } from '../../../views/export/table';
import { Codebook } from './Codebook';
import { Histogram } from './Histogram';
import { NeedTable } from './NeedTable';
import { bytesOf } from './need-model';
import type { PageRun } from './needing-state';
import { describeTarget, needCsv, protocolOf } from './protocol';
import styles from './RunView.module.css';
import { Scatter } from './Scatter';
import { median } from './summary';

const PARTS = [
  { value: 'table', label: 'Table' },
  { value: 'plots', label: 'Plots' },
  { value: 'codes', label: 'Codebook' },
] as const;

type Part = (typeof PARTS)[number]['value'];

/** What a run found: its sum in a sentence a model, then table, plots or the use of the codebook. */
export function RunView({ run }: { readonly run: PageRun }) {
  const [part, setPart] = useState<Part>('table');
  const drawing = useRef<HTMLDivElement>(null);
  const { question, pictures, broken, models } = run;
  const name = `tokens-needed-${question.measure}-${question.value}`;
  const open = (index: number) => {
    run.set.pictures[index]?.picture.open();
    window.scrollTo({ top: 0 });
  };
  return (
    <div className={styles.run}>
      <ul className={styles.sums}>
        {models.map((model, i) => (
          <li key={model.id}>
            <Sum run={run} at={i} />
          </li>
        ))}
      </ul>
      <div className={styles.bar}>
        <Segmented size="sm" label="Show" options={PARTS} value={part} onChange={setPart} />
        <div className={styles.end}>
          {part === 'plots' ? (
            <ExportMenu name={name} drawing={() => drawing.current?.querySelector('svg') ?? null} />
          ) : null}
          <DownloadButton name={`${name}.csv`} file={() => textFile(needCsv(run), 'text/csv')}>
            CSV with protocol
          </DownloadButton>
        </div>
      </div>
      {pictures.length === 0 ? null : part === 'table' ? (
        <NeedTable run={run} onOpen={open} />
      ) : part === 'plots' ? (
        <div ref={drawing} className={styles.plots}>
          <Scatter run={run} onOpen={open} />
          <Histogram run={run} />
        </div>
      ) : (
        <Codebook run={run} />
      )}
      {broken.length > 0 ? (
        <details className={styles.broken} open={broken.length <= 5}>
          <summary>
            {broken.length === 1 ? '1 file was' : `${formatInteger(broken.length)} files were`} left out
          </summary>
          <ul>
            {broken.map(({ index, name: file, reason }) => (
              <li key={index}>
                {/* Most reasons name the file. */}
                {reason.includes(file) ? null : <span className={styles.file}>{file} </span>}
                {reason}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
      <details className={styles.protocol}>
        <summary>How this was measured</summary>
        <ul>
          {protocolOf(run).map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </details>
    </div>
  );
}

/** "Karhunen 128: half of 240 pictures need at most 37 tokens (74 B) for PSNR of at least 20 dB; 3 do not reach it." */
function Sum({ run, at }: { readonly run: PageRun; readonly at: number }) {
  const model = run.models[at]!;
  const ks = run.pictures.map(({ needs }) => needs[at]!.k ?? Number.POSITIVE_INFINITY);
  const missed = ks.filter((k) => !Number.isFinite(k)).length;
  const middle = median(ks);
  const target = describeTarget(run.question);
  if (ks.length === 0) return <span className={styles.model}>{model.label}: no picture yet.</span>;
  const many = formatInteger(ks.length);
  return (
    <>
      <span className={styles.model}>{model.label}: </span>
      {ks.length === 1 ? (
        'one picture so far.'
      ) : Number.isFinite(middle) ? (
        <>
          half of {many} pictures need at most <strong>{middle} tokens</strong> ({bytesOf(model, middle)} B)
          for {target}
          {missed > 0 ? `; ${formatInteger(missed)} never reach it.` : '.'}
        </>
      ) : (
        <>
          {formatInteger(ks.length - missed)} of {many} pictures reach {target}.
        </>
      )}
    </>
  );
}
