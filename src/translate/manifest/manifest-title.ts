// By which titles (CID 7010) a Key Object Selection Document is the manifest of a study: IHE XDS-I.b (RAD TF-3 4.68), and IHE
// MADO, which adds a description of what is listed (DICOM CP-2595). Until DICOM has given codes MADO has codes of its own.

import type { Code } from '../../dicom/key-object-selection.ts';

export const MANIFEST: Code = { value: '113030', scheme: 'DCM', meaning: 'Manifest' };

export const DESCRIBED_MANIFEST: Code = { value: 'MADOTEMP001', scheme: '99IHE', meaning: 'Manifest with Description' };

export const isManifestTitle = (value: string, scheme: string): boolean =>
  [MANIFEST, DESCRIBED_MANIFEST].some((title) => title.value === value && title.scheme === scheme);
