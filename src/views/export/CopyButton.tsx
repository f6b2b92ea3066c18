import { useState } from 'react';
import { Button, type ButtonProps } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { RareIcon } from '../../ui/RareIcon';

export interface CopyButtonProps extends Pick<ButtonProps, 'variant' | 'size' | 'disabled'> {
  /** Gives what is copied. */
  readonly text: () => string | Promise<string>;
  readonly children: string;
}

/** Copies a text, and says so where the button's label was. */
export function CopyButton({ text, children, size = 'sm', ...rest }: CopyButtonProps) {
  const [state, setState] = useState<'ready' | 'copied' | 'refused'>('ready');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(await text());
      setState('copied');
    } catch {
      setState('refused');
    }
    setTimeout(() => setState('ready'), 2000);
  };
  const said = { ready: '', copied: 'Copied', refused: 'The browser refused' }[state];
  return (
    <>
      <Button
        {...rest}
        size={size}
        icon={state === 'copied' ? <Icon name="check" /> : <RareIcon name="copy" />}
        onClick={() => void copy()}
      >
        {said || children}
      </Button>
      <span role="status" className="visually-hidden">
        {said}
      </span>
    </>
  );
}
