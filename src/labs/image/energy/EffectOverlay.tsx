import { ChangeOverlay } from '../../../views/tokens/ChangeOverlay';
import { useLab } from '../lab-context';

/** Over the lead's picture: what the token changes that is pointed at. */
export function EffectOverlay() {
  return <ChangeOverlay effect={useLab().effect} />;
}
