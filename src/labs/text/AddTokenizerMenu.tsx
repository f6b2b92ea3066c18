import { type KeyboardEvent, useId, useState } from 'react';
import { textTokenizers } from '../../catalog/tokenizers';
import { TOKENIZERS_LIMIT } from '../../core/link/limits';
import { FilePicker } from '../../views/pickers/FilePicker';
import { focusByLetter } from '../../views/pickers/type-ahead';
import { AddByAddress } from './AddByAddress';
import styles from './AddTokenizer.module.css';
import { ClosedModels } from './ClosedModels';
import { useColumnIds, useLab, useOwnTokenizers } from './context';
import { PickerRow } from './PickerRow';
import { matches, pickerGroups } from './picker-groups';
import { SearchField } from './SearchField';
import { TOKENIZER_FILES } from './tokenizer-files';
import { UserTokenizers } from './UserTokenizers';

/** All tokenizers, those shown checked, with a search; and the ways in for others: files, hub ids, addresses. */
export function AddTokenizerMenu() {
  const { intake } = useLab();
  const shown = useColumnIds();
  const [query, setQuery] = useState('');
  const isFull = shown.length >= TOKENIZERS_LIMIT;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: letters move the focus between its rows
    <div className={styles.menu} onKeyDown={focusByLetter}>
      <div className={styles.top}>
        <SearchField value={query} onChange={setQuery} onDown={focusFirstRow} />
        <p className={styles.chosen} role="status">
          {shown.length} shown{isFull ? ', which is the most' : ''}
        </p>
      </div>
      <Lists query={query} isFull={isFull} />
      <div className={styles.open}>
        <AddByAddress />
        <FilePicker
          accept={TOKENIZER_FILES}
          multiple
          className={styles.picker}
          onPick={(files, input) => {
            void intake.take(files, { as: 'tokenizer' });
            input.closest<HTMLElement>('[popover]')?.hidePopover();
          }}
        >
          Open a tokenizer file…
        </FilePicker>
        <p className={styles.hint}>
          tokenizer.json, .tiktoken, .model, tekken.json, GGUF, vocab.txt, vocab.json + merges.txt. Or drop
          them anywhere here; they stay on this device.
        </p>
      </div>
    </div>
  );
}

function Lists({ query, isFull }: { readonly query: string; readonly isFull: boolean }) {
  const { columns } = useLab();
  const shown = useColumnIds();
  const { tokenizers } = useOwnTokenizers();
  const groups = pickerGroups(textTokenizers, query);
  const isEmpty = groups.length === 0 && !tokenizers.some(({ name, kind }) => matches(query, [name, kind]));
  return (
    <div className={styles.lists}>
      <UserTokenizers query={query} isFull={isFull} />
      {groups.map(({ maker, entries }) => (
        <Group key={maker} title={maker}>
          {entries.map(({ id, label, models, summary }) => {
            const isShown = shown.includes(id);
            return (
              <li key={id} className={styles.row}>
                <PickerRow
                  isChecked={isShown}
                  isDisabled={isFull && !isShown}
                  label={models ? `${label} · ${models[0]}` : label}
                  detail={summary}
                  title={models ? `${summary} Used by ${models.join(', ')}.` : summary}
                  onToggle={() => (isShown ? columns.remove(id) : columns.add(id))}
                />
              </li>
            );
          })}
        </Group>
      ))}
      {isEmpty ? (
        <p className={styles.none}>
          Nothing here is called “{query.trim()}”. A repository on the hub or a file can be added below.
        </p>
      ) : null}
      <ClosedModels />
    </div>
  );
}

function Group({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  const heading = useId();
  return (
    <section aria-labelledby={heading}>
      <p id={heading} className={styles.heading}>
        {title}
      </p>
      <ul className={styles.list}>{children}</ul>
    </section>
  );
}

function focusFirstRow(event: KeyboardEvent<HTMLElement>): void {
  const menu = event.currentTarget.closest(`.${styles.menu}`);
  menu?.querySelector<HTMLElement>('[role="checkbox"]:not(:disabled)')?.focus();
}
