import { Icon } from '../../ui/Icon';
import { Popover } from '../../ui/Popover';
import { Later } from '../../views/Later';
import { useLab } from './context';

const loadMenu = async () => (await import('./AddTokenizerMenu')).AddTokenizerMenu;

/** The way in for tokenizers. */
export function AddTokenizer() {
  const { own, intake } = useLab();
  return (
    <Popover
      label="Add a tokenizer"
      wide
      onOpen={() => void own.list()}
      onClose={() => intake.show('page')}
      trigger={{ size: 'sm', icon: <Icon name="plus" size={14} />, children: 'Add tokenizer' }}
    >
      <Later load={loadMenu} props={{}} />
    </Popover>
  );
}
