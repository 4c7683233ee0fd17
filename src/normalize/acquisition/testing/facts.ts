// What a test asks of made objects: the values of the one series they are.

import type { DataSet } from '../../../dicom/dataset.ts';
import type { Fact } from '../../fact.ts';
import { type Acquisition, acquisitionsOf } from '../acquisition.ts';
import { type Sidecar, sidecarOf } from '../sidecar.ts';

export function onlyAcquisition(objects: readonly DataSet[]): Acquisition {
  const [acquisition, ...more] = acquisitionsOf(objects);
  if (acquisition === undefined || more.length > 0) throw new Error(`${more.length + 1} series where one was made`);
  return acquisition;
}

export const onlySidecar = (objects: readonly DataSet[]): Sidecar => sidecarOf(onlyAcquisition(objects));

export const factOf = (objects: readonly DataSet[], attribute: string): Fact | undefined =>
  onlyAcquisition(objects).facts.find((fact) => fact.attribute === attribute);
