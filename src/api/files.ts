// POST /files: one file of whatever kind, photograph, video, slide or document, for a study that is here or for a patient. What
// is no DICOM becomes instances (docs/files.md); what is, is kept as it is.

import { type Static, Type } from '@sinclair/typebox';
import type { ApiRequest, ApiRoute } from './route.ts';

const LONG_STRING = '^[^\\\\\\x00-\\x1f]{1,64}$';
const Wish = Type.Object(
  {
    fileName: Type.Optional(Type.String({ maxLength: 255, description: 'by which models and tables are known' })),
    title: Type.Optional(Type.String({ maxLength: 1024 })),
    kind: Type.Optional(Type.Union([Type.Literal('photograph'), Type.Literal('endoscopy'), Type.Literal('capture')])),
    pixelSpacing: Type.Optional(
      Type.Number({ exclusiveMinimum: 0, description: 'mm, of a slide that does not say it' }),
    ),
    studyUid: Type.Optional(Type.String({ maxLength: 64, description: 'the study it belongs to' })),
    patientOf: Type.Optional(Type.String({ maxLength: 64, description: 'a study of its patient' })),
    accessionNumber: Type.Optional(Type.String({ pattern: '^[^\\\\\\x00-\\x1f]{1,16}$' })),
    encounter: Type.Optional(Type.String({ pattern: LONG_STRING, description: 'Admission ID' })),
    patientId: Type.Optional(Type.String({ pattern: LONG_STRING })),
    patientIdIssuer: Type.Optional(Type.String({ pattern: LONG_STRING })),
    patientName: Type.Optional(Type.String({ maxLength: 194, description: 'Family^Given' })),
    birthDate: Type.Optional(Type.String({ format: 'date' })),
    sex: Type.Optional(Type.Union([Type.Literal('F'), Type.Literal('M'), Type.Literal('O')])),
    studyDescription: Type.Optional(Type.String({ pattern: LONG_STRING })),
  },
  { additionalProperties: false },
);

/** What a caller says of a file. */
export type ApiFileWish = Static<typeof Wish>;

export interface ApiTakenFile {
  instances: {
    studyInstanceUid: string;
    seriesInstanceUid: string;
    sopInstanceUid: string;
    sopClassUid: string;
    keptAs: string;
  }[];
  /** What somebody should know of it. */
  findings: { code: string; assumed: string }[];
}

export const filesRoute: ApiRoute = {
  method: 'POST',
  path: '/files',
  summary: 'A file of any kind, kept as DICOM instances',
  action: 'store',
  query: Wish,
  bodyMediaType: 'application/octet-stream',
  answer: Type.Object({
    instances: Type.Array(
      Type.Object({
        studyInstanceUid: Type.String(),
        seriesInstanceUid: Type.String(),
        sopInstanceUid: Type.String(),
        sopClassUid: Type.String(),
        keptAs: Type.String({ description: 'first, same, transcoded, demographics or conflict' }),
      }),
    ),
    findings: Type.Array(Type.Object({ code: Type.String(), assumed: Type.String() })),
  }),
  handle: ({ context, principal, query, body }: ApiRequest<unknown, ApiFileWish, AsyncIterable<Uint8Array>>) =>
    context.takeFile(principal, query, body),
};
