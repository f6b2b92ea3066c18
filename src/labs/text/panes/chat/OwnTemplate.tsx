import { useState } from 'react';
import { Notice } from '../../../../ui/Notice';
import { FilePicker } from '../../../../views/pickers/FilePicker';
import styles from './Chat.module.css';
import { type ChatSettings, TEMPLATE_LIMIT } from './settings';

export interface OwnTemplateProps {
  readonly settings: ChatSettings;
  readonly onChange: (changes: Partial<ChatSettings>) => void;
}

/** The visitor's own template: pasted, edited, or out of a file. */
export function OwnTemplate({ settings, onChange }: OwnTemplateProps) {
  const [problem, setProblem] = useState('');
  const { template, everywhere } = settings;
  const open = async (file: File | undefined) => {
    if (!file) return;
    if (file.size > 4_000_000) return setProblem(`${file.name} is too large for a chat template.`);
    const found = templateIn(await file.text());
    setProblem(found === undefined ? `${file.name} holds no chat template.` : '');
    if (found !== undefined) onChange({ template: found });
  };
  return (
    <details className={styles.own} open={template !== ''}>
      <summary>Your template</summary>
      <textarea
        className={styles.template}
        aria-label="Chat template"
        rows={8}
        spellCheck={false}
        placeholder="{% for message in messages %}…"
        value={template}
        onChange={(event) => onChange({ template: event.target.value })}
      />
      <div className={styles.line}>
        <FilePicker
          accept=".json,.jinja,.txt"
          className={styles.pick ?? ''}
          onPick={(files) => void open(files[0])}
        >
          Open tokenizer_config.json or a .jinja file…
        </FilePicker>
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={everywhere}
            onChange={(event) => onChange({ everywhere: event.target.checked })}
          />
          Use it for every tokenizer
        </label>
      </div>
      {problem ? <Notice tone="error" title={problem} /> : null}
      {template.length > TEMPLATE_LIMIT ? (
        <Notice tone="info" title="This template is too long for a link; whoever opens yours sees none." />
      ) : null}
    </details>
  );
}

/** The template in a file: its text, or a configuration's `chat_template`. */
function templateIn(text: string): string | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return text.trim() === '' ? undefined : text;
  }
  const found =
    typeof json === 'object' && json !== null && 'chat_template' in json ? json.chat_template : undefined;
  if (typeof found === 'string') return found;
  if (!Array.isArray(found)) return undefined;
  const named = found.filter((one) => typeof one?.template === 'string');
  return (named.find((one) => one.name === 'default') ?? named[0])?.template;
}
