// Gates of who the reader is: suspended, of the provider, there, able, and not in conflict.

import { holdsAt } from '../readers/period.ts';
import { type Gate, rowOf } from './gate.ts';

export const isActive: Gate = ({ reader }) =>
  reader.status === 'active' ? undefined : { reason: 'the reader is suspended', at: `reader ${reader.id}` };

/** GDPR 28 (2): partners are asked where the term names them, and only once the case was escalated. */
export const isOfProvider: Gate = ({ reader, facts, term, known }) => {
  if (reader.provider === facts.provider) return undefined;
  const isPartner = term.subProcessors.includes(reader.provider);
  if (isPartner && known.widened) return undefined;
  const reason = isPartner
    ? `${reader.provider} is a partner, asked once the case is escalated`
    : `the case is for ${facts.provider}, the reader is of ${reader.provider}`;
  return { reason, at: rowOf(term) };
};

/** Whoever pulls a case by themselves may do so beyond their shift. */
export const isOnShift: Gate = ({ reader, at, stage }) => {
  if (stage !== 'offer' || reader.shifts.some((shift) => holdsAt(shift, at))) return undefined;
  return { reason: 'the reader is not on shift', at: `reader ${reader.id}` };
};

export const readsModality: Gate = ({ reader, facts }) => {
  if (reader.modalities.length === 0 || reader.modalities.includes(facts.modality)) return undefined;
  return { reason: `the reader does not read ${facts.modality}`, at: `reader ${reader.id}` };
};

/** Of a case that needs no subspecialty nobody is asked for one; `hard` becomes `prefer` late in the SLA, where the term says so. */
export const hasSubspecialty: Gate = ({ reader, facts, term, known }) => {
  const { required, relaxAt } = term.subspecialty;
  const needed = facts.subspecialty;
  if (required !== 'hard' || needed === undefined || reader.subspecialties.includes(needed)) return undefined;
  if (relaxAt !== undefined && (known.elapsed ?? 0) >= relaxAt) return undefined;
  return { reason: `the term demands ${needed}, which the reader does not have`, at: rowOf(term) };
};

/** RFC 5646 2.2.1: the primary subtag is the language; a region spells it otherwise. */
export const speaks: Gate = ({ reader, facts }) => {
  const primary = (tag: string) => tag.split('-')[0]!.toLowerCase();
  const { language } = facts;
  if (language === undefined || reader.languages.some((each) => primary(each) === primary(language))) return undefined;
  return { reason: `the report is to be in ${language}`, at: `reader ${reader.id}` };
};

/** Mammograms are read on a display whose calibration is in date. */
export const hasDisplay: Gate = ({ reader, facts, at }) => {
  if (facts.modality !== 'MG') return undefined;
  const until = reader.displayCalibratedUntil;
  if (until !== undefined && at < Date.parse(until)) return undefined;
  const reason = until === undefined ? 'no calibrated display is known' : `the display was calibrated until ${until}`;
  return { reason, at: `reader ${reader.id}` };
};

/** A second reading is another's; whose discrepancy is under review does not read this patient. */
export const isUnbiased: Gate = ({ reader, facts, known }) => {
  if (facts.readBy.includes(reader.id)) return { reason: 'the reader has read it before', at: `reader ${reader.id}` };
  if (!known.ownDiscrepancy) return undefined;
  return { reason: 'a discrepancy of the reader is under review', at: `reader ${reader.id}` };
};
