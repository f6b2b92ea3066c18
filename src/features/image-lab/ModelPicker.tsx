import { useState } from 'react';
import { type BundledModel, bundledModels } from '../../engine/image/models';
import { storedModels } from '../../engine/image/stored-models';
import { formatBytes } from '../../ui/format';
import { Icon } from '../../ui/Icon';
import { Popover } from '../../ui/Popover';
import styles from './ModelPicker.module.css';
import { setSecond } from './second';
import { setModel } from './session';
import { useModel } from './store';

/** Whose place a picker fills: the model of the slider, or the one beside it. */
export type ModelPlace = 'model' | 'second';

const CHOOSE = { model: setModel, second: setSecond } as const;
const NAME = { model: 'Model', second: 'Second model' } as const;

/** Which model encodes and decodes: its name opens a list of all, with what each costs to load. */
export function ModelPicker({ place = 'model' }: { readonly place?: ModelPlace }) {
  const model = useModel(place);
  const [stored, setStored] = useState<ReadonlySet<string>>(new Set());
  const look = () => void storedModels(bundledModels, document.baseURI).then(setStored);
  return (
    <Popover
      label={NAME[place]}
      align="start"
      onOpen={look}
      trigger={{
        variant: 'quiet',
        className: styles.trigger,
        'aria-label': `${NAME[place]}: ${model?.label ?? 'none'}`,
        children: (
          <>
            {model?.label}
            <Icon name="down" size={12} />
          </>
        ),
      }}
    >
      {(closes) => (
        <ul className={styles.list}>
          {bundledModels.map((entry) => (
            <li key={entry.id}>
              <button
                type="button"
                className={styles.model}
                aria-current={entry.id === model?.id}
                onClick={() => CHOOSE[place](entry.id)}
                {...closes}
              >
                <span className={styles.name}>
                  {entry.label}
                  {entry.id === model?.id ? <Icon name="check" size={14} /> : null}
                </span>
                <span className={styles.figures}>
                  {sizes(entry)} · {stored.has(entry.id) ? 'on this device' : 'loads when chosen'}
                </span>
                <span className={styles.summary}>{entry.summary}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </Popover>
  );
}

/** What the chosen model is, in one line. */
export function ModelFacts({ place = 'model' }: { readonly place?: ModelPlace }) {
  const model = useModel(place);
  return model ? <span title={model.summary}>{sizes(model)}</span> : null;
}

function sizes({ tokens, bytes }: BundledModel): string {
  return `${tokens.count} × ${tokens.bits} bits, ${formatBytes(bytes)}`;
}
