// What the series of a study tell of contrast: phases and `post` mean it was given, `pre` or a T1 without `post` beside one
// with it mean both.

import type { ContrastSaid } from './contrast.ts';

const after =
  /(^|[^a-z])(post|gd|gad\w*|gado\w*|km|mdc|c\+|\+c|ce|cemra|art|arterial\w*|portal\w*|venous|venös\w*|venos[oa]|delay\w*|late|nephrographic|excretory|enh\w*|contrast|kontrast\w*|contraste|dyn\w*|iv|inj\w*|spät\w*|tardi\w*|pv|with)([^a-z]|$)|\+ ?c([^a-z]|$)|c ?\+|造影|增强|増強|조영|动脉期|静脉期|動脈相|門脈相|遅延/;
const before =
  /(^|[^a-z])(pre|native?|nativ[oa]?|plain|non ?con\w*|w\/?o|without|ohne|sans|sin|sem|senza|unenh\w*|avant|blanco|uten|uden|utan|bez|basal|wo)([^a-z]|$)|c-([^a-z]|$)|平扫|単純|单纯|비조영/;
const t1 = /t1|mprage|vibe|spgr|bravo|thrive|lava/;

/** @param said what the words of each description say of contrast; phases and bare `post` are looked for where they are silent. */
export function contrastOfSeries(
  descriptions: readonly string[],
  said: readonly ContrastSaid[],
  modality: string,
): ContrastSaid {
  const series = descriptions.map((description, at) => {
    const text = description.normalize('NFKC').toLowerCase().replaceAll('_', ' ');
    const state = said[at] ?? (before.test(text) ? 'without' : after.test(text) ? 'with' : undefined);
    return { text, state };
  });
  const has = (state: ContrastSaid): boolean => series.some((one) => one.state === state);
  if (has('both')) return 'both';
  if (!has('with')) return has('without') ? 'without' : undefined;
  const plainT1 = modality === 'MR' && series.some(({ text, state }) => t1.test(text) && state === undefined);
  return has('without') || plainT1 ? 'both' : 'with';
}
