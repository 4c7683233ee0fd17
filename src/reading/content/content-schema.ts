// Report content as it comes from a client: its form, with limits.

import { Type } from '@sinclair/typebox';
import { type SectionKind, sectionKinds } from '../../translate/report/section.ts';
import type { ReportContent } from './report-content.ts';
import { limits } from './template.ts';

const closed = { additionalProperties: false } as const;
const text = (maxLength: number) => Type.String({ maxLength });
const uid = Type.String({ pattern: '^[0-9.]{1,64}$' });
const day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });

const Value = Type.Union([
  Type.Object({ text: text(limits.text) }, closed),
  Type.Object({ number: Type.String({ pattern: '^-?\\d{1,15}(\\.\\d{1,15})?$' }) }, closed),
  Type.Object({ choices: Type.Array(text(300), { maxItems: limits.options }) }, closed),
  Type.Object({ date: day }, closed),
  Type.Object(
    {
      prior: Type.Object({ studyUid: uid, date: Type.Union([day, Type.Literal('')]), description: text(300) }, closed),
    },
    closed,
  ),
]);

const Field = Type.Object(
  {
    name: Type.String({ pattern: '^[A-Za-z0-9_.-]{1,64}$' }),
    label: text(300),
    value: Type.Optional(Value),
    unit: Type.Optional(text(30)),
    element: Type.Optional(Type.String({ pattern: '^RDE\\d+$' })),
    elementValues: Type.Optional(Type.Record(Type.String(), text(64))),
  },
  closed,
);

const Section = Type.Object(
  {
    kind: Type.Unsafe<SectionKind>(Type.Union(sectionKinds.map((kind) => Type.Literal(kind)))),
    title: Type.Optional(text(300)),
    text: text(limits.text),
    fields: Type.Array(Field, { maxItems: limits.fields }),
    at: Type.Optional(Type.String({ format: 'date-time' })),
  },
  closed,
);

export const ContentSchema = Type.Unsafe<ReportContent>(
  Type.Object(
    {
      language: Type.String({ pattern: '^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$' }),
      template: Type.Optional(Type.Object({ id: text(limits.name), version: Type.Integer({ minimum: 0 }) }, closed)),
      sections: Type.Array(Section, { minItems: 1, maxItems: limits.sections }),
    },
    closed,
  ),
);

export const SubjectSchema = Type.Object(
  { studyUid: uid, accession: Type.Optional(text(64)), patientId: Type.Optional(text(64)) },
  closed,
);
