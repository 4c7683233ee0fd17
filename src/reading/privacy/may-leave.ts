// Whether copies of a case may leave for a provider's room at all: the contract's term, the place where the patient is, the
// place where the copies would rest, the patient's consent. Asked before anything leaves, and again for whatever comes later.

import { anyHolds, countryOf } from '../terms/jurisdiction.ts';
import type { Jurisdiction, ServiceTerm } from '../terms/service-term.ts';

/** Codes of hold reasons, without anything of the patient in them. */
export type LeaveRefusal =
  | 'disclosure-none'
  | 'patient-place-not-agreed'
  | 'place-blocked'
  | 'data-may-not-rest-there'
  | 'no-transfer-mechanism'
  | 'transfer-mechanism-expired'
  | 'consent-denied'
  | 'persons-exhausted';

export interface Leaving {
  term: Pick<ServiceTerm, 'jurisdictions' | 'disclosure'>;
  patientAt: Jurisdiction;
  /** Where the room rests. */
  roomAt: Jurisdiction;
  /** Whether a consent of the patient denies it (consent.ts). */
  isDenied: boolean;
  /** Distinct persons whose data this recipient was given in the last 12 months, and whether this is one of them. */
  persons: number;
  isAmongThem: boolean;
  /** ms since the epoch. */
  at: number;
}

/** undefined where they may. */
export function mayLeave(leaving: Leaving): LeaveRefusal | undefined {
  const { term, patientAt, roomAt, isDenied, persons, isAmongThem, at } = leaving;
  const { patientAt: agreed, dataMayRestAt, blocked, transfer, personsPerRecipient } = term.jurisdictions;
  if (term.disclosure.mode === 'none') return 'disclosure-none';
  if (agreed.length > 0 && !anyHolds(agreed, patientAt)) return 'patient-place-not-agreed';
  if (anyHolds(blocked, roomAt)) return 'place-blocked';
  if (!anyHolds(dataMayRestAt, roomAt)) return 'data-may-not-rest-there';
  if (countryOf(roomAt) !== countryOf(patientAt)) {
    if (transfer === undefined) return 'no-transfer-mechanism';
    if (!(at < Date.parse(transfer.validUntil))) return 'transfer-mechanism-expired';
  }
  if (isDenied) return 'consent-denied';
  if (personsPerRecipient !== undefined && !isAmongThem && persons >= personsPerRecipient) return 'persons-exhausted';
  return undefined;
}
