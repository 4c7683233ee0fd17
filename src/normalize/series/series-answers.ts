// What persons decided of series in review. An answer latches: a series of the same scanner with the same words, type and
// physics gets it from then on, without a model.

import type { Fact } from '../fact.ts';
import { tokensOf } from '../procedures/fold.ts';
import type { CtHeader, CtPhase, CtReconstruction } from './ct-header.ts';
import type { FatSuppressed, MrClass, MrHeader, Plane } from './mr-header.ts';
import { bin } from './mr-series.ts';
import { planeOf } from './plane.ts';

export type SeriesDecisions =
  | { modality: 'MR'; sequenceClass: MrClass; plane: Plane; fatSuppressed: FatSuppressed }
  | { modality: 'CT'; phase: CtPhase; reconstruction: CtReconstruction };

const folded = (text: string): string => tokensOf(text).join(' ');

const inOrder = (values: readonly string[]): string => [...values].sort().join(' ');

/** What an answer holds for. Times in steps of a factor 1.4: an echo a tenth longer is the same protocol. */
export const mrKeyOf = (header: MrHeader): string =>
  JSON.stringify([
    'MR',
    ...[header.manufacturer, header.model, header.seriesDescription, header.protocolName].map(folded),
    ...[header.sequenceName, header.bodyPart, header.contrastAgent].map(folded),
    ...[header.scanningSequence, header.sequenceVariant, header.scanOptions, header.imageType].map(inOrder),
    ...[header.echoTimeMs, header.repetitionTimeMs, header.inversionTimeMs].map(bin),
    ...[bin(header.flipAngleDegrees), bin(header.bValue), header.acquisitionType, planeOf(header)],
  ]);

/** What an answer holds for. */
export const ctKeyOf = (header: CtHeader): string =>
  JSON.stringify([
    'CT',
    ...[header.manufacturer, header.model, header.seriesDescription, header.bodyPart].map(folded),
    ...[header.kernel, header.contrastAgent].map(folded),
    inOrder(header.imageType),
    bin(header.sliceThicknessMm),
  ]);

/** Facts of a series of which this was decided. `found`: as they were read; of what was not asked they stay. */
export function decidedFacts(found: readonly Fact[], decisions: SeriesDecisions): Fact[] {
  const values = attributesOf(decisions);
  const attributes = new Set(values.map(([attribute]) => attribute));
  const others = found.filter(({ attribute }) => !attributes.has(attribute));
  const decided = values
    .filter(([, value]) => value !== 'unknown')
    .map(([attribute, value]): Omit<Fact, 'confidence' | 'reason'> => {
      const before = found.find((fact) => fact.attribute === attribute);
      return { attribute, value, sources: before?.sources ?? [] };
    });
  return [...decided, ...others].map((fact) => ({ ...fact, confidence: 1, reason: 'a person decided' }));
}

function attributesOf(decisions: SeriesDecisions): [string, string][] {
  if (decisions.modality === 'CT')
    return [
      ['ContrastPhase', decisions.phase],
      ['Reconstruction', decisions.reconstruction],
    ];
  return [
    ['SequenceClass', decisions.sequenceClass],
    ['Plane', decisions.plane],
    ['FatSuppressed', decisions.fatSuppressed],
  ];
}
