// What an MR or CT series shows, as facts beside it, for ImagingStudy.series and for rules.

import type { Fact, FactSource } from '../fact.ts';
import type { CtSeries } from './ct-header.ts';
import type { MrSeries } from './mr-header.ts';

const mrSources: FactSource[] = ['00080008', '00180020', '00180081', '00180080', '0008103e'].map((path) => ({ path }));
const ctSources: FactSource[] = ['00080008', '00181210', '0008103e', '00180010'].map((path) => ({ path }));

export const mrSeriesFacts = ({ sequenceClass, plane, fatSuppressed, confidence, reasons }: MrSeries): Fact[] =>
  factsOf({ SequenceClass: sequenceClass, Plane: plane, FatSuppressed: fatSuppressed }, mrSources, confidence, [
    'read from Image Type, physics and description',
    ...reasons,
  ]);

export const ctSeriesFacts = ({ phase, reconstruction, region, confidence, reasons }: CtSeries): Fact[] =>
  factsOf({ ContrastPhase: phase, Reconstruction: reconstruction, BodyRegion: region }, ctSources, confidence, [
    'read from Image Type, kernel and description',
    ...reasons,
  ]);

/** What is unknown is no fact. */
function factsOf(values: Record<string, string>, sources: FactSource[], confidence: number, reasons: string[]): Fact[] {
  return Object.entries(values)
    .filter(([, value]) => value !== '' && value !== 'unknown')
    .map(([attribute, value]) => ({ attribute, value, sources, confidence, reason: reasons.join('; ') }));
}
