// Coded entries of DICOM (PS3.3 8.8) as Codings and CodeableConcepts of FHIR; systems as PS3.16 Table 8-1 has them.

import type { CodeableConcept, Coding } from '@medplum/fhirtypes';
import type { DataSet } from '../dicom/dataset.ts';

export const DCM = 'http://dicom.nema.org/resources/ontology/DCM';
export const SNOMED_CT = 'http://snomed.info/sct';

const systems: Readonly<Record<string, string>> = {
  DCM,
  SCT: SNOMED_CT,
  SRT: 'http://snomed.info/srt',
  LN: 'http://loinc.org',
  RADLEX: 'http://radlex.org',
  UCUM: 'http://unitsofmeasure.org',
  FMA: 'http://purl.org/sig/fma',
  C4: 'http://www.ama-assn.org/go/cpt',
  I9C: 'http://hl7.org/fhir/sid/icd-9-cm',
  I10: 'http://hl7.org/fhir/sid/icd-10',
  RPID: 'http://playbook.radlex.org',
};
const schemes = new Map(Object.entries(systems).map(([scheme, system]) => [system, scheme]));

/** The reverse: PS3.16 Table 8-1. What has no designator is local. */
export const schemeOf = (system: string | undefined): string => schemes.get(system ?? '') ?? 'L';

/** A scheme that nobody registered has no system: its codes are whose they are, and of nobody else. */
export function codingOf(code: string, scheme: string, meaning?: string): Coding {
  const system = systems[scheme];
  return { ...(system && { system }), code, ...(meaning && { display: meaning }) };
}

/** `code^scheme^meaning`, as facts have it. */
export function codingOfFact(value: string): Coding {
  const [code = '', scheme = '', ...meaning] = value.split('^');
  return codingOf(code, scheme, meaning.join('^'));
}

/** Items of a Code Sequence; one without a code is its meaning. */
export function conceptsOf(dataset: DataSet, sequence: string): CodeableConcept[] {
  return dataset.items(sequence).flatMap((item): CodeableConcept[] => {
    const code = item.text('CodeValue') ?? item.text('LongCodeValue') ?? item.text('URNCodeValue');
    const meaning = item.text('CodeMeaning');
    if (code !== undefined) return [{ coding: [codingOf(code, item.text('CodingSchemeDesignator') ?? '', meaning)] }];
    return meaning === undefined ? [] : [{ text: meaning }];
  });
}
