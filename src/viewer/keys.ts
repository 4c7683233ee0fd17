// Every key of quick look: what it does to the pane under the hand, and what the help says of it.

import type { Pane } from './pane.ts';

export interface Key {
  keys: readonly string[];
  help: string;
  act(pane: Pane): void;
}

export const keys: readonly Key[] = [
  { keys: ['ArrowDown', 'ArrowRight'], help: 'next image', act: (pane) => pane.scroll(1) },
  { keys: ['ArrowUp', 'ArrowLeft'], help: 'previous image', act: (pane) => pane.scroll(-1) },
  { keys: ['PageDown'], help: 'ten images on', act: (pane) => pane.scroll(10) },
  { keys: ['PageUp'], help: 'ten images back', act: (pane) => pane.scroll(-10) },
  { keys: ['Home'], help: 'first image', act: (pane) => pane.scroll(Number.NEGATIVE_INFINITY) },
  { keys: ['End'], help: 'last image', act: (pane) => pane.scroll(Number.POSITIVE_INFINITY) },
  { keys: ['n'], help: 'next series', act: (pane) => pane.nextSeries(1) },
  { keys: ['p'], help: 'previous series', act: (pane) => pane.nextSeries(-1) },
  { keys: [' '], help: 'play or stop', act: (pane) => pane.play() },
  { keys: ['1', '2', '3', '4', '5', '6'], help: 'windows of the image, then of its modality', act: () => undefined },
  { keys: ['g'], help: 'segments shown or hidden', act: (pane) => pane.toggleSegments() },
  { keys: ['o'], help: 'original quality', act: (pane) => pane.toggleOriginal() },
  { keys: ['+', '='], help: 'enlarge', act: (pane) => pane.zoom(1.25) },
  { keys: ['-'], help: 'make smaller', act: (pane) => pane.zoom(0.8) },
  { keys: ['r', '0'], help: 'as at the beginning', act: (pane) => pane.reset() },
];

/** `pane`: the one under the hand. `help` is shown or hidden by `?`. */
export function listenKeys(pane: () => Pane, help: () => void): void {
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLInputElement) return;
    if (event.key === '?' || event.key === 'h') help();
    else if (/^[1-6]$/.test(event.key)) pane().chooseWindow(Number(event.key) - 1);
    else {
      const found = keys.find((key) => key.keys.includes(event.key));
      if (found === undefined) return;
      found.act(pane());
    }
    event.preventDefault();
  });
}
