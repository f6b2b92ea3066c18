import type { ViewProps } from '../experiment';
import type { Result, State } from './experiment';

export function View({ state, result }: ViewProps<State, Result>) {
  return (
    <p>
      {state.t} {result?.excerpt}
    </p>
  );
}
