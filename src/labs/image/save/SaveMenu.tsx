import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import { Button } from '../../../ui/Button';
import { Notice } from '../../../ui/Notice';
import { Progress } from '../../../ui/Progress';
import { download } from '../../../views/export/download';
import { useSignal } from '../../../views/signal';
import { useLab, useLabState, useLead } from '../lab-context';
import styles from './SaveMenu.module.css';
import { type Saved, SaveJob } from './save-job';
import { type TokensOfPicture, tokensCsv, tokensJson, tokensNpy } from './tokens-file';

/** What of the lab can be saved as a file. */
export function SaveMenu() {
  const lab = useLab();
  const lead = useLead();
  const picture = useSignal(lead.opened);
  const several = useLabState(({ lanes }) => lanes.length > 1);
  const saving = useMemo(() => new SaveJob(lab), [lab]);
  useEffect(() => () => saving.stop(), [saving]);
  const { job, problem } = useStore(saving.store);
  if (!picture) return <p className={styles.hint}>There is no picture yet.</p>;
  const { ids, width, height, model } = picture;
  const { name, bits } = saving.named(lead);
  const base = fileName(name);
  const tokens: TokensOfPicture = {
    picture: name,
    model,
    hash: lab.models.hash(model),
    ids,
    bits,
    width,
    height,
  };
  const keep = async (made: Promise<Saved | undefined>) => {
    const saved = await made;
    if (saved) download(saved.file, `${base}-${saved.suffix}`);
  };
  const keepTokens = (content: BlobPart, ending: string, type: string) =>
    download(new Blob([content], { type }), `${base}-tokens.${ending}`);
  const item = (label: string, hint: string, onClick: () => void) => (
    <Button size="sm" variant="quiet" disabled={job !== null} onClick={onClick}>
      {label} <small>{hint}</small>
    </Button>
  );
  return (
    <div className={styles.menu}>
      <h3>Pictures</h3>
      {item('This view', 'PNG', () => void keep(saving.view()))}
      {item(`1 to ${ids.length} tokens, one sheet`, 'PNG', () => void keep(saving.sheet()))}
      {item('1 to all, moving', 'GIF', () => void keep(saving.clip('gif')))}
      {item('1 to all, moving', 'video', () => void keep(saving.clip('video')))}
      <h3>Tokens{several ? ` of ${saving.named(lead).model}` : ''}</h3>
      <div className={styles.row}>
        {item('JSON', '', () => keepTokens(tokensJson(tokens), 'json', 'application/json'))}
        {item('CSV', '', () => keepTokens(tokensCsv(tokens), 'csv', 'text/csv'))}
        {item('NumPy', '.npy', () => keepTokens(tokensNpy(tokens), 'npy', 'application/octet-stream'))}
      </div>
      {job ? (
        <div className={styles.job}>
          <Progress label={job.label} share={job.share} />
          <Button size="sm" onClick={() => saving.stop()}>
            Stop
          </Button>
        </div>
      ) : null}
      {problem ? (
        <Notice tone="error" title={problem.message}>
          {problem.hint}
        </Notice>
      ) : null}
    </div>
  );
}

/** A picture's name as part of a file's name. */
function fileName(label: string): string {
  const plain = label
    .replace(/\.\w{1,5}$/, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .toLowerCase();
  return plain.slice(0, 60) || 'picture';
}
