// Which readings are read a second time. A draw by the keyed hash of the case's code: nobody who does not hold the key can foresee
// it, nobody can choose, and asked again the answer is the same.

import type { Mac } from '../../deidentify/pseudonyms.ts';
import type { CaseFacts } from '../gate/asked.ts';
import type { ServiceTerm } from '../terms/service-term.ts';

export type SampleReason = 'random' | 'new-starter' | 'targeted';

/** What is looked at more closely for a while, beside what the term says; what is absent is any. */
export interface QualityTarget {
  reader?: string;
  modality?: string;
  bodyRegion?: string;
  rate: number;
}

export interface SampledReading {
  case: string;
  reader: string;
  facts: Pick<CaseFacts, 'modality' | 'bodyRegion' | 'readType'>;
  /** Final reports that the reader had signed for this client before. */
  readBefore: number;
}

/** undefined where it is read once only. Second and trial readings are not drawn: they are what is compared with. */
export function sampleReason(
  mac: Mac,
  reading: SampledReading,
  quality: ServiceTerm['quality'],
  targets: readonly QualityTarget[] = [],
): SampleReason | undefined {
  if (reading.facts.readType === 'second' || reading.facts.readType === 'trial') return undefined;
  if (reading.readBefore < quality.newStarterCases) return 'new-starter';
  if (share(mac, `second reading ${reading.case}`) < quality.secondReadRate) return 'random';
  const rate = Math.max(0, ...targets.filter((target) => isOf(target, reading)).map((target) => target.rate));
  return share(mac, `targeted reading ${reading.case}`) < rate ? 'targeted' : undefined;
}

function isOf(target: QualityTarget, { reader, facts }: SampledReading): boolean {
  return (
    (target.reader === undefined || target.reader === reader) &&
    (target.modality === undefined || target.modality === facts.modality) &&
    (target.bodyRegion === undefined || target.bodyRegion === facts.bodyRegion)
  );
}

/** 0 to below 1, evenly. */
function share(mac: Mac, message: string): number {
  const bytes = mac(message);
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(0) / 2 ** 32;
}
