// In which plane a series lies: of the volume for 3D acquisitions, of the slices otherwise (PS3.3 C.7.6.2.1.1); by the text
// where no orientation is given.

import type { MrHeader, Plane } from './mr-header.ts';

const limits = {
  /** Cosine of the slice normal with an axis from which the plane has that axis' name. */
  aligned: 0.85,
};

const planes = ['sagittal', 'coronal', 'axial'] as const;

const words: [RegExp, Plane][] = [
  [/(^|[^a-z])(obl|oblique|schr[aä]g|lax|sax|4ch|2ch|3ch|rv|lvot|short axis|long axis)/, 'oblique'],
  [/(^|[^a-z])(tra|ax|axial|trans|transvers|transversal|axiaal|assiale|axiale?|横断|轴位|軸位|tr)([^a-z]|$)/, 'axial'],
  [/(^|[^a-z])(sag|sagittal|sagittale|sagital|矢状|sagitaal)/, 'sagittal'],
  [/(^|[^a-z])(cor|coronal|koronar|coronale|frontal|冠状|coronaal|kor)/, 'coronal'],
];

/** Made from the volume in another plane: its slices count, not the acquisition. */
export const isReformat = (imageType: readonly string[]): boolean =>
  imageType.some((value) =>
    /^(MPR|MIP|MINIP|MNIP|REFORMATTED|PROJECTION IMAGE|PROJECTION|CPR|VRT|RECON|MEAN|MIN IP)$/.test(value),
  );

export function planeOf({ acquisitionType, imageType, orientation, seriesDescription, protocolName }: MrHeader): Plane {
  if (acquisitionType === '3D' && !isReformat(imageType)) return '3d';
  return planeOfSlices(orientation) ?? planeOfText(seriesDescription) ?? planeOfText(protocolName) ?? 'unknown';
}

function planeOfSlices(orientation: readonly number[]): Plane | undefined {
  if (orientation.length !== 6 || orientation.some((cosine) => !Number.isFinite(cosine))) return undefined;
  const [a, b, c, d, e, f] = orientation as [number, number, number, number, number, number];
  const normal = [b * f - c * e, c * d - a * f, a * e - b * d].map(Math.abs);
  const most = Math.max(...normal);
  if (most === 0) return undefined;
  return most / Math.hypot(...normal) >= limits.aligned ? planes[normal.indexOf(most)]! : 'oblique';
}

function planeOfText(text: string): Plane | undefined {
  const folded = text.toLowerCase().replaceAll('_', ' ');
  return words.find(([pattern]) => pattern.test(folded))?.[1];
}
