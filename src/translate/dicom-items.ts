// What orders and reports share when they become attributes of DICOM: codes, identifiers with who gave them, text as its VR
// takes it. PS3.3 8.8 (Code Sequence macro), Tables 10-17 and 10-18 (HL7v2 Hierarchic Designator, Issuer of Patient ID).

import { DataSet, type NewValue } from '../dicom/dataset.ts';
import type { Code, OrderNumber } from './order.ts';

/** Characters of an LO; of an identifier nothing is cut off, it would name something else. */
const LONG_STRING = 64;
/** Characters of an SH. A longer Code Value is a Long Code Value. */
export const SHORT_STRING = 16;

/** What nobody said stays absent. */
export function fill(dataset: DataSet, values: Record<string, NewValue | undefined>): void {
  for (const [keyword, value] of Object.entries(values)) {
    if (value === undefined || value === '') continue;
    dataset.set(keyword, typeof value === 'string' ? single(value, keyword) : value);
  }
}

/** Of VRs that are one text, with lines. */
const texts: ReadonlySet<string> = new Set(['RequestedProcedureComments', 'TextValue']);

/** The separator of values, and what no other VR holds, have no place within one. */
const single = (text: string, keyword: string): string =>
  texts.has(keyword) ? text : text.replace(/[\\\p{Cc}]/gu, ' ');

export const cut = (text: string | undefined): string | undefined => text?.slice(0, LONG_STRING);

const universal = (issuer: string): [id: string, type: string] | undefined => {
  const [id, type] = issuer.split('&');
  return type === undefined ? undefined : [id!, type];
};

/** PS3.3 Table 10-18: a local name, or a universal id with its type. */
export function issuerOfPatient(issuer: string): Record<string, NewValue | undefined> {
  if (issuer === '') return {};
  const id = universal(issuer);
  if (id === undefined) return { IssuerOfPatientID: issuer };
  const qualifiers = new DataSet().set('UniversalEntityID', id[0]).set('UniversalEntityIDType', id[1]);
  return { IssuerOfPatientID: cut(id[0]), IssuerOfPatientIDQualifiersSequence: [qualifiers] };
}

/** HL7v2 Hierarchic Designator macro, PS3.3 Table 10-17. */
export function issuerItem(number: OrderNumber | undefined): DataSet[] | undefined {
  if (number === undefined || number.issuer === '') return undefined;
  const id = universal(number.issuer);
  if (id === undefined) return [new DataSet().set('LocalNamespaceEntityID', single(number.issuer, ''))];
  return [new DataSet().set('UniversalEntityID', id[0]).set('UniversalEntityIDType', id[1])];
}

export function codeItems(code: Code | undefined): DataSet[] | undefined {
  if (code === undefined) return undefined;
  const value = code.value.length > SHORT_STRING ? 'LongCodeValue' : 'CodeValue';
  const item = new DataSet();
  fill(item, {
    [value]: code.value,
    CodingSchemeDesignator: code.scheme.slice(0, SHORT_STRING),
    CodeMeaning: cut(code.meaning),
  });
  return [item];
}

/** The reverse. A code without a scheme is a local one. */
export function codeOfItem(item: DataSet | undefined): Code | undefined {
  const value = item?.text('CodeValue') ?? item?.text('LongCodeValue') ?? item?.text('URNCodeValue');
  if (item === undefined || value === undefined) return undefined;
  return { value, scheme: item.text('CodingSchemeDesignator') ?? 'L', meaning: item.text('CodeMeaning') ?? value };
}

/** A number with what `issuerItem` made of who gave it. */
export function numberIn(dataset: DataSet, number: string, issuer: string): OrderNumber | undefined {
  const value = dataset.text(number);
  if (value === undefined) return undefined;
  const [item] = dataset.items(issuer);
  const universalId = item?.text('UniversalEntityID');
  const named = universalId && `${universalId}&${item?.text('UniversalEntityIDType') ?? 'ISO'}`;
  return { number: value, issuer: named ?? item?.text('LocalNamespaceEntityID') ?? '' };
}
