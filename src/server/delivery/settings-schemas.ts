// The settings of each kind of destination, as JSON Schema. What is `writeOnly` goes in and never comes out.

import { type Static, type TObject, Type } from '@sinclair/typebox';
import type { Kind } from '../../storage/destinations.ts';

const closed = { additionalProperties: false } as const;
const duration = (description: string) =>
  Type.String({ pattern: '^(\\d+(\\.\\d+)?[smhd])+$', maxLength: 20, description });
const secret = (description: string, maxLength = 4000) =>
  Type.String({ minLength: 1, maxLength, description, writeOnly: true });
const httpUrl = (description: string) => Type.String({ pattern: '^https?://', maxLength: 2000, description });
const host = Type.String({ minLength: 1, maxLength: 255 });
const port = (usual: number) =>
  Type.Optional(Type.Integer({ minimum: 1, maximum: 65_535, description: `absent: ${usual}` }));

const verify = Type.Optional(
  Type.Boolean({ description: 'ask it for what it accepted, and send again what it does not have' }),
);
const verifyAfter = Type.Optional(duration('how long after: 5s where absent'));
const objectName = Type.Optional(
  Type.String({
    minLength: 1,
    maxLength: 500,
    description:
      'path of each object, of {tenant} {study} {series} {instance}; absent: {study}/{series}/{instance}.dcm',
  }),
);
const authorization = Type.Optional(secret('sent as Authorization'));
const locationUid = Type.Optional(
  Type.String({
    pattern: '^[0-9.]{3,64}$',
    description: 'Retrieve Location UID by which manifests of studies name it: what they list is retrieved from it',
  }),
);

const xdsCode = Type.Optional(
  Type.Object(
    {
      code: Type.String({ minLength: 1, maxLength: 100 }),
      scheme: Type.String({ minLength: 1, maxLength: 100, description: 'OID of the code system, or its name' }),
      display: Type.String({ minLength: 1, maxLength: 200 }),
    },
    closed,
  ),
);

/** What becomes of copies whose patient turns out to be another. */
const corrected = {
  corrections: Type.Optional(
    Type.Union([Type.Literal('resend'), Type.Literal('tell')], {
      description:
        'of copies whose patient turns out to be another: resend has the receiver reject them and sends them again, tell leaves it to a person; resend where absent',
    }),
  ),
  rejectAs: Type.Optional(
    Type.Union([Type.Literal('113037'), Type.Literal('113038')], {
      description: 'title of such rejection notes, in DCM: 113037 where absent',
    }),
  ),
};

export const settingsSchemas = {
  dimse: Type.Object(
    {
      aeTitle: Type.Optional(
        Type.String({ minLength: 1, maxLength: 16, description: 'of the peer; absent: the name' }),
      ),
      verify,
      verifyAfter,
      proof: Type.Optional(
        Type.Literal('committed', {
          description: 'ask for storage commitment; where nothing comes of it in time, by C-FIND what it has',
        }),
      ),
      commitWithin: Type.Optional(duration('how long a result of storage commitment may take: 10m where absent')),
      retrieve: Type.Optional(
        Type.Union([Type.Literal('get'), Type.Literal('move')], {
          description:
            'how priors are pulled from it; absent: by C-MOVE, and by C-GET where it does not know us or does not move',
        }),
      ),
      locationUid,
      ...corrected,
    },
    closed,
  ),
  dicomweb: Type.Object(
    { url: httpUrl('DICOMweb root'), authorization, verify, verifyAfter, locationUid, ...corrected },
    closed,
  ),
  folder: Type.Object({ path: Type.String({ minLength: 1, maxLength: 1000 }), ...corrected }, closed),
  s3: Type.Object(
    {
      bucket: Type.String({ minLength: 1, maxLength: 255 }),
      region: Type.Optional(Type.String({ minLength: 1, maxLength: 64, description: 'absent: us-east-1' })),
      endpoint: Type.Optional(httpUrl('of a store other than Amazon’s')),
      pathStyle: Type.Optional(Type.Boolean({ description: 'the bucket stands in the path, not in the host name' })),
      accessKeyId: Type.String({ minLength: 1, maxLength: 200 }),
      secretAccessKey: secret('of the access key'),
      sessionToken: Type.Optional(secret('of temporary credentials', 8000)),
      key: objectName,
      encryption: Type.Optional(
        Type.Union([Type.Literal('AES256'), Type.Literal('aws:kms')], { description: 'at rest, by the store' }),
      ),
      kmsKeyId: Type.Optional(Type.String({ minLength: 1, maxLength: 2048 })),
      checksums: Type.Optional(
        Type.Boolean({ description: 'false for stores that know none; the signature covers the bytes all the same' }),
      ),
      verify,
      ...corrected,
    },
    closed,
  ),
  sftp: Type.Object(
    {
      host,
      port: port(22),
      username: Type.String({ minLength: 1, maxLength: 255 }),
      password: Type.Optional(secret('of the account', 1000)),
      privateKey: Type.Optional(secret('OpenSSH or PEM', 20_000)),
      passphrase: Type.Optional(secret('of the private key', 1000)),
      hostKey: Type.String({
        pattern: '^SHA256:[A-Za-z0-9+/]{43}$',
        description: 'fingerprint that the server must have, as ssh-keygen -l prints it',
      }),
      folder: Type.Optional(Type.String({ minLength: 1, maxLength: 500, description: 'below which paths begin' })),
      path: objectName,
      ...corrected,
    },
    closed,
  ),
  webhook: Type.Object(
    {
      url: httpUrl('where the facts of each study are posted'),
      secret: Type.String({
        pattern: '^whsec_[A-Za-z0-9+/]{32,}={0,2}$',
        maxLength: 200,
        description: 'whsec_ and the Base64 of at least 24 bytes, by which each message is signed',
        writeOnly: true,
      }),
      facts: Type.Optional(
        Type.Array(Type.String({ minLength: 1, maxLength: 20 }), {
          minItems: 1,
          maxItems: 10,
          description: 'groups of facts that are told; absent: study and source',
        }),
      ),
    },
    closed,
  ),
  hl7: Type.Object(
    {
      host,
      port: port(2575),
      tls: Type.Optional(
        Type.Union([
          Type.Literal(true),
          Type.Object(
            {
              ca: Type.Optional(Type.String({ maxLength: 100_000, description: 'PEM' })),
              serverName: Type.Optional(Type.String({ maxLength: 255 })),
            },
            closed,
          ),
        ]),
      ),
      receivingApplication: Type.Optional(Type.String({ maxLength: 180 })),
      receivingFacility: Type.Optional(Type.String({ maxLength: 180 })),
      message: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 8000,
          description: 'one segment a line, facts in braces; absent: ORU^R01 that the study is here',
        }),
      ),
      results: Type.Optional(
        Type.Object(
          {
            version: Type.Optional(
              Type.Union(
                ['2.3', '2.3.1', '2.4', '2.5', '2.5.1'].map((each) => Type.Literal(each as '2.5.1')),
                { description: 'of HL7: 2.5.1 where absent' },
              ),
            ),
            text: Type.Optional(
              Type.Union([Type.Literal('FT'), Type.Literal('TX')], {
                description: 'FT: each section in one OBX; TX: each line; FT where absent',
              }),
            ),
            characterSet: Type.Optional(
              Type.String({
                pattern: '^(ASCII|UNICODE UTF-8|8859/(1|2|3|4|5|6|7|8|9|10|11|13|14|15|16))$',
                description:
                  'of table 0211; what it does not carry goes as PDF, or not at all; UNICODE UTF-8 where absent',
              }),
            ),
            pdf: Type.Optional(Type.Boolean({ description: 'reports go with a PDF of them' })),
          },
          { ...closed, description: 'how reports go; absent beside a message: reports are told of by that message' },
        ),
      ),
    },
    closed,
  ),
  fhir: Type.Object(
    {
      url: httpUrl('FHIR R4 base'),
      authorization,
      resource: Type.Optional(
        Type.Union([Type.Literal('DocumentReference'), Type.Literal('ImagingStudy')], {
          description: 'DocumentReference with each object as a Binary, or one ImagingStudy; absent: DocumentReference',
        }),
      ),
      endpoint: Type.Optional(
        Type.Union([Type.Literal('contained'), Type.Literal('created')], {
          description: 'how an ImagingStudy says where its images are: absent: contained',
        }),
      ),
      dicomweb: Type.Optional(
        httpUrl('our DICOMweb root as its clients reach it; absent: below publicUrl, and no Endpoint without one'),
      ),
      ...corrected,
    },
    closed,
  ),
  manifest: Type.Object(
    {
      url: Type.Optional(httpUrl('FHIR R4 base of an IHE MHD Document Recipient, who is given it as documents')),
      authorization,
      destination: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 64,
          description: 'of kind dimse or dicomweb, who is given it in DICOM',
        }),
      ),
      profile: Type.Optional(
        Type.Union([Type.Literal('mado'), Type.Literal('xds-i')], {
          description: 'of the Key Object Selection Document: IHE MADO, or XDS-I.b; mado where absent',
        }),
      ),
      retrieveUrl: Type.Optional(httpUrl('our DICOMweb root as its readers reach it; absent: below publicUrl')),
      language: Type.Optional(
        Type.String({ pattern: '^[a-z]{2}(-[A-Z]{2})?$', description: 'of what it says to people; en where absent' }),
      ),
      corrections: corrected.corrections,
    },
    closed,
  ),
  xds: Type.Object(
    {
      url: Type.Optional(httpUrl('of an XDS.b Document Repository, which is given the manifest (RAD-68)')),
      authorization,
      affinityDomain: Type.Optional(
        Type.String({
          pattern: '^[0-9.]{3,64}$',
          description: 'OID of whoever gives the numbers of patients in the affinity domain; beside url',
        }),
      ),
      codes: Type.Optional(
        Type.Object(
          {
            class: xdsCode,
            type: xdsCode,
            confidentiality: xdsCode,
            facilityType: xdsCode,
            practiceSetting: xdsCode,
            contentType: xdsCode,
          },
          {
            ...closed,
            description: 'of the affinity domain; absent: of LOINC, HL7 and SNOMED CT; type: the procedure',
          },
        ),
      ),
      profile: Type.Optional(
        Type.Union([Type.Literal('mado'), Type.Literal('xds-i')], {
          description: 'of the Key Object Selection Document: xds-i where absent',
        }),
      ),
      retrieveUrl: Type.Optional(httpUrl('our DICOMweb root as its readers reach it; absent: below publicUrl')),
      language: Type.Optional(
        Type.String({ pattern: '^[a-z]{2}(-[A-Z]{2})?$', description: 'of the document; en where absent' }),
      ),
      imagesUrl: Type.Optional(
        httpUrl(
          'of an Imaging Document Source, from which is retrieved what manifests list (RAD-69); beside locationUid',
        ),
      ),
      locationUid,
      corrections: corrected.corrections,
    },
    closed,
  ),
} as const satisfies Record<Kind, TObject>;

export type Settings<K extends Kind> = Static<(typeof settingsSchemas)[K]>;
type CorrectionSettings = Static<TObject<typeof corrected>>;

/** Undefined of kinds that get no objects: there is no copy to correct. */
export function correctionSettings(kind: Kind, settings: unknown): CorrectionSettings | undefined {
  return 'corrections' in settingsSchemas[kind].properties ? (settings as CorrectionSettings) : undefined;
}
