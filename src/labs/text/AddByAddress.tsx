import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { HubForm } from '../../views/pickers/HubForm';
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
  useEffect(() => () => intake.show('page'), [intake]);
  const submit = async () => {
    intake.show('menu');
    if (await intake.fetch({ text, hub })) setText('');
  };
  return (
    <HubForm
      text={text}
      onText={setText}
      placeholder="org/name, org/name@revision, https://…"
      action="Add"
      disabled={isBusy}
      onSubmit={() => void submit()}
      hub={hub}
      onHub={(changed) => host.settings.setState({ hub: changed })}
    >
      {place === 'menu' ? (
        <div className={styles.report}>
          <IntakeReport />
        </div>
      ) : null}
    </HubForm>
  );
}
