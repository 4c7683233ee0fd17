// A series as a row of images to scroll through: one slice for each frame of each instance.

import type { InstanceView } from './instance-view.ts';
import { type EdgeLetters, lettersOfCosines, lettersOfNames } from './orientation.ts';

export interface Slice {
  instance: InstanceView;
  /** From 1. */
  frame: number;
}

export const slicesOf = (instances: readonly InstanceView[]): Slice[] =>
  instances.flatMap((instance) =>
    instance.rows === 0 ? [] : Array.from({ length: instance.frames }, (_, at) => ({ instance, frame: at + 1 })),
  );

/** Of the frame, from where it lies in the patient, or from what its instance says of its edges. */
export function lettersOf({ instance, frame }: Slice): EdgeLetters {
  const cosines = ofFrame(instance.orientations, frame);
  return cosines === undefined ? lettersOfNames(instance.patientOrientation) : lettersOfCosines(cosines);
}

/** Along the normal of the slice, in mm. */
export const positionOf = ({ instance, frame }: Slice): number | undefined => ofFrame(instance.positions, frame);

const ofFrame = <T>(values: readonly T[], frame: number): T | undefined =>
  values.length === 1 ? values[0] : values[frame - 1];
