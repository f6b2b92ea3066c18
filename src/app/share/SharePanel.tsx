import { useEffect, useRef, useState } from 'react';
import { Button } from '../../ui/Button';
import { formatInteger } from '../../ui/format';
import { Notice } from '../../ui/Notice';
import { RareIcon } from '../../ui/RareIcon';
import { download } from '../../views/export/download';
import { Later } from '../../views/Later';
import { AddToLesson } from '../lesson/AddToLesson';
import type { Shell } from '../shell';
import type { LinkInfo } from '../shell-state';
import { LONG_FOR_CHATS, LONG_FOR_MAIL, type SharedLink } from './addresses';
import { Cite } from './Cite';
import { EmbedCode } from './EmbedCode';
import { QrCode } from './QrCode';
import { SaveExperiment } from './SaveExperiment';
import styles from './SharePanel.module.css';

export type CopyState = 'pending' | 'yes' | 'refused';

export interface SharePanelProps {
  readonly link: LinkInfo & SharedLink;
  readonly copied: CopyState;
  readonly onCopy: (url: string) => void;
  /** Makes the link of what is on screen now, and copies it. */
  readonly onRenew: () => void;
  readonly shell: Shell;
}

/** What was copied, whom it reaches, what is in it, and other ways to pass it on. */
export function SharePanel({ link, copied, onCopy, onRenew, shell }: SharePanelProps) {
  const field = useRef<HTMLInputElement>(null);
  const [extra, setExtra] = useState<'qr' | 'embed' | 'cite' | null>(null);
  const { lab, instance } = shell.store.getState();
  const { url, reach, isWhole, contents } = link;
  useEffect(() => {
    if (copied === 'refused') field.current?.select();
  }, [copied]);
  const opens = (what: NonNullable<typeof extra>) => ({
    'aria-expanded': extra === what,
    onClick: () => setExtra(extra === what ? null : what),
  });
  // Under the public address, this machine's own link is for its owner.
  const own = new URL(new URL(url).hash, location.href).href;
  return (
    <div className={styles.panel}>
      <p className={styles.status} role="status">
        {copied === 'yes' ? 'Link copied' : copied === 'refused' ? 'Link not copied' : 'Copying…'}
        {copied === 'yes' && !isWhole ? ', but it does not hold everything' : null}
        <span className={styles.length}>{formatInteger(url.length)} characters</span>
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
        value={url}
        onFocus={(event) => event.target.select()}
      />
      <Reachable url={url} reach={reach} />
      {own !== url ? (
        <p>
          It leads to {new URL(url).host}, which everybody can open.{' '}
          <button type="button" className={styles.inline} onClick={() => onCopy(own)}>
            Copy the link to this machine
          </button>
        </p>
      ) : null}
      <div>
        <p>
          {isWhole
            ? 'The link itself holds what is listed here. Nothing is uploaded.'
            : 'A link is too short for all of it; an experiment file is not. Nothing is uploaded.'}
        </p>
        <ul className={styles.contents}>
          {contents.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </div>
      <div className={styles.ways}>
        <SaveExperiment shell={shell} isUrgent={!isWhole || reach !== 'everybody'} />
        <AddToLesson shell={shell} />
        {reach === 'machine' ? null : (
          <Button variant="quiet" icon={<RareIcon name="qr" />} {...opens('qr')}>
            QR code
          </Button>
        )}
        {lab.embedHeight === undefined ? null : (
          <Button variant="quiet" icon={<RareIcon name="embed" />} {...opens('embed')}>
            Embed
          </Button>
        )}
        <Button variant="quiet" icon={<RareIcon name="cite" />} {...opens('cite')}>
          Cite
        </Button>
        {reach === 'machine' || !('share' in navigator) ? null : (
          <Button
            variant="quiet"
            icon={<RareIcon name="share" />}
            onClick={() => {
              // Refused where the visitor closes the sheet.
              navigator.share({ title: document.title, url }).catch(() => undefined);
            }}
          >
            Share…
          </Button>
        )}
      </div>
      {instance?.shareMore ? (
        <Later load={instance.shareMore} props={{ onChanged: onRenew, save: download }} />
      ) : null}
      {extra === 'qr' ? <QrCode text={url} /> : null}
      {extra === 'embed' ? (
        <EmbedCode
          url={url}
          reach={reach}
          isWhole={isWhole}
          title={lab.title}
          height={lab.embedHeight ?? 0}
        />
      ) : null}
      {extra === 'cite' ? <Cite url={url} instance={instance} /> : null}
      <Length length={url.length} />
    </div>
  );
}

function Reachable({ url, reach }: SharedLink) {
  if (reach === 'everybody') return null;
  const { host } = new URL(url);
  return reach === 'machine' ? (
    <Notice tone="warning" title="Others cannot open this link.">
      It begins with {host || 'a folder'}, which is this machine. Send the experiment file instead; it opens
      on any copy of this page.
    </Notice>
  ) : (
    <Notice tone="info" title="Only your network can open this link.">
      {host} is an address of your network. Elsewhere, the experiment file opens on any copy of this page.
    </Notice>
  );
}

function Length({ length }: { readonly length: number }) {
  if (length <= LONG_FOR_CHATS) return null;
  const [limit, places] =
    length > LONG_FOR_MAIL ? [LONG_FOR_MAIL, 'mail programs, chats and wikis'] : [LONG_FOR_CHATS, 'chats'];
  return (
    <Notice tone="info" title="This is a long link.">
      Some {places} cut links over {formatInteger(limit)} characters. An experiment file has no limit.
    </Notice>
  );
}
