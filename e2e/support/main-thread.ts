import type { Page } from '@playwright/test';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly ts: number;
  readonly dur?: number;
  /** Microseconds of processor time, which waiting for a busy processor does not add to. */
  readonly tdur?: number;
  readonly args?: {
    readonly name?: string;
    readonly chrome_mojo_event_info?: { readonly mojo_interface_tag?: string };
  };
}

/**
 * Runs `action` and answers how long the main thread of the page was busy at a stretch, at most: the processor
 * time of its longest task, in milliseconds. (The Long Tasks API tells wall time, which on a machine that is
 * busy with other things says nothing about the page.) Tasks in which Playwright itself asks the page something are not
 * the page's: finding an option by its role among thousands takes longer than anything the page does. So what `action`
 * sets off must come by mouse or keyboard, or out of a task of its own.
 */
export async function longestTaskTime(page: Page, action: () => Promise<void>): Promise<number> {
  const browser = page.context().browser();
  if (!browser) throw new Error('There is no browser to trace.');
  await browser.startTracing(page, { categories: ['toplevel', 'disabled-by-default-devtools.timeline'] });
  let buffer: Buffer;
  try {
    await action();
  } finally {
    buffer = await browser.stopTracing();
  }
  const { traceEvents } = JSON.parse(buffer.toString()) as { traceEvents: readonly TraceEvent[] };
  const main = new Set(
    traceEvents
      .filter((event) => event.name === 'thread_name' && event.args?.name === 'CrRendererMain')
      .map((event) => `${event.pid}:${event.tid}`),
  );
  const onMain = traceEvents.filter((event) => main.has(`${event.pid}:${event.tid}`));
  const asked = onMain.filter(
    ({ args }) => args?.chrome_mojo_event_info?.mojo_interface_tag === 'blink.mojom.DevToolsSession',
  );
  const times = onMain
    .filter((event) => event.name === 'RunTask' && !asked.some((message) => isWithin(message, event)))
    .map((event) => (event.tdur ?? event.dur ?? 0) / 1000);
  if (times.length === 0) throw new Error('The trace holds no task of the page.');
  return Math.max(...times);
}

function isWithin(inner: TraceEvent, outer: TraceEvent): boolean {
  const isSameThread = inner.pid === outer.pid && inner.tid === outer.tid;
  return isSameThread && inner.ts >= outer.ts && inner.ts < outer.ts + (outer.dur ?? 0);
}
