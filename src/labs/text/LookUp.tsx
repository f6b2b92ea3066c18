import { Icon } from '../../ui/Icon';
import { Popover } from '../../ui/Popover';
import { Later } from '../../views/Later';
import type { LabTokenizer } from './lab-tokenizers';

const loadPanel = async () => (await import('./LookUpPanel')).LookUpPanel;

/** Asks one vocabulary. */
export function LookUp({ tokenizer }: { readonly tokenizer: LabTokenizer }) {
  return (
    <Popover
      label={`Look up in ${tokenizer.label}`}
      trigger={{
        variant: 'quiet',
        size: 'sm',
        icon: <Icon name="search" />,
        'aria-label': `Look up in ${tokenizer.label}`,
      }}
    >
      <Later load={loadPanel} props={{ tokenizer }} />
    </Popover>
  );
}
