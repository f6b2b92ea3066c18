import { useState } from 'react';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import type { Shell } from '../shell';
import { addToLesson } from './add';

/** Adds the experiment on screen to the lesson that is open, or to a new one. */
export function AddToLesson({ shell }: { readonly shell: Shell }) {
  const [refused, setRefused] = useState(false);
  return (
    <Button
      variant="quiet"
      icon={<Icon name="plus" />}
      disabled={refused}
      onClick={({ currentTarget }) => {
        const panel = currentTarget.closest<HTMLElement>('[popover]');
        void addToLesson(shell).then(
          (added) => (added ? panel?.hidePopover() : setRefused(true)),
          () => setRefused(true),
        );
      }}
    >
      {refused ? 'This page is no experiment' : 'Add to lesson'}
    </Button>
  );
}
