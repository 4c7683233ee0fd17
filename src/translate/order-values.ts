// What an order says of a study, as values that objects of the study are given: those of General Study, Imaging Service
// Request, Requested Procedure and Visit (PS3.3 C.7.2.1, C.4.11, C.4.12, C.3.2). Whose the study is, is for identity.

import type { CoercedValues } from '../dicom/coercion.ts';
import type { DataSet } from '../dicom/dataset.ts';
import type { Order } from './order.ts';
import { worklistItem } from './worklist-item.ts';

const texts = [
  'AccessionNumber',
  'ReferringPhysicianName',
  'RequestingPhysician',
  'RequestingService',
  'PlacerOrderNumberImagingServiceRequest',
  'FillerOrderNumberImagingServiceRequest',
  'RequestedProcedureID',
  'RequestedProcedureDescription',
  'RequestedProcedurePriority',
  'ReasonForTheRequestedProcedure',
  'AdmissionID',
  'CurrentPatientLocation',
];

/** Each with what its items hold. */
const sequences: Readonly<Record<string, readonly string[]>> = {
  IssuerOfAccessionNumberSequence: ['LocalNamespaceEntityID', 'UniversalEntityID', 'UniversalEntityIDType'],
  IssuerOfAdmissionIDSequence: ['LocalNamespaceEntityID', 'UniversalEntityID', 'UniversalEntityIDType'],
  RequestedProcedureCodeSequence: ['CodeValue', 'LongCodeValue', 'CodingSchemeDesignator', 'CodeMeaning'],
};

/** What nobody said is absent, and stays as it came. */
export function orderValues(order: Order & { studyInstanceUid: string }): CoercedValues {
  const item = worklistItem(order, { id: '' });
  const nested = Object.entries(sequences).map(([keyword, inner]) => {
    const items = item.items(keyword).map((each) => textsOf(each, inner));
    return [keyword, items.length === 0 ? undefined : items] as const;
  });
  const said = nested.filter(([, items]) => items !== undefined);
  return { ...textsOf(item, texts), ...Object.fromEntries(said) };
}

const textsOf = (item: DataSet, keywords: readonly string[]): CoercedValues =>
  Object.fromEntries(
    keywords.flatMap((keyword) => {
      const text = item.text(keyword);
      return text === undefined || text === '' ? [] : [[keyword, text]];
    }),
  );
