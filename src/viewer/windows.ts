// The windows that a person can choose from, and what dragging makes of one.

import type { InstanceView, Window } from './instance-view.ts';

/** Hounsfield units: these mean the same on every scanner. */
const computedTomography: readonly Window[] = [
  { name: 'soft tissue', center: 40, width: 400 },
  { name: 'lung', center: -600, width: 1500 },
  { name: 'bone', center: 400, width: 1800 },
  { name: 'brain', center: 40, width: 80 },
];

/** Those of the image first, then those of its modality. */
export const windowsFor = (instance: InstanceView, modality: string): Window[] => [
  ...instance.windows,
  ...(modality === 'CT' ? computedTomography : []),
];

/** Where dragging begins: the window in force, or the whole range of an image that names none. */
export function startingWindow(instance: InstanceView): Pick<Window, 'center' | 'width'> {
  const [first] = instance.windows;
  if (first !== undefined) return first;
  const { low, high } = instance.range;
  return { center: (low + high) / 2, width: high - low };
}

/** To the right wider, downwards darker, as other viewers have it. One screen's worth of dragging doubles the range. */
export function draggedWindow(
  { center, width }: Pick<Window, 'center' | 'width'>,
  { low, high }: InstanceView['range'],
  dx: number,
  dy: number,
): { center: number; width: number } {
  const step = Math.max(Math.min(width, high - low) / 250, (high - low) / 20_000);
  return { center: center + dy * step, width: Math.max(width + dx * step, step, 1) };
}
