// Hands on a pane: the wheel and one finger scroll, dragging sets the window, the right button or two fingers move and
// enlarge.

export interface Hands {
  scroll(steps: number): void;
  /** By so many CSS pixels. */
  window(dx: number, dy: number): void;
  pan(dx: number, dy: number): void;
  zoom(factor: number, x: number, y: number): void;
  reset(): void;
}

const limits = {
  /** Of the wheel, for one image. */
  wheelPixels: 40,
  /** Of a finger, for one image. */
  fingerPixels: 12,
};

export function takeHands(target: HTMLElement, hands: Hands): void {
  listenWheel(target, hands);
  listenPointers(target, hands);
  target.addEventListener('dblclick', () => hands.reset());
  target.addEventListener('contextmenu', (event) => event.preventDefault());
}

function listenWheel(target: HTMLElement, hands: Hands): void {
  let rest = 0;
  target.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      if (event.ctrlKey) {
        hands.zoom(Math.exp(-event.deltaY / 300), event.offsetX, event.offsetY);
        return;
      }
      // Lines and pages, as some mice count, are turned into pixels.
      rest += event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : limits.wheelPixels);
      const steps = Math.trunc(rest / limits.wheelPixels);
      rest -= steps * limits.wheelPixels;
      if (steps !== 0) hands.scroll(steps);
    },
    { passive: false },
  );
}

function listenPointers(target: HTMLElement, hands: Hands): void {
  const down = new Map<number, PointerEvent>();
  let rest = 0;
  target.addEventListener('pointerdown', (event) => {
    target.setPointerCapture(event.pointerId);
    down.set(event.pointerId, event);
    rest = 0;
  });
  for (const name of ['pointerup', 'pointercancel'] as const) {
    target.addEventListener(name, (event) => down.delete(event.pointerId));
  }
  target.addEventListener('pointermove', (event) => {
    const before = down.get(event.pointerId);
    if (before === undefined) return;
    down.set(event.pointerId, event);
    const [dx, dy] = [event.clientX - before.clientX, event.clientY - before.clientY];
    const other = [...down].find(([id]) => id !== event.pointerId)?.[1];
    if (other !== undefined) pinch(target, hands, before, event, other);
    else if (event.pointerType === 'touch') {
      rest += dy;
      const steps = Math.trunc(rest / limits.fingerPixels);
      rest -= steps * limits.fingerPixels;
      if (steps !== 0) hands.scroll(steps);
    } else if (event.buttons & 2 || event.shiftKey) hands.pan(dx, dy);
    else hands.window(dx, dy);
  });
}

function pinch(target: HTMLElement, hands: Hands, before: PointerEvent, now: PointerEvent, other: PointerEvent): void {
  const distance = (event: PointerEvent) => Math.hypot(event.clientX - other.clientX, event.clientY - other.clientY);
  const { left, top } = target.getBoundingClientRect();
  const middle = { x: (now.clientX + other.clientX) / 2 - left, y: (now.clientY + other.clientY) / 2 - top };
  if (distance(before) > 0) hands.zoom(distance(now) / distance(before), middle.x, middle.y);
  hands.pan((now.clientX - before.clientX) / 2, (now.clientY - before.clientY) / 2);
}
