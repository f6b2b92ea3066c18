import type { Zooming } from './zooming';

/** How much a wheel or a trackpad turns for one scale: a notch of a wheel is about 100. */
const WHEEL_STEP = 60;

/** Fingers this much further apart (or closer) are one scale. */
const PINCH_STEP = 1.4;

/** A finger that rests for so long. */
const LONG_MS = 450;

/** Around the wipe's divider, in CSS pixels, a drag moves that and not the picture. */
const DIVIDER_REACH = 22;

/** Wheel with Ctrl, pinch, double click and drag. Returns what takes them away. */
export function followPointers(stage: HTMLElement, zooming: Zooming): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  let turned = 0;
  stage.addEventListener(
    'wheel',
    (event) => {
      const at = zooming.placeOf(event);
      if (!at || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      turned += event.deltaY * (event.deltaMode === 0 ? 1 : 30);
      if (Math.abs(turned) < WHEEL_STEP) return;
      zooming.zoom(turned < 0 ? 1 : -1, at);
      turned = 0;
    },
    { passive: false, signal },
  );
  stage.addEventListener(
    'dblclick',
    (event) => {
      const at = zooming.placeOf(event);
      if (!at || onControl(event)) return;
      const before = zooming.viewport.get().scale;
      zooming.zoom(event.shiftKey ? -1 : 1, at);
      // From the largest scale on, back to the whole.
      if (zooming.viewport.get().scale === before) zooming.fit();
    },
    { signal },
  );
  followDrag(stage, zooming, signal);
  followPinch(stage, zooming, signal);
  followLongPress(stage, zooming, signal);
  return () => ending.abort();
}

function followDrag(stage: HTMLElement, zooming: Zooming, signal: AbortSignal): void {
  let from: { readonly id: number; x: number; y: number } | undefined;
  stage.addEventListener(
    'pointerdown',
    (event) => {
      if (event.button !== 0 || !zooming.isZoomed || !zooming.placeOf(event) || onControl(event)) return;
      if (nearDivider(stage, event)) return;
      // Before the wipe sees it, which would move its divider.
      event.stopPropagation();
      from = { id: event.pointerId, x: event.clientX, y: event.clientY };
      stage.setPointerCapture(event.pointerId);
      stage.dataset.dragging = '';
    },
    { capture: true, signal },
  );
  stage.addEventListener(
    'pointermove',
    (event) => {
      const at = zooming.loupe.get() ? zooming.placeOf(event) : undefined;
      if (at) zooming.pointAt(at);
      if (from?.id !== event.pointerId) return;
      zooming.pan(from.x - event.clientX, from.y - event.clientY);
      from.x = event.clientX;
      from.y = event.clientY;
    },
    { signal },
  );
  const end = () => {
    from = undefined;
    delete stage.dataset.dragging;
  };
  for (const name of ['pointerup', 'pointercancel', 'lostpointercapture'] as const) {
    stage.addEventListener(name, end, { signal });
  }
}

/** Two fingers: their distance zooms, their middle pans. */
function followPinch(stage: HTMLElement, zooming: Zooming, signal: AbortSignal): void {
  let last: { distance: number; x: number; y: number } | undefined;
  const readTwo = ({ touches }: TouchEvent) => {
    const [a, b] = touches;
    if (!a || !b) return undefined;
    const distance = Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
    return { distance, x: (a.clientX + b.clientX) / 2, y: (a.clientY + b.clientY) / 2 };
  };
  const begin = (event: TouchEvent) => {
    last = readTwo(event);
  };
  stage.addEventListener('touchstart', begin, { passive: true, signal });
  stage.addEventListener(
    'touchmove',
    (event) => {
      const now = readTwo(event);
      if (!now || !last) return;
      event.preventDefault(); // else the page zooms or scrolls
      zooming.pan(last.x - now.x, last.y - now.y);
      last.x = now.x;
      last.y = now.y;
      const ratio = now.distance / last.distance;
      if (ratio < PINCH_STEP && ratio > 1 / PINCH_STEP) return;
      const at = zooming.placeOf({ clientX: now.x, clientY: now.y });
      zooming.zoom(ratio > 1 ? 1 : -1, at);
      last.distance = now.distance;
    },
    { passive: false, signal },
  );
  stage.addEventListener('touchend', begin, { passive: true, signal });
  stage.addEventListener('touchcancel', begin, { passive: true, signal });
}

/** A finger that rests on a picture gets the loupe, until it leaves. */
function followLongPress(stage: HTMLElement, zooming: Zooming, signal: AbortSignal): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let held = false;
  const end = () => {
    clearTimeout(timer);
    if (held) zooming.loupe.set(false);
    held = false;
  };
  stage.addEventListener(
    'touchstart',
    (event) => {
      end();
      const [touch] = event.touches;
      const isBusy = zooming.isZoomed || within(event.target, '[data-press]');
      if (!touch || event.touches.length > 1 || isBusy || onControl(event)) return;
      const at = zooming.placeOf(touch);
      if (!at) return;
      timer = setTimeout(() => {
        held = true;
        zooming.pointAt(at);
        zooming.loupe.set(true);
      }, LONG_MS);
    },
    { passive: true, signal },
  );
  stage.addEventListener(
    'touchmove',
    (event) => {
      const [touch] = event.touches;
      const at = touch && zooming.placeOf(touch);
      if (!held) clearTimeout(timer);
      else {
        event.preventDefault();
        if (at) zooming.pointAt(at);
      }
    },
    { passive: false, signal },
  );
  for (const name of ['touchend', 'touchcancel'] as const) stage.addEventListener(name, end, { signal });
  // The browser's own menu for a long press.
  stage.addEventListener('contextmenu', (event) => held && event.preventDefault(), { signal });
}

/**
 * Keys, while the pointer is over the stage or the focus is in it or on the zoom's own buttons: Z and Shift Z zoom, L is
 * the loupe, arrows move (with Shift, also where a slider has the focus). Returns what takes them away.
 */
export function followKeys(
  stage: HTMLElement,
  buttons: () => HTMLElement | null,
  zooming: Zooming,
): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  const isMine = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return false;
    const { target } = event;
    // Keys may be told to the window itself.
    if (!(target instanceof HTMLElement)) return false;
    if (within(target, 'input:not([type="radio"]), textarea, select, [contenteditable], [popover]'))
      return false;
    return stage.matches(':hover') || stage.contains(target) || buttons()?.contains(target) === true;
  };
  window.addEventListener(
    'keydown',
    (event) => {
      if (!isMine(event) || !act(event, zooming, stage, buttons())) return;
      event.preventDefault();
      event.stopPropagation();
    },
    { capture: true, signal },
  );
  window.addEventListener(
    'keyup',
    (event) => {
      if (event.key.toLowerCase() === 'l') zooming.releaseLoupe(performance.now());
    },
    { signal },
  );
  return () => ending.abort();
}

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

function act(
  event: KeyboardEvent,
  zooming: Zooming,
  stage: HTMLElement,
  buttons: HTMLElement | null,
): boolean {
  const key = event.key.toLowerCase();
  if (key === 'z') zooming.zoom(event.shiftKey ? -1 : 1);
  else if (key === 'l') {
    if (!event.repeat) zooming.holdLoupe(performance.now());
  } else if (key === 'escape' && zooming.loupe.get()) zooming.loupe.set(false);
  else {
    const arrow = ARROWS[event.key];
    const target = event.target as HTMLElement;
    const free =
      event.shiftKey || buttons?.contains(target) === true || (stage.contains(target) && !isWidget(target));
    if (!arrow || !free || !(zooming.isZoomed || zooming.loupe.get())) return false;
    const far = event.shiftKey ? 8 : 1;
    zooming.step(arrow[0] * far, arrow[1] * far);
  }
  return true;
}

/** Whether arrows have a meaning there. */
function isWidget(target: HTMLElement): boolean {
  return within(target, '[role="slider"], [role="listbox"], [role="dialog"], input, button[aria-haspopup]');
}

function onControl({ target }: Event): boolean {
  return within(target, 'button, a, select, label, input');
}

function within(target: EventTarget | null, selector: string): boolean {
  return target instanceof Element && target.closest(selector) !== null;
}

function nearDivider(stage: HTMLElement, { clientX }: PointerEvent): boolean {
  const divider = stage.querySelector('[data-divider]')?.getBoundingClientRect();
  return divider !== undefined && Math.abs(clientX - (divider.left + divider.right) / 2) < DIVIDER_REACH;
}
