// SOP classes: which UIDs name an instance that is stored below a study, and what every SOP class is called.
// PS3.4 Annex B.5 (storage), Annex GG (non-patient objects), PS3.6 Table A-1 (names), vendors' private classes.

import { sopClassRows } from './sop-class-data.generated.ts';

/**
 * `storage`: a composite instance below a study (PS3.4 B.5), retired ones included. `non-patient`: stored, but below no
 * study (PS3.4 GG.3). `private`: a vendor's storage class. `service`: everything else, from Verification to UPS.
 */
export type SopClassKind = 'storage' | 'non-patient' | 'private' | 'service';

export interface SopClass {
  uid: string;
  kind: SopClassKind;
  name: string;
  retired: boolean;
}

/** Every SOP class we know by name, in the order of their UIDs. */
export const sopClasses: ReadonlyMap<string, SopClass> = new Map(
  sopClassRows
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [uid, kind, retired, name] = line.split('\t') as [string, SopClassKind, string, string];
      return [uid, { uid, kind, name, retired: retired === 'R' }];
    }),
);

export const isStandardStorageSopClass = (uid: string): boolean => sopClasses.get(uid)?.kind === 'storage';

export const isNonPatientSopClass = (uid: string): boolean => sopClasses.get(uid)?.kind === 'non-patient';

export const isKnownPrivateStorageSopClass = (uid: string): boolean => sopClasses.get(uid)?.kind === 'private';

/** The branch of PS3.6 Table A-1 below which new storage classes are registered. */
const STORAGE_ROOT = '1.2.840.10008.5.1.4.1.1.';

/** Whether an unlisted UID is, by its place in the registry, a storage class newer than our tables. */
export const isBelowStorageRoot = (uid: string): boolean => uid.startsWith(STORAGE_ROOT);

/**
 * Whether an instance of this class belongs below a study and can be stored: standard, a known private class, or one
 * below the storage root that our tables do not list. Non-patient objects and services are not.
 */
export function isStorageSopClass(uid: string): boolean {
  const kind = sopClasses.get(uid)?.kind;
  return kind === undefined ? isBelowStorageRoot(uid) : kind === 'storage' || kind === 'private';
}

/** The name of PS3.6 Table A-1 (without a trailing `SOP Class`), undefined when the UID is not known. */
export const sopClassName = (uid: string): string | undefined => sopClasses.get(uid)?.name;
