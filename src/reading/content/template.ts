// A template of a report as JSON: sections with text in which fields have their places. Also what an IHE MRRT template becomes
// (mrrt-reader.ts) and is made of (mrrt-writer.ts).

import { type Static, type TSchema, Type } from '@sinclair/typebox';
import { sectionKinds } from '../../translate/report/section.ts';

export const limits = {
  sections: 30,
  fields: 200,
  options: 200,
  macros: 100,
  text: 20_000,
  name: 64,
} as const;

const closed = { additionalProperties: false } as const;
const oneOf = <T extends readonly string[]>(words: T) =>
  Type.Union(words.map((word) => Type.Literal(word))) as never as TSchema & { static: T[number] };
const line = (description: string) => Type.String({ minLength: 1, maxLength: 300, description });
const name = Type.String({ pattern: '^[A-Za-z0-9_.-]{1,64}$', description: 'how texts refer to it: {{name}}' });

/** Fields that fill themselves from what is known (auto-fields.ts). */
export const autoFields = [
  'age',
  'sex',
  'indication',
  'procedure',
  'laterality',
  'contrast',
  'dose',
  'comparison',
  'study-date',
] as const;
export type AutoField = (typeof autoFields)[number];

export const fieldTypes = ['text', 'number', 'choice', 'choices', 'date', 'prior'] as const;

const Option = Type.Object(
  {
    value: line('what stands in the report'),
    element: Type.Optional(Type.String({ maxLength: 64, description: 'RadElement code of the value: RDE1301.0' })),
  },
  closed,
);

const Field = Type.Object(
  {
    name,
    label: line('what the screen calls it'),
    type: oneOf(fieldTypes),
    options: Type.Optional(
      Type.Array(Option, { maxItems: limits.options, description: 'of a choice; of a text: suggestions' }),
    ),
    unit: Type.Optional(Type.String({ maxLength: 30, description: 'UCUM' })),
    /** Of a number. */
    minimum: Type.Optional(Type.Number()),
    maximum: Type.Optional(Type.Number()),
    default: Type.Optional(Type.String({ maxLength: limits.text })),
    auto: Type.Optional(oneOf(autoFields)),
    required: Type.Optional(Type.Boolean()),
    element: Type.Optional(Type.String({ pattern: '^RDE\\d+$', description: 'RadElement common data element' })),
  },
  closed,
);

const Macro = Type.Object(
  {
    name,
    /** `<<normal>>`: where the cursor stops, with what stands there first. */
    text: Type.String({ minLength: 1, maxLength: limits.text }),
  },
  closed,
);

const Section = Type.Object(
  {
    kind: oneOf(sectionKinds),
    title: Type.Optional(line('as the report calls it; absent: as its kind is called')),
    text: Type.String({ maxLength: limits.text }),
    fields: Type.Array(Field, { maxItems: limits.fields }),
  },
  closed,
);

export const TemplateSchema = Type.Object(
  {
    title: line('for whoever chooses'),
    description: Type.Optional(Type.String({ maxLength: 2000 })),
    language: Type.String({ pattern: '^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$', description: 'BCP 47' }),
    /** Whom it may be credited to: dcterms of MRRT. */
    creator: Type.Optional(line('who made it')),
    publisher: Type.Optional(line('who gives it out')),
    rights: Type.Optional(Type.String({ maxLength: 2000 })),
    modalities: Type.Array(Type.String({ pattern: '^[A-Z]{2}$' }), { description: '(0008,0060); empty: any' }),
    regions: Type.Array(Type.String({ maxLength: 64 }), { description: 'of the RadLex Playbook; empty: any' }),
    focuses: Type.Optional(Type.Array(Type.String({ maxLength: 64 }), { description: 'parts that it is for' })),
    procedures: Type.Array(Type.String({ maxLength: 100 }), { description: 'code^scheme' }),
    sections: Type.Array(Section, { minItems: 1, maxItems: limits.sections }),
    macros: Type.Optional(Type.Array(Macro, { maxItems: limits.macros })),
  },
  closed,
);

/** Without its name and version: those are the store's. */
export type TemplateBody = Static<typeof TemplateSchema>;
export type TemplateSection = TemplateBody['sections'][number];
export type TemplateField = TemplateSection['fields'][number];
export type TemplateMacro = NonNullable<TemplateBody['macros']>[number];

export interface Template extends TemplateBody {
  id: string;
  version: number;
}
