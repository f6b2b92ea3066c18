import { Curves } from './Curves';
import { ResultList } from './ResultList';
import { ResultView } from './ResultView';

/** The curve, and what came out; loaded once the controls are on screen. */
export function Outcome() {
  return (
    <>
      <Curves />
      <ResultList />
      <ResultView />
    </>
  );
}
