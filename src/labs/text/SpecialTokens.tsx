import { Popover } from '../../ui/Popover';
import { Later } from '../../views/Later';
import { useTextState } from './context';

const loadMenu = async () => (await import('./SpecialTokensMenu')).SpecialTokensMenu;

/** How special tokens are treated: in the text, and around it. */
export function SpecialTokens() {
  const { special, addSpecialTokens } = useTextState((state) => state.document.encode);
  return (
    <Popover
      label="Special tokens"
      trigger={{ size: 'sm', pressed: special !== 'text' || addSpecialTokens, children: 'Special tokens' }}
    >
      <Later load={loadMenu} props={{}} />
    </Popover>
  );
}
