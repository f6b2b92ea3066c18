import { type ComponentType, createElement, useEffect, useState } from 'react';
import { useLeisure } from './leisure';

export interface LaterProps<P extends object> {
  /** Gives the component; the same function at every render. */
  readonly load: () => Promise<ComponentType<P>>;
  readonly props: P;
}

/** A part of the page that is not needed at first; its code is loaded once the rest is on screen, and there is leisure for it. */
export function Later<P extends object>({ load, props }: LaterProps<P>) {
  const [loaded, setLoaded] = useState<{ readonly component: ComponentType<P> } | 'failed' | null>(null);
  const isTime = useLeisure();
  useEffect(() => {
    if (!isTime) return;
    let isWanted = true;
    load().then(
      (component) => isWanted && setLoaded({ component }),
      () => isWanted && setLoaded('failed'),
    );
    return () => {
      isWanted = false;
    };
  }, [load, isTime]);
  if (loaded === null) return null;
  if (loaded === 'failed')
    return <p>This part of the page could not be loaded. Reload the page to try again.</p>;
  return createElement(loaded.component, props);
}
