import { useEffect, useId } from 'react';
import type { CheckpointSeries } from '../../../../catalog/checkpoints';
import { Progress } from '../../../../ui/Progress';
import { Segmented } from '../../../../ui/Segmented';
import { useLab, useSettings } from '../../lab-context';
import { set, useAdding } from '../adding';
import { formatPace } from './figures';
import { measureHere, prepareCatalogue } from './get';
import styles from './OfficialModels.module.css';
import { OfficialRow } from './OfficialRow';

const PRECISIONS = [
  { value: 'full', label: 'Full precision' },
  { value: 'half', label: 'Half' },
] as const;

/** The checkpoints that their authors published, by name: what each costs, and one click that brings it here. */
export function OfficialModels({ close }: { readonly close: () => void }) {
  const lab = useLab();
  const title = useId();
  const catalogue = useAdding((state) => state.catalogue);
  const keepIn = useAdding((state) => state.keepIn);
  useEffect(() => {
    const stop = new AbortController();
    void prepareCatalogue(lab);
    void measureHere(lab, stop.signal);
    return () => stop.abort();
  }, [lab]);
  if (!catalogue) return <Progress label="Looking what runs here" />;
  return (
    <section className={styles.official} aria-labelledby={title}>
      <div className={styles.bar}>
        <h3 id={title} className={styles.title}>
          Official models
        </h3>
        <Segmented
          size="sm"
          label="Keep weights in"
          options={PRECISIONS}
          value={keepIn}
          onChange={(value) => set(lab, { keepIn: value })}
        />
      </div>
      {/* Each figure of a row says for itself what it is. */}
      <div className={styles.columns} aria-hidden="true">
        <span />
        <span>Tokens</span>
        <span>Encoder + decoder</span>
        <span data-kept={keepIn === 'full'}>Full</span>
        <span data-kept={keepIn === 'half'}>Half</span>
        <span>A picture here</span>
        <span />
      </div>
      {catalogue.map((series) => (
        <Series key={series.id} series={series} close={close} />
      ))}
      <Estimate />
    </section>
  );
}

function Series({ series, close }: { readonly series: CheckpointSeries; readonly close: () => void }) {
  const title = useId();
  const { label, says, paper, licence, checkpoints } = series;
  return (
    <section className={styles.series} aria-labelledby={title}>
      <div className={styles.about}>
        <h4 id={title} className={styles.name}>
          {label}
        </h4>
        <p className={styles.says}>{says}</p>
        <p className={styles.links}>
          <a href={paper.url} target="_blank" rel="noreferrer" title={paper.title}>
            Paper, {paper.year}
          </a>
          <a href={licence.url} target="_blank" rel="noreferrer">
            Licence: {licence.name}
          </a>
        </p>
      </div>
      <ul className={styles.rows}>
        {checkpoints.map((checkpoint) => (
          <OfficialRow key={checkpoint.label} series={series} checkpoint={checkpoint} close={close} />
        ))}
      </ul>
    </section>
  );
}

/** Where the seconds come from. */
function Estimate() {
  const pace = useAdding((state) => state.pace);
  const report = useSettings((state) => state.report);
  const where = report?.backend === 'webgpu' ? 'WebGPU' : 'WASM';
  return (
    <p className={styles.note}>
      Seconds to encode and to decode are an estimate: a model’s multiplications, at{' '}
      {pace === null
        ? `what ${where} does on usual devices`
        : `the ${formatPace(pace)} a second just measured here on ${where}`}
      . Both precisions download the same file; half is rounded as it arrives, and takes half the room and the
      memory.
    </p>
  );
}
