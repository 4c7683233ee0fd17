// The concepts that reports are written with beside those of their sections: PS3.16 TID 1001 to 1003, TID 1204, TID 2000, TID 1500.

import type { Code } from '../order.ts';
import type { Role } from './report.ts';

const dcm = (value: string, meaning: string): Code => ({ value, scheme: 'DCM', meaning });

export const BASIC_TEXT_SR = '1.2.840.10008.5.1.4.1.1.88.11';
export const ENHANCED_SR = '1.2.840.10008.5.1.4.1.1.88.22';

export const concepts = {
  title: { value: '18748-4', scheme: 'LN', meaning: 'Diagnostic Imaging Report' },
  language: dcm('121049', 'Language of Content Item and Descendants'),
  observerType: dcm('121005', 'Observer Type'),
  person: dcm('121006', 'Person'),
  observerName: dcm('121008', 'Person Observer Name'),
  observerRole: dcm('121011', "Person Observer's Role in this Procedure"),
  procedureReported: dcm('121058', 'Procedure reported'),
  measurements: dcm('126010', 'Imaging Measurements'),
  measurementReport: dcm('126000', 'Imaging Measurement Report'),
  interpretation: { value: '363713009', scheme: 'SCT', meaning: 'Has interpretation' },
  trackingIdentifier: dcm('112039', 'Tracking Identifier'),
} as const satisfies Record<string, Code>;

/** Tables 0078 and 0443 of HL7, which have no designator in PS3.16 Table 8-1. */
export const INTERPRETATIONS = '99HL70078';
const functions = '99HL70443';

export const roleCodes: Readonly<Record<Role, Code>> = {
  interpreter: { value: 'PI', scheme: functions, meaning: 'Primary interpreter' },
  assistant: { value: 'AI', scheme: functions, meaning: 'Assistant/Alternate Interpreter' },
  technician: { value: 'TN', scheme: functions, meaning: 'Technician' },
  transcriptionist: { value: 'TR', scheme: functions, meaning: 'Transcriptionist' },
};

/** Of the classes whose content is a tree of items. PS3.3 A.35. */
export const isStructuredReport = (sopClassUid: string): boolean =>
  sopClassUid.startsWith('1.2.840.10008.5.1.4.1.1.88.');
