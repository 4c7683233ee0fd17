// Gates of where: the patient, the reader, the data between them, and who pays for a reading made there.

import { anyHolds, countryOf, holds, mayMeet } from '../terms/jurisdiction.ts';
import { type Gate, rowOf } from './gate.ts';

/** Where nothing is said, anywhere. A blocked place is blocked also to who may be in it. */
export const isPermittedPlace: Gate = ({ reader, facts, term }) => {
  const { patientAt, readerMayBeAt, blocked } = term.jurisdictions;
  const at = rowOf(term);
  if (patientAt.length > 0 && !anyHolds(patientAt, facts.patientAt)) {
    return { reason: `the term is not for patients in ${facts.patientAt}`, at };
  }
  if (blocked.some((place) => mayMeet(place, reader.at))) return { reason: `${reader.at} is blocked`, at };
  if (readerMayBeAt.length > 0 && !anyHolds(readerMayBeAt, reader.at)) {
    return { reason: `the reader may not be in ${reader.at}`, at };
  }
  return undefined;
};

/** GDPR 44: data leave a country by a mechanism that holds, or not at all. */
export const mayBeTransferred: Gate = ({ reader, facts, term, at }) => {
  if (countryOf(reader.at) === countryOf(facts.patientAt)) return undefined;
  const { transfer } = term.jurisdictions;
  const way = `from ${facts.patientAt} to ${reader.at}`;
  if (transfer === undefined) return { reason: `nothing lets data go ${way}`, at: rowOf(term) };
  if (at < Date.parse(transfer.validUntil)) return undefined;
  return { reason: `${transfer.mechanism} held until ${transfer.validUntil}, for data ${way}`, at: rowOf(term) };
};

/** Copies lie where the exchange says they do; else a workstation is taken to keep what it shows. */
export const mayRest: Gate = ({ reader, term, known }) => {
  const { dataMayRestAt } = term.jurisdictions;
  const place = known.dataRestsAt ?? reader.at;
  if (anyHolds(dataMayRestAt, place)) return undefined;
  return { reason: `data may not rest in ${place}`, at: rowOf(term) };
};

/**
 * 28 CFR 202. Copies that are made for a room are counted before they leave (privacy/may-leave.ts), which is before any offer:
 * whoever shows what lies elsewhere says the count here. A signature gives nothing away that was not given before.
 */
export const isWithinPersons: Gate = ({ term, stage, known: { persons } }) => {
  const limit = term.jurisdictions.personsPerRecipient;
  if (limit === undefined || stage === 'sign' || persons === undefined || persons.isAmong) return undefined;
  if (persons.given < limit) return undefined;
  return { reason: `the provider was given data of ${persons.given} persons, of ${limit}`, at: rowOf(term) };
};

/** The first row that fits decides. */
export const isPaidFor: Gate = ({ reader, facts, term }) => {
  const { payer, readType } = facts;
  const row = term.payers.find(
    (each) =>
      each.payer === payer &&
      (each.readType === '*' || each.readType === readType) &&
      (each.readerAt === '*' || holds(each.readerAt, reader.at)),
  );
  if (row === undefined || row.allowed) return undefined;
  return { reason: `${payer} does not pay for a ${readType} reading made in ${reader.at}`, at: rowOf(term) };
};
