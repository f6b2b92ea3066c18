import { useState } from 'react';
import { Icon } from '../../ui/Icon';
import { Popover } from '../../ui/Popover';
import { Later } from '../../views/Later';
import { useCheckpoints, useLab, useLabState, useLaneState } from './lab-context';
import type { Lane } from './lane';
import styles from './ModelPicker.module.css';

/** Labels of the lanes' menus, in order. */
const NAMES = ['Model', 'Second model', 'Third model', 'Fourth model', 'Fifth model', 'Sixth model'];

const loadMenu = async () => (await import('./lanes/ModelMenu')).ModelMenu;

/** Which model encodes and decodes, or which codec: its name opens a list of all, with what each costs to load. */
export function ModelPicker({ lane }: { readonly lane: Lane }) {
  const { models, session } = useLab();
  const id = useLaneState(lane, (state) => state.model);
  const at = useLabState(({ lanes }) => lanes.indexOf(lane));
  useCheckpoints((state) => state); // which know what it is called
  const name = NAMES[at] ?? `Model ${at + 1}`;
  const label = models.label(id);
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover
      label={name}
      align="start"
      onOpen={() => setOpen(true)}
      onClose={() => setOpen(false)}
      trigger={{
        variant: 'quiet',
        className: styles.trigger,
        'aria-label': `${name}: ${label}`,
        children: (
          <>
            <span className={styles.label}>{label}</span>
            <Icon name="down" size={12} />
          </>
        ),
      }}
    >
      {(closes) => (
        <Later
          load={loadMenu}
          props={{
            lane,
            current: id,
            hasCodecs: at > 0,
            isOpen,
            onChoose: (next: string) => session.setModel(lane, next),
            closes,
          }}
        />
      )}
    </Popover>
  );
}
