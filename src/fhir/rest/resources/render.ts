// DiagnosticReport/{id}/$render?form=pdf: a report of images in one of its forms. Ours; docs/results.md.

import { onlyValueOf } from '../../../base/http/query-string.ts';
import { Problem } from '../../../base/problem.ts';
import type { Answer, Exchange } from '../exchange.ts';
import { type ReportForm, reportForms } from '../report-handlers.ts';
import { nameOf } from './read.ts';

export async function renderReport(exchange: Exchange): Promise<Answer> {
  const { handlers, request, query } = exchange;
  const { id } = nameOf(exchange);
  const form = (onlyValueOf(query, 'form') ?? 'pdf') as ReportForm;
  if (!reportForms.includes(form))
    throw new Problem('request/malformed', { reason: `form is ${reportForms.join(', ')}` });
  const rendition = await handlers.reports.render(request, id, form);
  if ('resource' in rendition) return { status: 200, resource: rendition.resource };
  return { status: 200, headers: { 'Content-Disposition': 'inline' }, content: rendition };
}
