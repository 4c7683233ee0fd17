// Patient, accession and study are one triple: that of the case, on the screen the report was written on and in the report.
// Nothing is signed for another.

import type { ContentFinding } from '../finding.ts';
import type { Subject } from '../report-content.ts';
import type { Check, Written } from './check.ts';

export const wrongPatient =
  (subject: Subject): Check =>
  (written) => [...onScreen(subject, written), ...inText(written)];

const names = { studyUid: 'study', accession: 'accession number', patientId: 'patient' } as const;

function onScreen(subject: Subject, { facts }: Written): ContentFinding[] {
  const keys = Object.keys(names) as (keyof Subject)[];
  return keys
    .filter((key) => facts.subject[key] !== undefined && subject[key] !== facts.subject[key])
    .map((key) => hard(`the report was written beside another ${names[key]} than that of this case`));
}

const uid = /(?<![\d.])[12]\.\d+(?:\.\d+){4,}(?![\d.]*\d)/g;
const accession =
  /(?:accession|acc\.?|auftrag\w*|demande|petición|richiesta|aanvraag)\s*(?:no\.?|nr\.?|number|n[°º])?\s*[:#]\s*([\p{L}\p{N}][\p{L}\p{N}/-]*\d[\p{L}\p{N}/-]*)/giu;

/** UIDs and accession numbers that somebody typed or pasted. */
function inText({ sections, facts }: Written): ContentFinding[] {
  const known = new Set([facts.subject.studyUid, ...facts.priors.map(({ studyUid }) => studyUid)]);
  return sections.flatMap(({ kind, text }) => {
    const otherUids = [...text.matchAll(uid)].map(([words]) => words).filter((words) => !known.has(words));
    const otherNumbers = [...text.matchAll(accession)]
      .map(([, words]) => words!)
      .filter((words) => facts.subject.accession !== undefined && words !== facts.subject.accession);
    return [
      ...otherUids.map((words) => hard('the text names a study that is not of this case', kind, words)),
      ...otherNumbers.map((words) => hard('the text names another accession number', kind, words)),
    ];
  });
}

const hard = (message: string, section?: ContentFinding['section'], words?: string): ContentFinding => ({
  check: 'wrong-patient',
  message,
  isHard: true,
  ...(section !== undefined && { section }),
  ...(words !== undefined && { words }),
});
