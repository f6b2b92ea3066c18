import { memo } from 'react';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import type { ColumnActionsProps } from './column-parts';
import { useLab } from './context';
import { LookUp } from './LookUp';
import { textField } from './text-field';

const removers = () => [...document.querySelectorAll<HTMLElement>('[data-remove]')];

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
        data-remove=""
        onClick={({ currentTarget }) => {
          const at = removers().indexOf(currentTarget);
          columns.remove(id);
          // The button that had the focus is gone: the neighbour's has it, or the text.
          requestAnimationFrame(() =>
            (
              removers()
                .slice(0, at + 1)
                .at(-1) ?? textField()
            )?.focus(),
          );
        }}
      />
    </>
  );
});
