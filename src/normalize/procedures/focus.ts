// Which part of the body was examined, when a text names several: trunk parts and levels of the spine add up, vessels are
// parts of their own, a specific part beats the wider one it lies in; of what is left, the one nearest the head.

import { bodyParts, regionsFromTheHead } from './anatomy.ts';
import { partsIn } from './part-of.ts';

export interface Focus {
  name: string;
  /** Parts that remained and were not chosen. */
  others: string[];
}

/** @param named in the order of the text. */
export function focusOf(named: readonly string[], signs: ReadonlySet<string>, modality: string): Focus {
  let parts = new Set(named.map((name) => (name === 'head' ? (modality === 'XR' ? 'skull' : 'brain') : name)));
  if (modality !== 'XR' && parts.delete('skull')) parts.add('brain');
  if (parts.size > 1 && !signs.has('density')) {
    for (const part of [...parts])
      if (part === 'skeleton' && named.length > 1 && !parts.has('whole body')) parts.delete(part);
  }
  parts = specialised(summed(vessels(parts, signs, modality)), signs, modality);
  for (const [wider, narrower] of partsIn) {
    if (parts.has(wider) && narrower.some((part) => parts.has(part))) parts.delete(wider);
  }
  const left = [...parts];
  if (left.length === 0) return { name: 'unspecified', others: [] };
  const heights = left.map((part) => regionsFromTheHead.indexOf(bodyParts.get(part)!.region));
  const name = left[heights.indexOf(Math.min(...heights))]!;
  return { name, others: left.filter((part) => part !== name) };
}

/** Vessels of a part are parts of their own when angiography, arteries or veins are spoken of. */
function vessels(parts: Set<string>, signs: ReadonlySet<string>, modality: string): Set<string> {
  const angio = signs.has('angio') || signs.has('tof') || signs.has('vessel') || modality === 'XA';
  const [artery, vein] = [signs.has('artery'), signs.has('vein')];
  const has = (...names: string[]): boolean => names.some((name) => parts.has(name));
  const become = (name: string, ...from: string[]): void => {
    for (const part of from) parts.delete(part);
    parts.add(name);
  };
  if (modality === 'US' && signs.has('doppler') && parts.size === 1 && has('brain'))
    become('intracranial vessels', 'brain');
  if (!angio && !artery && !vein) return parts;
  const head = has('brain', 'skull', 'intracranial vessels');
  const neck = has('neck', 'carotid arteries', 'neck vessels', 'cervical spine');
  if (head && neck && modality !== 'US')
    become(
      'head and neck vessels',
      'brain',
      'skull',
      'intracranial vessels',
      'neck',
      'carotid arteries',
      'neck vessels',
      'cervical spine',
    );
  else if (has('brain', 'skull')) become('intracranial vessels', 'brain', 'skull');
  else if (has('neck') || (has('carotid arteries') && modality !== 'US' && modality !== 'XA'))
    become('neck vessels', 'neck', 'carotid arteries');
  if (
    has('aorta', 'abdomen', 'abdomen and pelvis', 'pelvis') &&
    has('lower extremity', 'leg arteries', 'lower leg') &&
    !vein
  ) {
    become(
      'abdominal aorta and leg arteries',
      'aorta',
      'abdomen',
      'abdomen and pelvis',
      'pelvis',
      'lower extremity',
      'leg arteries',
      'lower leg',
    );
  }
  if (has('aorta') && has('chest') && !has('abdomen', 'abdomen and pelvis')) become('thoracic aorta', 'aorta', 'chest');
  if (has('lower extremity', 'lower leg', 'thigh')) {
    if (vein) become('leg veins', 'lower extremity', 'lower leg', 'thigh');
    else if (artery || angio) become('leg arteries', 'lower extremity', 'lower leg', 'thigh');
  }
  if (has('kidney') && !signs.has('transplant')) become('renal vessels', 'kidney');
  if (has('lung') && (artery || angio)) become('pulmonary arteries', 'lung', 'chest');
  return parts;
}

/** Parts of the trunk, and levels of the spine, that make one examination. */
function summed(parts: Set<string>): Set<string> {
  const has = (name: string): boolean => parts.has(name);
  const chest =
    has('chest') ||
    has('chest and abdomen') ||
    has('chest, abdomen and pelvis') ||
    has('neck, chest, abdomen and pelvis');
  const abdomen =
    has('abdomen') ||
    has('abdomen and pelvis') ||
    has('chest and abdomen') ||
    has('chest, abdomen and pelvis') ||
    has('neck, chest, abdomen and pelvis');
  const pelvis =
    has('pelvis') ||
    has('abdomen and pelvis') ||
    has('chest, abdomen and pelvis') ||
    has('neck, chest, abdomen and pelvis');
  const neck = has('neck') || has('neck, chest, abdomen and pelvis');
  if ([chest, abdomen, pelvis].filter(Boolean).length > 1) {
    for (const name of [
      'chest',
      'abdomen',
      'pelvis',
      'abdomen and pelvis',
      'chest and abdomen',
      'chest, abdomen and pelvis',
      'neck, chest, abdomen and pelvis',
    ])
      parts.delete(name);
    if (chest && abdomen && neck) {
      parts.delete('neck');
      parts.add('neck, chest, abdomen and pelvis');
    } else if (chest && abdomen) parts.add(pelvis ? 'chest, abdomen and pelvis' : 'chest and abdomen');
    else if (abdomen) parts.add('abdomen and pelvis');
    else for (const name of ['chest', 'pelvis']) parts.add(name);
  }
  const [cervical, thoracic, lumbar] = [has('cervical spine'), has('thoracic spine'), has('lumbar spine')];
  if (cervical && lumbar && thoracic) {
    for (const name of ['cervical spine', 'thoracic spine', 'lumbar spine']) parts.delete(name);
    parts.add('spine');
  } else if (thoracic && lumbar) {
    parts.delete('thoracic spine');
    parts.delete('lumbar spine');
    parts.add('thoracolumbar spine');
  }
  return parts;
}

/** What the modality and the kind of examination make of a part. */
function specialised(parts: Set<string>, signs: ReadonlySet<string>, modality: string): Set<string> {
  const has = (...names: string[]): boolean => names.every((name) => parts.has(name));
  const become = (name: string, ...from: string[]): void => {
    for (const part of from) parts.delete(part);
    parts.add(name);
  };
  if (signs.has('pulmonary embolus') && has('chest')) become('pulmonary arteries', 'chest', 'lung');
  if (signs.has('calcium') && modality === 'CT') become('coronary arteries', 'heart', 'chest');
  if (modality === 'US' && has('abdomen and pelvis')) become('abdomen', 'abdomen and pelvis');
  if (parts.size === 0 && signs.has('picc')) parts.add('upper extremity');
  if (parts.size === 0 && signs.has('transvaginal')) parts.add('pelvis');
  if (parts.size === 0 && signs.has('transrectal')) parts.add('prostate');
  if (parts.size === 0 && signs.has('stone') && modality === 'CT') parts.add('kidney');
  // `echo` is ultrasound of the heart where nothing else is named.
  if (signs.has('echocardiography') && parts.size > 1 && !has('chest')) parts.delete('heart');
  if (modality === 'XR' && signs.has('stone') && has('urinary tract')) become('abdomen', 'urinary tract');
  if (has('kidney', 'bladder')) become('urinary tract', 'kidney', 'bladder');
  if (has('stomach', 'esophagus')) become('upper gastrointestinal tract', 'stomach', 'esophagus');
  if (has('fetus') && modality === 'US') become('pregnancy', 'fetus', 'pelvis', 'uterus');
  if (has('lung') && (modality === 'CT' || modality === 'XR' || modality === 'MR') && !signs.has('biopsy'))
    become('chest', 'lung');
  if (
    signs.has('density') &&
    (parts.size === 0 || has('hip') || has('skeleton') || has('lumbar spine') || has('femur') || has('spine'))
  ) {
    become('axial skeleton', 'hip', 'skeleton', 'lumbar spine', 'femur', 'spine', 'pelvis');
  }
  if (signs.has('bone age') && modality === 'XR') become('hand', 'skeleton', 'wrist');
  if (signs.has('scoliosis') && has('spine')) become('thoracolumbar spine', 'spine');
  if (has('thoracolumbar spine') && parts.size > 1) {
    for (const level of ['spine', 'lumbar spine', 'thoracic spine']) parts.delete(level);
  }
  if (has('skeleton') && has('whole body')) parts.delete('whole body');
  return parts;
}
