// IHE MHD 4.2 (profiles.ihe.net/ITI/MHD), comprehensive metadata whose references are not contained: DocumentReference and
// SubmissionSet.

import type { Profile } from './profile.ts';

const MHD = 'https://profiles.ihe.net/ITI/MHD/StructureDefinition';

const only = (path: string) => ({ path, min: 1, max: 1 });

const documentReference: Profile = {
  url: `${MHD}/IHE.MHD.UnContained.Comprehensive.DocumentReference`,
  type: 'DocumentReference',
  elements: [
    only('masterIdentifier'),
    { path: 'status', codes: new Set(['current', 'superseded']) },
    only('type'),
    only('category'),
    { ...only('subject'), targets: ['Patient'] },
    { path: 'securityLabel', min: 1 },
    only('content'),
    ...['contentType', 'language', 'url', 'size', 'hash', 'creation'].map((name) => only(`content.attachment.${name}`)),
    only('content.format'),
    only('context'),
    ...['facilityType', 'practiceSetting', 'sourcePatientInfo'].map((name) => only(`context.${name}`)),
  ],
};

const submissionSet: Profile = {
  url: `${MHD}/IHE.MHD.UnContained.Comprehensive.SubmissionSet`,
  type: 'List',
  elements: [
    only(`extension(${MHD}/ihe-designationType)`),
    only(`extension(${MHD}/ihe-sourceId)`),
    { path: 'identifier', min: 1 },
    { path: 'status', codes: new Set(['current']) },
    { path: 'mode', codes: new Set(['working']) },
    { ...only('code'), codes: new Set(['submissionset']) },
    { ...only('subject'), targets: ['Patient'] },
    only('date'),
  ],
};

export const mhd: readonly Profile[] = [documentReference, submissionSet];
