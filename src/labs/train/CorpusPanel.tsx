import { useId } from 'react';
import { Choice } from '../../ui/Choice';
import { formatBytes, formatInteger } from '../../ui/format';
import { Segmented } from '../../ui/Segmented';
import { Later } from '../../views/Later';
import { FilePicker } from '../../views/pickers/FilePicker';
import { TextField } from '../../views/text-intake/TextField';
import { useLab, useTrain } from './context';
import { BUNDLED, type CorpusTab, FIELD_LIMIT, fitsField } from './corpus';
import styles from './Panels.module.css';

const loadLanguages = async () => (await import('./LanguageList')).LanguageList;

const TABS: readonly { readonly value: CorpusTab; readonly label: string }[] = [
  { value: 'bundled', label: 'A corpus' },
  { value: 'text', label: 'Your text' },
  { value: 'files', label: 'Your files' },
];

const TEXT_FILES =
  'text/*,.txt,.md,.csv,.tsv,.json,.jsonl,.xml,.html,.js,.ts,.py,.c,.h,.cpp,.rs,.go,.java,.log,.gz';

/** What is learned from. */
export function CorpusPanel() {
  const { session } = useLab();
  const tab = useTrain(({ corpus }) => corpus.tab);
  const heading = useId();
  return (
    <section className={styles.panel} aria-labelledby={heading}>
      <h2 id={heading} className={styles.heading}>
        Text to learn from
      </h2>
      <Segmented
        label="Where the text comes from"
        size="sm"
        options={TABS}
        value={tab}
        onChange={(next) => session.choose({ tab: next })}
      />
      {tab === 'bundled' ? <Bundled /> : tab === 'text' ? <OwnText /> : <OwnFiles />}
    </section>
  );
}

const CORPORA = BUNDLED.map(({ id, name, about }) => ({ value: id, label: name, detail: about }));

function Bundled() {
  const { session } = useLab();
  const bundled = useTrain(({ corpus }) => corpus.bundled);
  return (
    <>
      <Choice
        legend="Corpus"
        hideLegend
        size="md"
        options={CORPORA}
        value={bundled}
        onChange={(next) => session.choose({ bundled: next })}
      />
      {bundled === 'declaration' ? <Later load={loadLanguages} props={{}} /> : null}
    </>
  );
}

function OwnText() {
  const { session } = useLab();
  const text = useTrain(({ corpus }) => corpus.text);
  return (
    <>
      <TextField
        text={text}
        label="Text to learn from"
        placeholder="Type or paste a text. A few pages give a vocabulary that is worth a look."
        fits={fitsField}
        onType={(typed) => session.choose({ text: typed })}
        onInsert={(all) => session.takeText(all)}
        onFiles={(files) => void session.take(files)}
      />
      <p className={styles.note}>
        The text travels in the page’s link. Above {formatInteger(FIELD_LIMIT)} characters it is taken as a
        file.
      </p>
    </>
  );
}

function OwnFiles() {
  const { session } = useLab();
  const files = useTrain(({ corpus }) => corpus.files);
  const skipped = useTrain((state) => state.skipped);
  const total = files.reduce((sum, { content }) => sum + content.size, 0);
  return (
    <>
      <div className={styles.row}>
        <FilePicker accept={TEXT_FILES} multiple onPick={(picked) => void session.take(picked)}>
          Choose files
        </FilePicker>
        <span className={styles.note}>or drop files and folders</span>
      </div>
      {files.length > 0 ? (
        <>
          <p className={styles.note}>
            {files.length === 1 ? '1 file' : `${formatInteger(files.length)} files`}, {formatBytes(total)}
          </p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and has nothing to focus */}
          <ul className={styles.files} tabIndex={0} aria-label="Files">
            {files.slice(0, 100).map(({ name, content }, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: files of different folders may share a name
              <li key={i}>
                <span>{name}</span>
                <span>{formatBytes(content.size)}</span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {skipped.length > 0 ? (
        <p className={styles.note} role="status">
          Left out:{' '}
          {skipped
            .slice(0, 5)
            .map(({ name, what }) => `${name} (${what})`)
            .join(', ')}
          {skipped.length > 5 ? ` and ${formatInteger(skipped.length - 5)} more` : ''}.
        </p>
      ) : null}
      <p className={styles.note}>
        Up to 200 MB of plain text, or of text packed with gzip. Files stay on this device: a link has the
        settings only.
      </p>
    </>
  );
}
