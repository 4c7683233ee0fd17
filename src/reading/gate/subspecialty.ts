// Which subspecialty a case needs: of how it was made first, of how old the patient is, then of what it shows.

export const subspecialties = [
  'breast',
  'nuclear',
  'paediatric',
  'cardiac',
  'interventional',
  'neuro',
  'chest',
  'body',
  'msk',
] as const;
export type Subspecialty = (typeof subspecialties)[number];

/** Whoever is not this old is a child. */
export const limits = { paediatricYears: 16 } as const;

export interface Shown {
  /** DICOM's or the normalised one: CT, MR, XR, PT&CT. */
  modality: string;
  /** Of the RadLex Playbook. */
  bodyRegion?: string | undefined;
  /** As normalize/procedures/anatomy.ts names it. */
  focus?: string | undefined;
  isPaediatric?: boolean | undefined;
  isInterventional?: boolean | undefined;
}

const hearts = new Set(['heart', 'coronary arteries']);
/** Bones and joints that the Playbook files under a part of the trunk or head. */
const skeletal = /\b(joints?|ribs|sternum)$/;
/** Vessels that it files under a limb. */
const vascular = /^leg (arteries|veins)$/;

const byRegion: Readonly<Record<string, Subspecialty>> = {
  HEAD: 'neuro',
  FACE: 'neuro',
  SKULL: 'neuro',
  NECK: 'neuro',
  SPINE: 'neuro',
  'CERVICAL SPINE': 'neuro',
  'THORACIC SPINE': 'neuro',
  'LUMBAR SPINE': 'neuro',
  'THORACOLUMBAR SPINE': 'neuro',
  CHEST: 'chest',
  BREAST: 'breast',
  ABDOMEN: 'body',
  PELVIS: 'body',
  WHOLEBODY: 'body',
  EXTREMITY: 'msk',
  'UPPER EXTREMITY': 'msk',
  'LOWER EXTREMITY': 'msk',
  BONE: 'msk',
};

/** Radiographs of a spine are of its bones; sections show what lies within. */
const projections = new Set(['CR', 'DX', 'XR', 'RG']);

/** undefined where nothing says it. */
export function subspecialtyOf({
  modality,
  bodyRegion,
  focus,
  isPaediatric,
  isInterventional,
}: Shown): Subspecialty | undefined {
  if (modality === 'MG' || bodyRegion === 'BREAST') return 'breast';
  if (modality.split('&').some((each) => each === 'PT' || each === 'NM')) return 'nuclear';
  if (isPaediatric) return 'paediatric';
  if (isInterventional) return 'interventional';
  if (focus !== undefined && hearts.has(focus)) return 'cardiac';
  if (focus !== undefined && skeletal.test(focus)) return 'msk';
  if (focus !== undefined && vascular.test(focus)) return 'body';
  if (projections.has(modality) && bodyRegion?.endsWith('SPINE')) return 'msk';
  return bodyRegion === undefined ? undefined : byRegion[bodyRegion];
}
