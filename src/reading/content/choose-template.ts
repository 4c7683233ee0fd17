// Which template is for a study: the one that says most of it, and nothing against it.

import { languagesOf } from './lexicon/language.ts';
import type { ReportFacts } from './report-facts.ts';
import type { Template } from './template.ts';

type Asked = Pick<ReportFacts, 'modality' | 'bodyRegion' | 'focus' | 'procedures'>;

/** Best first; those that are for something else are left out. */
export function templatesFor(templates: readonly Template[], facts: Asked, language: string): Template[] {
  return templates
    .map((template) => ({ template, rank: rankOf(template, facts, language) }))
    .filter(({ rank }) => rank > 0)
    .toSorted((one, other) => other.rank - one.rank || one.template.id.localeCompare(other.template.id))
    .map(({ template }) => template);
}

/** A procedure of its own weighs more than the part, that more than the region, that more than the modality. */
const weights = { procedure: 16, focus: 8, region: 4, modality: 2, any: 1 } as const;

function rankOf(template: Template, facts: Asked, language: string): number {
  const { modalities, regions, focuses = [], procedures } = template;
  const isNamed = procedures.some((code) => facts.procedures.includes(code));
  if (!isNamed) {
    if (modalities.length > 0 && !modalities.includes(facts.modality)) return 0;
    if (focuses.length > 0 && facts.focus !== undefined && !focuses.includes(facts.focus)) return 0;
    if (regions.length > 0 && !regions.includes(facts.bodyRegion ?? '')) return 0;
    // One that is for some procedures, and for nothing else that it could be told by.
    if (procedures.length > 0 && modalities.length + regions.length === 0) return 0;
  }
  const rank =
    (isNamed ? weights.procedure : 0) +
    (facts.focus !== undefined && focuses.includes(facts.focus) ? weights.focus : 0) +
    (regions.includes(facts.bodyRegion ?? '') ? weights.region : 0) +
    (modalities.includes(facts.modality) ? weights.modality : 0) +
    weights.any;
  // In the language of the report first, whatever it is for.
  return rank + (languagesOf(template.language)[0] === languagesOf(language)[0] ? 2 * weights.procedure : 0);
}
