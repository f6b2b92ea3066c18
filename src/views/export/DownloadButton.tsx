import { useState } from 'react';
import { Button, type ButtonProps } from '../../ui/Button';
import { RareIcon } from '../../ui/RareIcon';
import styles from './DownloadButton.module.css';
import { download } from './download';

export interface DownloadButtonProps extends Pick<ButtonProps, 'variant' | 'size' | 'disabled'> {
  /** Of the file, with its ending. */
  readonly name: string;
  /** Makes the file when the button is pressed. */
  readonly file: () => Blob | Promise<Blob>;
  readonly children: string;
}

/** Saves a file; says so where it cannot be made. */
export function DownloadButton({ name, file, children, size = 'sm', ...rest }: DownloadButtonProps) {
  const [failure, setFailure] = useState('');
  const save = async () => {
    try {
      download(await file(), name);
      setFailure('');
    } catch (error) {
      setFailure(error instanceof Error ? error.message : 'The file could not be made.');
    }
  };
  return (
    <span className={styles.save}>
      <Button {...rest} size={size} icon={<RareIcon name="download" />} onClick={() => void save()}>
        {children}
      </Button>
      <span role="status">{failure}</span>
    </span>
  );
}
