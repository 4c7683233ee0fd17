// A report that came by HL7 v2 or FHIR, or was signed here, on its way home. Its texts, its numbers and whom it is about become
// what they stand for; documents that came with it are looked into by whoever can read them.

import { shiftedDate } from '../../deidentify/shift-dates.ts';
import type { OrderNumber } from '../../translate/order.ts';
import { type CodedObservation, plainText, type Report } from '../../translate/report/report.ts';
import { remainsInText } from './remains.ts';
import { originalIdentifier, restoreText } from './restore-text.ts';
import type { ReturnFinding, WayHome } from './way-home.ts';

export interface RestoredReport {
  report: Report;
  findings: ReturnFinding[];
}

/** Documents are left as they are. */
export function restoreReport(report: Report, { confirmed, ...rest }: WayHome): RestoredReport {
  const way: WayHome = {
    ...rest,
    ...(confirmed && { confirmed }),
    ...(report.language && { language: report.language }),
  };
  const findings: ReturnFinding[] = ofCase(report, way);
  const prose = (text: string, path: string): string => {
    const { text: restored, codes } = restoreText(text, way);
    findings.push(...codes.map((code) => ({ code, path })));
    return plainText(restored);
  };
  const { map } = way;
  const { patient, accession, placerOrderNumber, studyUid } = map;
  const number = (each: OrderNumber | undefined): OrderNumber | undefined => each && numberAtHome(each, way);
  const { filler, placer, observedAt } = report;
  const restored: Report = {
    ...report,
    patient: {
      issuer: patient.original.issuer ?? '',
      patientId: patient.original.id ?? '',
      name: patient.original.name ?? '',
      ...(patient.original.birthDate && { birthDate: patient.original.birthDate }),
      ...(report.patient.sex && { sex: report.patient.sex }),
    },
    studyInstanceUid: studyUid.original,
    ...(accession && { accession: { number: accession.original, issuer: '' } }),
    ...(filler && { filler: number(filler)! }),
    ...(placerOrderNumber
      ? { placer: { number: placerOrderNumber.original, issuer: placer?.issuer ?? '' } }
      : placer && { placer: number(placer)! }),
    ...(observedAt && { observedAt: momentAtHome(observedAt, way) }),
    sections: report.sections.map((section, at) => ({ ...section, text: prose(section.text, `section ${at + 1}`) })),
    observations: report.observations.map((each, at) => observationAtHome(each, `observation ${at + 1}`, prose)),
  };
  const { documents: _, ...said } = restored;
  const remains = findings.length > 0 ? undefined : remainsInText(JSON.stringify(said), map);
  return { report: restored, findings: remains === undefined ? findings : [{ code: remains, path: '' }] };
}

/** Patient, accession and study together are the case: none of them may be of another. */
function ofCase({ patient, accession, studyInstanceUid }: Report, { map }: WayHome): ReturnFinding[] {
  const findings: ReturnFinding[] = [];
  const { id, name } = map.patient.pseudonym;
  if (patient.patientId !== id) findings.push({ code: 'foreign-patient', path: 'patient' });
  else if (![id, name, ''].some((known) => known !== undefined && nameOf(known) === nameOf(patient.name)))
    findings.push({ code: 'foreign-patient', path: 'patient name' });
  if (studyInstanceUid !== undefined && studyInstanceUid !== map.studyUid.pseudonym)
    findings.push({ code: 'not-of-case', path: 'study' });
  if (accession !== undefined && accession.number !== map.accession?.pseudonym)
    findings.push({ code: 'not-of-case', path: 'accession' });
  return findings;
}

const nameOf = (text: string): string => text.toUpperCase().replace(/[\^= ]+$/, '');

const numberAtHome = ({ number, issuer }: OrderNumber, way: WayHome): OrderNumber => ({
  number: originalIdentifier(number, way) ?? number,
  issuer,
});

/** ISO 8601. Of a day before the copies left it is a moved one. */
function momentAtHome(text: string, { map, leftOn }: WayHome): string {
  const day = text.slice(0, 10).replaceAll('-', '');
  const moved = day < leftOn ? shiftedDate(day, -map.shiftDays) : undefined;
  return moved === undefined ? text : `${moved.slice(0, 4)}-${moved.slice(4, 6)}-${moved.slice(6)}${text.slice(10)}`;
}

const observationAtHome = (
  observation: CodedObservation,
  path: string,
  prose: (text: string, path: string) => string,
): CodedObservation => {
  const { value } = observation;
  return 'text' in value ? { ...observation, value: { text: prose(value.text, path) } } : observation;
};
