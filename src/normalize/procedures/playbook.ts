// Which row of the RadLex Playbook (core) a procedure is: the most specific one of its modality and part whose every
// attribute was said; none when two remain. A row for a wider part does not fit.

import { playbookRows } from './playbook.generated.ts';
import type { Contrast } from './procedure.ts';
import type { Proposal } from './rules.ts';

export interface PlaybookRow {
  rpid: string;
  modality: string;
  region: string;
  focus: string;
  /** Empty where the row says nothing of it. */
  contrast: Contrast | '';
  side: string;
  /** Least and most views; undefined where the row counts none. */
  views: readonly [number, number] | undefined;
  /** Attributes: signs, `view ap`, `word x`. */
  attributes: readonly string[];
  /** Long and short. */
  names: readonly string[];
}

export const playbook: readonly PlaybookRow[] = playbookRows.slice(1, -1).split('\n').map(readRow);
const rows = Map.groupBy(playbook, ({ modality, focus }) => `${modality} ${focus}`);

function readRow(line: string): PlaybookRow {
  const [rpid, modality, region, focus, contrast, side, views, attributes, ...names] = line.split('\t') as string[];
  const [least, most] = views!.split('-').map(Number);
  return {
    rpid: rpid!,
    modality: modality!,
    region: region!,
    focus: focus!,
    contrast: contrast as Contrast | '',
    side: side!,
    views: views === '' ? undefined : [least!, most!],
    attributes: attributes === '' ? [] : attributes!.split(','),
    names,
  };
}

type Asked = Pick<
  Proposal,
  'modality' | 'focus' | 'laterality' | 'contrast' | 'interventional' | 'signs' | 'views' | 'viewCount'
> & {
  /** Folded words of the study description. */
  words: ReadonlySet<string>;
  /** The row that the study is called by. */
  named?: PlaybookRow | undefined;
};

export function playbookRow(asked: Asked): PlaybookRow | undefined {
  const said = saidAttributes(asked);
  const fitting = (rows.get(`${asked.modality} ${asked.focus}`) ?? [])
    .map((row) => ({ row, score: fit(row, asked, said) }))
    .filter(({ score }) => score !== undefined);
  const best = Math.max(...fitting.map(({ score }) => score!));
  const left = fitting.filter(({ score }) => score === best).map(({ row }) => row);
  const { named } = asked;
  // `Ankle 2 Views` is a name, and yet `Ankle 1-2 Views` fits as well.
  const isShared = left.length > 1 && named?.views !== undefined && left.includes(named);
  if (named !== undefined && !isShared && !contradicts(named, asked)) return named;
  return left.length === 1 ? left[0] : undefined;
}

const contradicts = (row: PlaybookRow, { modality, focus, contrast, laterality }: Asked): boolean =>
  row.modality !== modality ||
  (row.focus !== focus && row.focus !== 'unspecified') ||
  (row.contrast !== '' && row.contrast !== contrast) ||
  (/^[LRB]$/.test(row.side) && /^[LRB]$/.test(laterality) && row.side !== laterality);

/** Number of attributes the row and the procedure share; undefined when the row asks for one that was not said. */
function fit(row: PlaybookRow, asked: Asked, said: ReadonlySet<string>): number | undefined {
  let score = row.attributes.length;
  if (row.contrast !== '') {
    if (row.contrast !== asked.contrast) return undefined;
    score++;
  }
  if (row.side !== '') {
    const unilateral = row.side === 'U' && (/^[LR]$/.test(asked.laterality) || asked.signs.has('unilateral'));
    if (row.side !== asked.laterality && !unilateral) return undefined;
    score++;
  }
  if (row.views !== undefined) {
    if (asked.viewCount === undefined || asked.viewCount < row.views[0] || asked.viewCount > row.views[1])
      return undefined;
    score++;
  }
  for (const attribute of row.attributes) if (!said.has(attribute)) return undefined;
  // What changes the examination must be in the row when it was said.
  const changes = asked.modality === 'NM' ? [...decisive, ...decisiveOfNuclear] : decisive;
  for (const sign of changes) {
    const named = row.attributes.includes(sign) || ((sign === 'angio' || sign === 'doppler') && isVessels(row.focus));
    if (said.has(sign) && !named) return undefined;
  }
  return score;
}

/** Signs that make another procedure of it. */
const decisive = [
  'angio',
  'arthrogram',
  'myelogram',
  'biopsy',
  'drainage',
  'aspiration',
  'injection',
  'ablation',
  'placement',
  'needle localization',
  'embolization',
  'angioplasty',
  'vertebroplasty',
  'lumbar puncture',
  'colonography',
  'enterography',
  'spectroscopy',
  'functional',
  'planning',
  'postprocessing',
  'perfusion',
  'transvaginal',
  'transrectal',
  'calcium',
  'echocardiography',
  'pelvis view',
  'ductogram',
  'doppler',
  'video',
  'tomosynthesis',
  'cystogram',
  'bone age',
  'elastography',
  'mrcp',
  'stone',
  'urography',
  'discogram',
  'density',
  'guided',
  'thumb',
  'transplant',
  'calcaneus',
  'scaphoid',
  'brachial plexus',
  'sacrum',
  'coccyx',
  'penis',
  'lymph node',
  'scoliosis',
  'bone length',
  'dental',
  'foreign body',
  'multiple',
  'whole body',
];

const decisiveOfNuclear = ['therapy', 'metastasis', 'tumor', 'bleeding', 'wbc', 'infarction', 'mibg', 'octreotide'];

const isVessels = (focus: string): boolean => /vessels|arter|aorta|veins/.test(focus);

/** What follows from the rest. */
const implied: [string, (asked: Asked) => boolean][] = [
  ['guided', ({ interventional }) => interventional],
  ['tumor', ({ modality, signs }) => modality === 'PT&CT' && !signs.has('bone marrow')],
  ['pulmonary embolus', ({ modality, focus }) => modality === 'CT' && focus === 'pulmonary arteries'],
  [
    'limited',
    ({ modality, signs, focus }) =>
      modality === 'US' && (signs.has('upper abdomen') || focus === 'liver' || focus === 'pancreas'),
  ],
  ['angio', ({ modality, focus }) => (modality === 'CT' || modality === 'MR') && isVessels(focus)],
  ['doppler', ({ modality, focus }) => modality === 'US' && focus === 'carotid arteries'],
  ['cystourethrogram', ({ signs }) => signs.has('voiding')],
  ['perfusion', ({ signs }) => signs.has('q-perfusion')],
  ['artery', ({ modality, focus, signs }) => modality === 'XA' && isVessels(focus) && !signs.has('vein')],
  ['screening', ({ signs }) => signs.has('lung cancer')],
];

function saidAttributes(asked: Asked): Set<string> {
  const said = new Set<string>(asked.signs);
  for (const view of asked.views) said.add(`view ${view}`);
  for (const word of asked.words) said.add(`word ${word}`);
  for (const [sign, when] of implied) if (when(asked)) said.add(sign);
  if (asked.modality === 'MG' && !said.has('screening') && (asked.laterality === 'L' || asked.laterality === 'R'))
    said.add('diagnostic');
  return said;
}

/** The Playbook's region of a part in a modality, where all of its rows agree and differ from the part's own. */
export function playbookRegion(modality: string, focus: string): string | undefined {
  const regions = new Set(
    (rows.get(`${modality} ${focus}`) ?? []).map(({ region }) => region).filter((region) => region !== ''),
  );
  return regions.size === 1 ? [...regions][0] : undefined;
}
