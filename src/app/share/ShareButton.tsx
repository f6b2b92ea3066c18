import { useRef, useState } from 'react';
import { formatInteger } from '../../ui/format';
import { Icon } from '../../ui/Icon';
import { Notice } from '../../ui/Notice';
import { Popover } from '../../ui/Popover';
import type { LinkInfo } from '../shell';
import { useShell } from '../shell-context';
import { SaveExperiment } from './SaveExperiment';
import styles from './ShareButton.module.css';

/** Some chat and mail programs cut links near this length. */
const LONG_LINK = 8000;

/** Copies the permalink at once and lists what is in it. */
export function ShareButton() {
  const shell = useShell();
  const [link, setLink] = useState<LinkInfo | null>(null);
  const [copied, setCopied] = useState<'pending' | 'yes' | 'refused'>('pending');
  const field = useRef<HTMLInputElement>(null);

  const copy = async () => {
    const link = shell.link();
    const info = { ...link, url: new URL(link.url, location.href).href };
    setLink(info);
    setCopied('pending');
    try {
      await navigator.clipboard.writeText(info.url);
      setCopied('yes');
    } catch {
      setCopied('refused');
      field.current?.select();
    }
  };

  return (
    <Popover
      label="Copy link"
      onOpen={() => void copy()}
      trigger={{
        variant: 'framed',
        icon: <Icon name={copied === 'yes' ? 'check' : 'link'} />,
        children: 'Copy link',
        className: styles.trigger,
      }}
      onClose={() => setCopied('pending')}
    >
      {link ? (
        <div className={styles.panel}>
          <p className={styles.status} role="status">
            {copied === 'yes' ? 'Link copied' : copied === 'refused' ? 'Link not copied' : 'Copying…'}
            <span className={styles.length}>{formatInteger(link.url.length)} characters</span>
          </p>
          {copied === 'refused' ? (
            <Notice tone="warning" title="The browser refused the clipboard.">
              The link below is selected: copy it with Ctrl+C.
            </Notice>
          ) : null}
          <input
            ref={field}
            className={styles.url}
            aria-label="Link"
            readOnly
            value={link.url}
            onFocus={(event) => event.target.select()}
          />
          <p>
            {link.isWhole
              ? 'The link itself holds what is listed here. Nothing is uploaded.'
              : 'A link is too short for all of it; an experiment file is not. Nothing is uploaded.'}
          </p>
          <ul className={styles.contents}>
            {link.contents.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          <SaveExperiment shell={shell} isUrgent={!link.isWhole} />
          {link.url.length > LONG_LINK ? (
            <Notice tone="info" title="This is a long link.">
              Some chat and mail programs cut links over {formatInteger(LONG_LINK)} characters. A shorter text
              makes a shorter link.
            </Notice>
          ) : null}
        </div>
      ) : null}
    </Popover>
  );
}
