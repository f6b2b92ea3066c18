import { useSignal } from '../../views/signal';
import { TokenRow } from '../../views/tokens/TokenRow';
import { useLab, useLead } from './lab-context';

/** The ids of the lead, as far as the slider goes. */
export function Tokens() {
  const { kept, showAll, session } = useLab();
  const ids = useSignal(useLead().opened)?.ids ?? null;
  return <TokenRow ids={ids} kept={kept} inspected={session.inspected} all={useSignal(showAll)} />;
}
