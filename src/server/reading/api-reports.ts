// What /api/v1 asks of those who write and sign, as one principal.

import type { ApiReports } from '../../api/reading-content.ts';
import { putTemplate, removeTemplate, templatesOf } from '../../reading/store/report-templates.ts';
import { Signing } from './signing.ts';
import { Writing, type WritingOptions, writerOf } from './writing.ts';

export function apiReports(options: WritingOptions): ApiReports {
  const writing = new Writing(options);
  const signing = new Signing(options);
  const { database } = options;
  return {
    open: (principal, id, template) => writing.open(writerOf(principal), id, template),
    save: (principal, id, wish) => writing.save(writerOf(principal), id, wish),
    check: (principal, id, wish) => writing.check(writerOf(principal), id, wish),
    propose: (principal, id, begun) => writing.propose(writerOf(principal), id, begun),
    async sign(principal, id, wish) {
      const stored = await writing.caseFor(principal, id);
      return signing.sign(writerOf(principal), stored, wish);
    },
    async amend(principal, id, wish) {
      const stored = await writing.caseFor(principal, id);
      return signing.amend(writerOf(principal), stored, wish);
    },
    compare: (principal, id) => writing.compare(writerOf(principal), id),
    signed: (principal, id) => writing.signed(principal, id),
    templates: (tenant) => templatesOf(database, tenant),
    putTemplate: ({ tenant, id: author }, id, body) => putTemplate(database, tenant, { id, body, author }),
    removeTemplate: ({ tenant, id: author }, id) => removeTemplate(database, tenant, { id, author }),
  };
}
