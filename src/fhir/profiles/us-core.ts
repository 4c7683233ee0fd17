// US Core 6.1.0 (hl7.org/fhir/us/core/STU6.1): Patient, DiagnosticReport for report and note exchange, DocumentReference. What R4
// asks anyway is not said again; bindings that are extensible ask nothing that could be told wrong.

import { isObject, type JsonObject } from '../json.ts';
import type { Profile } from './profile.ts';

const structure = (name: string): string => `http://hl7.org/fhir/us/core/StructureDefinition/us-core-${name}`;
const RACE = structure('race');
const ETHNICITY = structure('ethnicity');
const BIRTH_SEX = structure('birthsex');
const ABSENT = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';

const codes = (list: string): ReadonlySet<string> => new Set(list.split(' '));

const has = (element: JsonObject, name: string): boolean => element[name] !== undefined;

const isAbsent = ({ extension }: JsonObject): boolean =>
  Array.isArray(extension) && extension.some((each) => isObject(each) && each.url === ABSENT);

const patient: Profile = {
  url: structure('patient'),
  type: 'Patient',
  elements: [
    { path: 'identifier', min: 1 },
    { path: 'identifier.system', min: 1 },
    { path: 'identifier.value', min: 1 },
    { path: 'name', min: 1 },
    { path: 'gender', min: 1 },
    { path: 'telecom.system', min: 1 },
    { path: 'telecom.value', min: 1 },
    { path: `extension(${RACE})`, max: 1 },
    // ValueSet omb-race-category.
    {
      path: `extension(${RACE}).extension(ombCategory)`,
      max: 6,
      codes: codes('1002-5 2028-9 2054-5 2076-8 2106-3 UNK ASKU'),
    },
    { path: `extension(${RACE}).extension(text)`, min: 1, max: 1 },
    { path: `extension(${ETHNICITY})`, max: 1 },
    // ValueSet omb-ethnicity-category.
    {
      path: `extension(${ETHNICITY}).extension(ombCategory)`,
      max: 1,
      codes: codes('2135-2 2186-5 UNK ASKU'),
    },
    { path: `extension(${ETHNICITY}).extension(text)`, min: 1, max: 1 },
    // ValueSet birthsex.
    { path: `extension(${BIRTH_SEX})`, max: 1, codes: codes('F M OTH UNK ASKU') },
  ],
  invariants: [
    {
      path: 'name',
      text: 'us-core-6: a name has a family or given name, or else a reason why it is absent',
      holds: (name) => (has(name, 'family') || has(name, 'given')) !== isAbsent(name),
    },
  ],
};

/** States in which the moment that it is about has to be known. */
const reported = codes('partial preliminary final amended corrected appended');

const note: Profile = {
  url: structure('diagnosticreport-note'),
  type: 'DiagnosticReport',
  elements: [
    { path: 'category', min: 1 },
    { path: 'subject', min: 1, targets: ['Patient'] },
    { path: 'encounter', targets: ['Encounter'] },
  ],
  invariants: [
    {
      path: '',
      text: 'us-core-10: a report that is partial, preliminary, final, amended, corrected or appended has effective[x]',
      holds: (report) =>
        !reported.has(String(report.status)) || has(report, 'effectiveDateTime') || has(report, 'effectivePeriod'),
    },
  ],
};

const documentReference: Profile = {
  url: structure('documentreference'),
  type: 'DocumentReference',
  elements: [
    { path: 'type', min: 1 },
    { path: 'category', min: 1 },
    { path: 'subject', min: 1, targets: ['Patient'] },
    { path: 'content.attachment.contentType', min: 1 },
    { path: 'context.encounter', max: 1, targets: ['Encounter'] },
  ],
  invariants: [
    {
      path: 'content.attachment',
      text: 'us-core-6: an attachment has a url, data or both',
      holds: (attachment) => has(attachment, 'url') || has(attachment, 'data'),
    },
  ],
};

export const usCore: readonly Profile[] = [patient, note, documentReference];
