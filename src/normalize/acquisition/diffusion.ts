// b-values and gradient directions of the volumes of a series, as FSL and BIDS write them: s/mm², and unit vectors along i,
// j and k of the image.

import type { Description } from './description.ts';
import { imageDirection, unit, type Vector, vectorOf } from './geometry.ts';
import type { Series } from './series.ts';

export interface Diffusion {
  bValues: number[];
  directions: Vector[];
}

/** From here on, in s/mm², a b-value is a weighting; below, it is what imaging gradients do, or a mark of the vendor. */
const WEIGHTED = 50;

/** Undefined where nothing was weighted. Traces that were put into the series are no volumes of it. */
export function diffusionOf({ volumes }: Series): Diffusion | undefined {
  const taken = volumes.flatMap(([plane]) => (plane === undefined || isTrace(plane) ? [] : [plane]));
  const bValues = taken.map((plane) => plane.number('DiffusionBValue') ?? 0);
  if (!bValues.some((b) => b >= WEIGHTED)) return undefined;
  return { bValues, directions: taken.map((plane, i) => directionOf(plane, bValues[i]!)) };
}

/** Classic objects of Philips may say NONE of every image in one place, and what it is in another. */
function isTrace(plane: Description): boolean {
  const said = [plane.text('DiffusionDirectionality'), plane.vendorFacts.get('DiffusionDirectionality')?.value];
  return said.includes('ISOTROPIC') && (plane.number('DiffusionBValue') ?? 0) > 0;
}

function directionOf(description: Description, b: number): Vector {
  const written = vectorOf(description.numbers('DiffusionGradientOrientation'));
  const direction = written && unit(written);
  if (direction === undefined) return [0, 0, 0];
  // Without weighting a direction means nothing; one that is written all the same is passed on unturned.
  if (b === 0 || description.plane === undefined) return direction;
  return imageDirection(direction, description.plane);
}
