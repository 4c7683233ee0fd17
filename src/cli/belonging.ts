// Options that say whose the files of other formats are that a folder brings.

import { isValidUid } from '../dicom/uid.ts';
import type { Belonging } from '../server/import.ts';
import { type Option, type OptionValues, UsageError } from './command.ts';

interface Said extends Option {
  /** What it is to look like, and what it is said not to be. */
  form?: [RegExp, string];
}

const option = (value: string, description: string, form?: Said['form']): Said => ({
  type: 'string',
  value,
  description,
  form,
});

const DAY: Said['form'] = [/^\d{4}-?\d{2}-?\d{2}$/, 'no day: 1970-01-31'];
/** PS3.5 6.2 LO: up to 64 characters, and no backslash. */
const LONG_STRING: Said['form'] = [/^[^\\\p{Cc}]{1,64}$/u, 'longer than 64 characters, or has a backslash'];

export const belongingOptions = {
  'patient-id': option('ID', 'Patient ID of pictures, videos and documents', LONG_STRING),
  'patient-name': option('NAME', 'Family^Given', [/^[^\\\p{Cc}]{1,194}$/u, 'no name: Family^Given']),
  'patient-id-issuer': option('NAME', 'who gave the Patient ID', LONG_STRING),
  'birth-date': option('DAY', 'YYYY-MM-DD', DAY),
  sex: option('SEX', 'F, M or O', [/^[FMO]$/, 'none of F, M, O']),
  'study-uid': option('UID', 'the study they belong to (default: one for each folder)'),
  'study-date': option('DAY', 'YYYY-MM-DD', DAY),
  'study-description': option('TEXT', 'of that study', LONG_STRING),
  'accession-number': option('NUMBER', 'of that study', [/^[^\\\p{Cc}]{1,16}$/u, 'longer than 16 characters']),
} as const satisfies Record<string, Said>;

type Name = keyof typeof belongingOptions;

/** Undefined where no patient is named. Throws UsageError for what cannot be meant. */
export function belongingOf(values: OptionValues): Belonging | undefined {
  const value = (name: Name): string | undefined => values[name] as string | undefined;
  const names = Object.keys(belongingOptions) as Name[];
  for (const name of names) {
    const [form, isNot] = (belongingOptions[name] as Said).form ?? [];
    const text = value(name);
    if (text !== undefined && form?.test(text) === false) throw new UsageError(`--${name} is ${isNot}`);
  }
  const id = value('patient-id');
  if (id === undefined) {
    const said = names.find((name) => value(name) !== undefined);
    if (said !== undefined) throw new UsageError(`--${said} needs --patient-id`);
    return undefined;
  }
  const studyInstanceUid = value('study-uid');
  if (studyInstanceUid !== undefined && !isValidUid(studyInstanceUid)) throw new UsageError('--study-uid is no UID');
  return {
    patient: {
      id,
      name: value('patient-name'),
      issuerOfId: value('patient-id-issuer'),
      birthDate: value('birth-date')?.replaceAll('-', ''),
      sex: value('sex') as 'F' | 'M' | 'O' | undefined,
    },
    study: {
      studyInstanceUid,
      date: value('study-date')?.replaceAll('-', ''),
      description: value('study-description'),
      accessionNumber: value('accession-number'),
    },
  };
}
