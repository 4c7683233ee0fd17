// /reading/cases/{id}/…: what is written of a case, whether it may be signed, and that it is; /reading/templates: what a report
// begins with, as JSON and as IHE MRRT (RAD-103 query, RAD-104 retrieve, RAD-105 store).

import { type Static, Type } from '@sinclair/typebox';
import type { Principal } from '../auth/principal.ts';
import { Problem } from '../base/problem.ts';
import { ContentSchema, SubjectSchema } from '../reading/content/content-schema.ts';
import type { ContentFinding } from '../reading/content/finding.ts';
import { writeMrrt } from '../reading/content/mrrt/write-mrrt.ts';
import type { ReportContent, SignedContent } from '../reading/content/report-content.ts';
import {
  type Template,
  type TemplateBody,
  TemplateSchema,
  limits as templateLimits,
} from '../reading/content/template.ts';
import type { ApiRequest, ApiRoute } from './route.ts';

const closed = { additionalProperties: false } as const;
const id = Type.Object({
  id: Type.String({ pattern: '^[0-9A-Za-z -]{8,16}$', description: 'the code of the case, however it is grouped' }),
});
const templateId = Type.Object({ id: Type.String({ pattern: `^[A-Za-z0-9_.-]{1,${templateLimits.name}}$` }) });
const uids = Type.Array(Type.String({ pattern: '^[0-9.]{1,64}$' }), { maxItems: 2000 });
const reason = Type.String({ minLength: 1, maxLength: 1000 });

const Saved = Type.Object(
  {
    basis: Type.Integer({ minimum: 0, description: 'version that it was written on from; 0: none' }),
    content: ContentSchema,
    looked: Type.Optional(
      Type.Partial(Type.Object({ series: uids, waived: uids, priors: uids }, closed), {
        description: 'what was on the screen since: series, priors, and series that need not be',
      }),
    ),
  },
  closed,
);

const confirmed = Type.Array(Type.String({ maxLength: 100 }), {
  maxItems: 100,
  default: [],
  description: 'typed dates that are meant as they stand',
});

const Checked = Type.Object({ content: ContentSchema, subject: Type.Optional(SubjectSchema), confirmed }, closed);

const signing = {
  content: ContentSchema,
  subject: SubjectSchema,
  overrides: Type.Array(Type.Object({ check: Type.String({ maxLength: 64 }), reason }, closed), {
    maxItems: 50,
    default: [],
  }),
  confirmed,
  proof: Type.Optional(Type.String({ maxLength: 10_000, description: 'that it is you, where that is asked for' })),
};

const Sign = Type.Object(
  {
    as: Type.Union([Type.Literal('preliminary'), Type.Literal('final')]),
    difference: Type.Optional(
      Type.Union([Type.Literal('none'), Type.Literal('minor'), Type.Literal('major')], {
        description: 'of a final report from the preliminary one; a major one is told to whoever received that',
      }),
    ),
    ...signing,
  },
  closed,
);

const Amend = Type.Object(
  {
    how: Type.Union([Type.Literal('appended'), Type.Literal('corrected'), Type.Literal('amended')]),
    reason,
    discrepancy: Type.Optional(Type.String({ maxLength: 100 })),
    ...signing,
  },
  closed,
);

export type ApiSave = Static<typeof Saved>;
export type ApiCheck = Static<typeof Checked>;
export type ApiSign = Static<typeof Sign>;
export type ApiAmend = Static<typeof Amend>;

const Signed = Type.Object({
  case: Type.String(),
  state: Type.String(),
  version: Type.Integer(),
  textHash: Type.String({ description: 'SHA-256 of the text' }),
});

/** What routes ask of those who write and sign. All of it rejects with reading/unknown-case for whoever may not know of it. */
export interface ApiReports {
  open(principal: Principal, id: string, template?: string): Promise<object>;
  save(principal: Principal, id: string, wish: ApiSave): Promise<object>;
  check(principal: Principal, id: string, wish: ApiCheck): Promise<ContentFinding[]>;
  propose(principal: Principal, id: string, begun: ReportContent): Promise<object>;
  sign(principal: Principal, id: string, wish: ApiSign): Promise<Static<typeof Signed>>;
  amend(principal: Principal, id: string, wish: ApiAmend): Promise<Static<typeof Signed>>;
  compare(principal: Principal, id: string): Promise<SignedContent[]>;
  signed(principal: Principal, id: string): Promise<SignedContent[]>;
  templates(tenant: number): Promise<Template[]>;
  /** Rejects with request/malformed and all faults. */
  putTemplate(principal: Principal, id: string, body: TemplateBody): Promise<Template>;
  /** Rejects with catalogue/not-found. */
  removeTemplate(principal: Principal, id: string): Promise<void>;
}

type OfCase<Body = unknown> = ApiRequest<Static<typeof id>, unknown, Body>;
type OfTemplate<Body = unknown> = ApiRequest<Static<typeof templateId>, unknown, Body>;

const caseRoutes: ApiRoute[] = [
  {
    method: 'GET',
    path: '/reading/cases/{id}/draft',
    summary: 'What the reader of a case has written, or what its template begins with, with what the checks say',
    action: 'report',
    params: id,
    query: Type.Object({ template: Type.Optional(Type.String({ maxLength: templateLimits.name })) }),
    answer: Type.Object({}, { additionalProperties: true }),
    handle: ({ context, principal, params, query }: ApiRequest<Static<typeof id>, { template?: string }, unknown>) =>
      context.reports.open(principal, params.id, query.template),
  },
  {
    method: 'PUT',
    path: '/reading/cases/{id}/draft',
    summary: 'Saves what was written; joined with what was saved since `basis`, refused where both say something else',
    action: 'report',
    params: id,
    body: Saved,
    answer: Type.Object({}, { additionalProperties: true }),
    handle: ({ context, principal, params, body }: OfCase<ApiSave>) => context.reports.save(principal, params.id, body),
  },
  {
    method: 'POST',
    path: '/reading/cases/{id}/check',
    summary: 'What would be said of a report if it were signed now',
    action: 'report',
    params: id,
    body: Checked,
    answer: Type.Array(Type.Object({}, { additionalProperties: true })),
    handle: ({ context, principal, params, body }: OfCase<ApiCheck>) =>
      context.reports.check(principal, params.id, body),
  },
  {
    method: 'POST',
    path: '/reading/cases/{id}/proposal',
    summary: 'Asks the service that proposes reports; what it answers is nobody’s before a reader made it theirs',
    action: 'report',
    params: id,
    body: Type.Object({ content: ContentSchema }, closed),
    answer: Type.Object({}, { additionalProperties: true }),
    handle: ({ context, principal, params, body }: OfCase<{ content: ReportContent }>) =>
      context.reports.propose(principal, params.id, body.content),
  },
  {
    method: 'POST',
    path: '/reading/cases/{id}/sign',
    summary: 'Signs the report of a case',
    action: 'report',
    params: id,
    body: Sign,
    answer: Signed,
    handle: ({ context, principal, params, body }: OfCase<ApiSign>) => context.reports.sign(principal, params.id, body),
  },
  {
    method: 'POST',
    path: '/reading/cases/{id}/addendum',
    summary: 'Adds to a signed report, or corrects it; everybody who has it gets the new version',
    action: 'report',
    params: id,
    body: Amend,
    answer: Signed,
    handle: ({ context, principal, params, body }: OfCase<ApiAmend>) =>
      context.reports.amend(principal, params.id, body),
  },
  {
    method: 'POST',
    path: '/reading/cases/{id}/compare',
    summary: 'The over-reader has written what they found themselves, and is shown the preliminary report',
    action: 'report',
    params: id,
    answer: Type.Array(Type.Object({}, { additionalProperties: true })),
    handle: ({ context, principal, params }: OfCase) => context.reports.compare(principal, params.id),
  },
  {
    method: 'GET',
    path: '/reading/cases/{id}/reports',
    summary: 'All signed versions, the latest last',
    action: 'report',
    params: id,
    answer: Type.Array(Type.Object({}, { additionalProperties: true })),
    handle: ({ context, principal, params }: OfCase) => context.reports.signed(principal, params.id),
  },
];

const Query = Type.Object({
  title: Type.Optional(Type.String({ maxLength: 100, description: 'part of it' })),
  language: Type.Optional(Type.String({ maxLength: 35 })),
  modality: Type.Optional(Type.String({ maxLength: 2 })),
});

const template = Type.Object({}, { additionalProperties: true });

const templateRoutes: ApiRoute[] = [
  {
    method: 'GET',
    path: '/reading/templates',
    summary: 'Templates of reports, those of this site and those that come with the program (IHE RAD-103)',
    action: 'report',
    query: Query,
    answer: Type.Array(template),
    async handle({ context, principal, query }: ApiRequest<unknown, Static<typeof Query>, unknown>) {
      const { title = '', language = '', modality } = query;
      const all = await context.reports.templates(principal.tenant);
      return all.filter(
        (each) =>
          each.title.toLowerCase().includes(title.toLowerCase()) &&
          each.language.toLowerCase().startsWith(language.toLowerCase()) &&
          (modality === undefined || each.modalities.length === 0 || each.modalities.includes(modality)),
      );
    },
  },
  {
    method: 'GET',
    path: '/reading/templates/{id}',
    summary: 'One template',
    action: 'report',
    params: templateId,
    answer: template,
    handle: ({ context, principal, params }: OfTemplate) => templateFor(context, principal, params.id),
  },
  {
    method: 'PUT',
    path: '/reading/templates/{id}',
    summary: 'A new version of a template',
    action: 'administer',
    params: templateId,
    body: TemplateSchema,
    answer: template,
    handle: ({ context, principal, params, body }: OfTemplate<TemplateBody>) =>
      context.reports.putTemplate(principal, params.id, body),
  },
  {
    method: 'DELETE',
    path: '/reading/templates/{id}',
    summary: 'Takes a template away; what was written with it stays',
    action: 'administer',
    params: templateId,
    handle: ({ context, principal, params }: OfTemplate) => context.reports.removeTemplate(principal, params.id),
  },
  ...mrrtRoutes('/reading/templates/{id}/mrrt'),
  // As systems that know the profile ask below any location.
  ...mrrtRoutes('/reading/IHETemplateService/{id}'),
];

export const readingContentRoutes: ApiRoute[] = [...caseRoutes, ...templateRoutes];

/** IHE MRRT: a template as an HTML5 document, retrieved (RAD-104) and stored (RAD-105). */
function mrrtRoutes(path: string): ApiRoute[] {
  return [
    {
      method: 'GET',
      path,
      summary: 'One template as an HTML5 document of IHE MRRT (RAD-104)',
      action: 'report',
      params: templateId,
      answer: Type.String(),
      mediaType: 'text/html; charset=utf-8',
      async handle({ context, principal, params }: OfTemplate) {
        return [Buffer.from(writeMrrt(await templateFor(context, principal, params.id)))];
      },
    },
    {
      method: 'PUT',
      path,
      summary: 'A new version of a template, from an HTML5 document of IHE MRRT (RAD-105)',
      action: 'administer',
      params: templateId,
      bodyMediaType: 'text/html',
      answer: template,
      async handle({ context, principal, params, body }: OfTemplate<AsyncIterable<Uint8Array>>) {
        // Its parser comes with the first document.
        const { readMrrt, limits: mrrtLimits } = await import('../reading/content/mrrt/read-mrrt.ts');
        const { identifier: _, ...read } = readMrrt(await textOf(body, mrrtLimits.document));
        return context.reports.putTemplate(principal, params.id, read);
      },
    },
  ];
}

async function templateFor(
  { reports }: { reports: ApiReports },
  { tenant }: Principal,
  name: string,
): Promise<Template> {
  const found = (await reports.templates(tenant)).find((each) => each.id === name);
  if (found === undefined) throw new Problem('catalogue/not-found', { what: 'template' });
  return found;
}

async function textOf(body: AsyncIterable<Uint8Array>, limit: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > limit) throw new Problem('request/too-large', { what: 'template', limit });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
