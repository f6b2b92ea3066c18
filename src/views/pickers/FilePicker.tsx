import type { ReactNode } from 'react';
import { cx } from '../../ui/cx';
import { Icon } from '../../ui/Icon';
import styles from './FilePicker.module.css';

export interface FilePickerProps {
  readonly children: ReactNode;
  /** Extensions and types that the system's dialogue offers first. */
  readonly accept: string;
  readonly multiple?: boolean;
  readonly className?: string | undefined;
  readonly onPick: (files: readonly File[], input: HTMLInputElement) => void;
}

/** A button that opens the system's file dialogue. */
export function FilePicker({ children, accept, multiple = false, className, onPick }: FilePickerProps) {
  return (
    <label className={cx(styles.file, className)}>
      <Icon name="upload" />
      <span>{children}</span>
      <input
        type="file"
        className="visually-hidden"
        accept={accept}
        multiple={multiple}
        onChange={({ currentTarget }) => {
          const files = [...(currentTarget.files ?? [])];
          currentTarget.value = '';
          if (files.length > 0) onPick(files, currentTarget);
        }}
      />
    </label>
  );
}
