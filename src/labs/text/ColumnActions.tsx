import { memo } from 'react';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import type { ColumnActionsProps } from './column-parts';
import { useLab } from './context';
import { LookUp } from './LookUp';

/** What can be done with a column. Its icons are not drawn again at every key. */
export const ColumnActions = memo(function ColumnActions({ entry, isFirst, isLast }: ColumnActionsProps) {
  const { columns } = useLab();
  const { id, label } = entry;
  return (
    <>
      {entry.isMissing ? null : <LookUp tokenizer={entry} />}
      <Button
        variant="quiet"
        size="sm"
        icon={<Icon name="left" />}
        aria-label={`Move ${label} left`}
        disabled={isFirst}
        onClick={() => columns.move(id, -1)}
      />
      <Button
        variant="quiet"
        size="sm"
        icon={<Icon name="right" />}
        aria-label={`Move ${label} right`}
        disabled={isLast}
        onClick={() => columns.move(id, 1)}
      />
      <Button
        variant="quiet"
        size="sm"
        icon={<Icon name="close" />}
        aria-label={`Remove ${label}`}
        onClick={() => columns.remove(id)}
      />
    </>
  );
});
