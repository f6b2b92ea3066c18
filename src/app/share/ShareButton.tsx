import { useRef, useState } from 'react';
import { Icon } from '../../ui/Icon';
import { Popover } from '../../ui/Popover';
import { Later } from '../../views/Later';
import { useShell } from '../shell-context';
import { linkForOthers } from './addresses';
import styles from './ShareButton.module.css';
import type { CopyState, SharePanelProps } from './SharePanel';

const loadPanel = async () => (await import('./SharePanel')).SharePanel;

/** Copies the permalink at once, and opens what else can be done with it. */
export function ShareButton() {
  const shell = useShell();
  const [link, setLink] = useState<SharePanelProps['link'] | null>(null);
  const [copied, setCopied] = useState<CopyState>('pending');
  const turn = useRef(0);

  const copy = async (url: string) => {
    const mine = ++turn.current;
    setCopied('pending');
    let state: CopyState = 'yes';
    try {
      await navigator.clipboard.writeText(url);
    } catch {
      state = 'refused';
    }
    if (turn.current === mine) setCopied(state);
  };
  const open = () => {
    const info = shell.link();
    const forOthers = linkForOthers(info.url, location.href);
    setLink({ ...info, ...forOthers });
    void copy(forOthers.url);
  };
  const close = () => {
    turn.current++;
    setCopied('pending');
    setLink(null);
  };

  return (
    <Popover
      label="Copy link"
      onOpen={open}
      trigger={{
        variant: 'framed',
        icon: <Icon name={copied === 'yes' && link?.isWhole ? 'check' : 'link'} />,
        children: 'Copy link',
        className: styles.trigger,
      }}
      onClose={close}
    >
      {link ? (
        <Later<SharePanelProps>
          load={loadPanel}
          props={{ link, copied, onCopy: (url) => void copy(url), onRenew: open, shell }}
        />
      ) : null}
    </Popover>
  );
}
