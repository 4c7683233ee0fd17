// A person as the patient of a data set (PS3.3 C.7.1.1): the values that survived of everything that was said, under the
// person's id in our own domain, with the numbers of all registrations in the Other Patient IDs Sequence.

import type { CoercedValues } from '../dicom/coercion.ts';
import type { GoldenRecord } from '../identity/golden-record.ts';
import type { PersonId } from '../identity/persons.ts';
import type { Identifier } from '../identity/sighting.ts';

export interface PersonDemographics {
  id: PersonId;
  record: GoldenRecord;
}

/** `domain`: Issuer of Patient ID of persons' own ids. What is not known of a person is not named: it stays as it came. */
export function demographicsOf({ id, record }: PersonDemographics, domain: string): CoercedValues {
  const { name, birthDate, sex } = record.fields;
  const others = record.identifiers.map(otherPatientId);
  return {
    PatientID: id,
    IssuerOfPatientID: domain,
    // Of the source's number: they would say something wrong of ours.
    TypeOfPatientID: undefined,
    IssuerOfPatientIDQualifiersSequence: undefined,
    OtherPatientIDs: undefined,
    ...(others.length > 0 && { OtherPatientIDsSequence: others }),
    ...(name !== undefined && { PatientName: name.value }),
    // PS3.5 6.2 DA: a month or a year is no date.
    ...(/^\d{8}$/.test(birthDate?.value ?? '') && { PatientBirthDate: birthDate!.value }),
    ...(/^[MFO]$/.test(sex?.value ?? '') && { PatientSex: sex!.value }),
  };
}

/** PS3.3 Table C.7-1 and Table 10-18; TEXT: no chip or barcode was read. */
function otherPatientId({ issuer, id }: Identifier): CoercedValues {
  const parts = issuer.split('&');
  const [namespace, universalId, type] = parts.length === 2 ? ['', ...parts] : parts;
  return {
    PatientID: id,
    ...(namespace && { IssuerOfPatientID: namespace }),
    TypeOfPatientID: 'TEXT',
    ...(universalId && {
      IssuerOfPatientIDQualifiersSequence: [
        { UniversalEntityID: universalId, ...(type && { UniversalEntityIDType: type }) },
      ],
    }),
  };
}
