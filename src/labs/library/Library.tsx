import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { LibraryEntry } from '../../engine/storage/entries';
import { Button } from '../../ui/Button';
import { formatBytes } from '../../ui/format';
import { Notice } from '../../ui/Notice';
import { RareIcon } from '../../ui/RareIcon';
import { KeepOffline } from './KeepOffline';
import type { Keeping } from './keeping';
import { type KeptList, keyOf } from './kept-list';
import styles from './Library.module.css';

const KINDS: Readonly<Record<LibraryEntry['kind'], string>> = {
  tokenizer: 'Tokenizer',
  checkpoint: 'Image model',
  corpus: 'Corpus',
  'trained-tokenizer': 'Trained tokenizer',
};

const days = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });

/** One list of what a visitor brought and this browser keeps. */
export function Library({ list, keeping }: { readonly list: KeptList; readonly keeping: Keeping }) {
  useEffect(() => list.follow(), [list]);
  const { entries, room, problem } = useStore(list.store);
  const heading = useRef<HTMLHeadingElement>(null);
  // The button that was pressed goes with its row, and the focus would go with it.
  const remove = (entry: LibraryEntry) => void list.delete(entry).then(() => heading.current?.focus());
  const total = entries?.reduce((sum, { bytes }) => sum + bytes, 0) ?? 0;
  return (
    <article className={styles.library}>
      <div className={styles.intro}>
        <h1 ref={heading} tabIndex={-1} className={styles.heading}>
          Library
        </h1>
        <p className={styles.lead}>
          What this browser keeps for this page: the page itself, for use without a network, and the
          tokenizers and image models that you added. All of it stays on this device.
        </p>
      </div>
      <KeepOffline keeping={keeping} />
      <h2 className={styles.own}>What you added</h2>
      {problem ? (
        <Notice
          tone="error"
          title={problem.message}
          actions={<Button onClick={() => void list.refresh()}>Try again</Button>}
        >
          {problem.hint}
        </Notice>
      ) : null}
      {entries && entries.length > 0 ? (
        <p className={styles.total}>
          {entries.length === 1 ? '1 entry' : `${entries.length} entries`}, {formatBytes(total)}
          {room === null ? '' : ` of ${formatBytes(room)} that this browser allows`}
        </p>
      ) : null}
      {entries?.length === 0 ? <Empty /> : null}
      {entries && entries.length > 0 ? <Table list={list} entries={entries} onDelete={remove} /> : null}
    </article>
  );
}

function Empty() {
  return (
    <div className={styles.empty}>
      <p>Nothing is kept yet.</p>
      <ul>
        <li>
          <a href="#text">Text lab</a>: drop a <code>tokenizer.json</code>, <code>.tiktoken</code> or
          SentencePiece model.
        </li>
        <li>
          <a href="#image">Image lab</a>: open the model menu and add a checkpoint by its hub name or from
          files.
        </li>
      </ul>
    </div>
  );
}

interface TableProps {
  readonly list: KeptList;
  readonly entries: readonly LibraryEntry[];
  readonly onDelete: (entry: LibraryEntry) => void;
}

function Table({ list, entries, onDelete }: TableProps) {
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Kind</th>
          <th scope="col" className={styles.number}>
            Size
          </th>
          <th scope="col">Licence</th>
          <th scope="col">Last used</th>
          <th scope="col">
            <span className="visually-hidden">Delete</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <Row key={keyOf(entry)} list={list} entry={entry} onDelete={() => onDelete(entry)} />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  readonly list: KeptList;
  readonly entry: LibraryEntry;
  readonly onDelete: () => void;
}

function Row({ list, entry, onDelete }: RowProps) {
  const [isKept, setIsKept] = useState(false);
  const asking = useStore(list.store, (state) => state.asking === keyOf(entry));
  const { name, kind, bytes, licence, lastUsed } = entry;
  return (
    <tr>
      <th scope="row" className={styles.name}>
        {name}
      </th>
      <td data-label="Kind">{KINDS[kind]}</td>
      <td data-label="Size" className={styles.number}>
        {formatBytes(bytes)}
      </td>
      <td data-label="Licence">{licence ?? 'not stated'}</td>
      <td data-label="Last used">{days.format(lastUsed)}</td>
      <td className={styles.actions}>
        {asking ? (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a frame of its own
          <span role="group" aria-label={`Delete ${name}?`} className={styles.question}>
            <Button size="sm" variant="primary" autoFocus onClick={onDelete}>
              Delete for good
            </Button>
            <Button
              size="sm"
              onClick={() => {
                setIsKept(true);
                list.ask(null);
              }}
            >
              Keep
            </Button>
          </span>
        ) : (
          <Button
            size="sm"
            variant="quiet"
            icon={<RareIcon name="trash" size={14} />}
            aria-label={`Delete ${name}`}
            autoFocus={isKept}
            onClick={() => {
              setIsKept(false);
              list.ask(entry);
            }}
          />
        )}
      </td>
    </tr>
  );
}
