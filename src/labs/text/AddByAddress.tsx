import { type FormEvent, useEffect, useId, useState } from 'react';
import { useStore } from 'zustand';
import { Button } from '../../ui/Button';
import { HubAddress } from '../../views/pickers/HubAddress';
import styles from './AddTokenizer.module.css';
import { useLab } from './context';
import { IntakeReport } from './IntakeReport';

/** A tokenizer by hub id or by address; what comes of it is shown here while the menu is open. */
export function AddByAddress() {
  const { intake, host } = useLab();
  const hub = useStore(host.settings, (settings) => settings.hub);
  const place = useStore(intake.store, (state) => state.place);
  const isBusy = useStore(intake.store, (state) => state.job !== null);
  const [text, setText] = useState('');
  const field = useId();
  useEffect(() => () => intake.show('page'), [intake]);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === '') return;
    intake.show('menu');
    if (await intake.fetch({ text, hub })) setText('');
  };
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)}>
      <label htmlFor={field} className={styles.heading}>
        Hub id or address
      </label>
      <div className={styles.address}>
        <input
          id={field}
          value={text}
          spellCheck={false}
          autoCapitalize="none"
          autoComplete="off"
          placeholder="org/name, org/name@revision, https://…"
          onChange={(event) => setText(event.target.value)}
        />
        <Button type="submit" disabled={isBusy || text.trim() === ''}>
          Add
        </Button>
      </div>
      {place === 'menu' ? (
        <div className={styles.report}>
          <IntakeReport />
        </div>
      ) : null}
      <HubAddress key={hub} hub={hub} onChange={(changed) => host.settings.setState({ hub: changed })} />
    </form>
  );
}
