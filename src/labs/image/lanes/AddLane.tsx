import { useState } from 'react';
import { Icon } from '../../../ui/Icon';
import { Popover } from '../../../ui/Popover';
import { Later } from '../../../views/Later';
import { LANES_LIMIT } from '../experiment';
import { useLab, useLabState, useLead } from '../lab-context';

const loadMenu = async () => (await import('./ModelMenu')).ModelMenu;

/** Puts another model, or a codec, beside those on screen. */
export function AddLane() {
  const { session } = useLab();
  const lead = useLead();
  const isFull = useLabState(({ lanes }) => lanes.length >= LANES_LIMIT);
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover
      label="Compare with"
      onOpen={() => setOpen(true)}
      onClose={() => setOpen(false)}
      trigger={{
        variant: 'quiet',
        disabled: isFull,
        icon: <Icon name="plus" />,
        'aria-label': 'Compare with',
        title: isFull ? `At most ${LANES_LIMIT} side by side` : 'Add a model or a codec: JPEG, WebP, AVIF, …',
      }}
    >
      {(closes) => (
        <Later
          load={loadMenu}
          props={{
            lane: lead,
            current: '',
            hasCodecs: true,
            isOpen,
            onChoose: (id: string) => session.addLane(id),
            closes,
          }}
        />
      )}
    </Popover>
  );
}
