// From decisions to the whole label: the row of the Playbook that fits them, and the region.

import { bodyParts } from './anatomy.ts';
import type { Evidence } from './evidence.ts';
import { loincOf } from './loinc.ts';
import { playbookRegion, playbookRow } from './playbook.ts';
import type { Decisions, Procedure } from './procedure.ts';
import type { Proposal } from './rules.ts';

export function resultOf(
  evidence: Evidence,
  proposal: Proposal,
  decisions: Decisions,
): Omit<Procedure, 'confidence' | 'reasons'> {
  const { signs, views, viewCount, named } = proposal;
  const row = playbookRow({
    ...decisions,
    signs,
    views,
    viewCount: viewCount ?? impliedViews(views, signs),
    words: new Set(evidence.study.tokens),
    named,
  });
  return {
    ...decisions,
    rpid: row?.rpid ?? '',
    loinc: loincOf(decisions, signs),
    region: row?.region || regionOf(decisions, signs),
  };
}

/** AP and lateral are two views; a projection alone, or a radiograph at the bedside, is one. */
function impliedViews(views: ReadonlySet<string>, signs: ReadonlySet<string>): number | undefined {
  if (views.size === 0 && (signs.has('portable') || signs.has('supine'))) return 1;
  return views.size > 0 && views.size < 4 ? views.size : undefined;
}

function regionOf({ modality, focus }: Decisions, signs: ReadonlySet<string>): string {
  if (focus === 'skeleton') return signs.has('whole body') ? 'WHOLEBODY' : 'BONE';
  if (signs.has('brachial plexus') && modality === 'MR') return 'CHEST';
  if (focus === 'kidney' && signs.has('transplant')) return 'PELVIS';
  if (focus === 'maxillofacial') return playbookRegion(modality, focus) ?? 'HEAD';
  return bodyParts.get(focus)!.region;
}
