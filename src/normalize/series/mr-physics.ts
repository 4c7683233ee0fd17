// What the physics of an MR series tells of its kind: echo, repetition and inversion times, flip angle, b-value. Numbers are in
// milliseconds and degrees; the ranges are those of clinical protocols at 1.5 and 3 tesla.

import type { MrClass, MrHeader } from './mr-header.ts';

export interface Physics {
  kind: MrClass | undefined;
  /** No other kind has such values. */
  certain: boolean;
}

const certainly = (kind: MrClass): Physics => ({ kind, certain: true });
const perhaps = (kind: MrClass | undefined): Physics => ({ kind, certain: false });

export function ofPhysics(header: MrHeader): Physics {
  const { scanningSequence, imageType } = header;
  if (/DwiSE|diff|dwi/i.test(header.sequenceName) || (header.bValue ?? 0) >= 50 || imageType.includes('DIFFUSION'))
    return ofDiffusion(header);
  if (scanningSequence.includes('EP') || /^\*?epfid|fepi|feepi/i.test(header.sequenceName)) return ofEchoPlanar(header);
  const inversion = ofInversion(header);
  if (inversion !== undefined) return inversion;
  if (
    scanningSequence.includes('GR') ||
    /^(\*?(fl|fi|tfl|tfi|fe|tf))[23]d/i.test(header.sequenceName) ||
    /^(FE|FFE|T1TFE|TFE)/i.test(header.sequenceName)
  )
    return ofGradientEcho(header);
  return scanningSequence.includes('SE') || scanningSequence.includes('IR') ? ofSpinEcho(header) : perhaps(undefined);
}

function ofDiffusion({ bValue }: MrHeader): Physics {
  return { kind: 'DWI', certain: (bValue ?? 0) >= 50 };
}

function ofEchoPlanar({
  scanningSequence,
  echoTimeMs: te,
  repetitionTimeMs: tr,
  contrastAgent,
  flipAngleDegrees: flip,
  sequenceVariant,
  imageType,
}: MrHeader): Physics {
  if (imageType.includes('PERFUSION')) return certainly('PERFUSION-DSC');
  if (te === undefined || tr === undefined) return perhaps('DWI');
  if (scanningSequence.includes('SE') || (te > 55 && tr > 3000)) return perhaps(te > 45 ? 'DWI' : 'BOLD');
  if (contrastAgent !== '' && tr < 2200) return perhaps('PERFUSION-DSC');
  if (te >= 18 && te <= 60)
    return perhaps(
      tr >= 1000 && (flip ?? 90) >= 50 ? (tr < 1750 && contrastAgent !== '' ? 'PERFUSION-DSC' : 'BOLD') : 'BOLD',
    );
  return perhaps(sequenceVariant.includes('SS') ? 'T2*' : te > 60 ? 'DWI' : 'BOLD');
}

/** Inversion times null fat (STIR), fluid (FLAIR), or weight a gradient echo by T1 (MPRAGE). */
function ofInversion(header: MrHeader): Physics | undefined {
  const { inversionTimeMs: ti, echoTimeMs: te, repetitionTimeMs: tr, scanningSequence } = header;
  if (ti === undefined || ti <= 0) return undefined;
  const gradient = scanningSequence.includes('GR');
  if (gradient && (te ?? 0) < 12) return ti >= 300 ? certainly('T1') : perhaps(undefined);
  if (ti >= 80 && ti <= 300 && (tr ?? 0) >= 1500) return certainly('STIR');
  if (ti >= 1400 && (te ?? 0) >= 60) return certainly('FLAIR');
  if (ti >= 400 && ti < 1400 && (te ?? 100) <= 45) return certainly('T1');
  return undefined;
}

function ofSpinEcho({ echoTimeMs: te, repetitionTimeMs: tr, acquisitionType, bodyPart }: MrHeader): Physics {
  if (te === undefined || tr === undefined) return perhaps(undefined);
  if (te >= 400 && tr >= 1500)
    return perhaps(/abd|liver|leber|panc|pelv|bil|upper/i.test(bodyPart) || te >= 550 ? 'MRCP' : 'T2');
  if (te >= 58) return { kind: 'T2', certain: tr >= 1000 };
  if (te <= 35 && tr <= 1100) return { kind: 'T1', certain: te <= 25 && tr <= 950 };
  if (tr >= 1300 && te <= 50)
    return { kind: 'PD', certain: tr >= 1700 && te >= 8 && te <= 48 && acquisitionType !== '3D' };
  return perhaps(te > 50 ? 'T2' : tr < 1300 ? 'T1' : 'PD');
}

function ofGradientEcho(header: MrHeader): Physics {
  const {
    echoTimeMs: te,
    repetitionTimeMs: tr,
    flipAngleDegrees: flip,
    acquisitionType,
    sequenceVariant,
    scanOptions,
    contrastAgent,
    imageType,
    sequenceName,
  } = header;
  if (te === undefined || tr === undefined) return perhaps(undefined);
  const volume = acquisitionType === '3D';
  if (
    scanOptions.some((option) => /^(PC|VENC|PHASE_CONTRAST|FLOW_ENC)/.test(option)) ||
    /pc/i.test(sequenceName) ||
    imageType.some((value) => /VELOCITY|^PCA$|^FLOW/.test(value))
  )
    return perhaps('PC-MRA');
  if (scanOptions.includes('TONE') || /fi[23]d|tof/i.test(sequenceName)) return perhaps('TOF-MRA');
  if (/swi|swan/i.test(sequenceName)) return certainly('SWI');
  if (sequenceVariant.includes('SS') && (flip ?? 0) >= 30 && tr < 8) return perhaps(volume ? 'T2' : 'CINE');
  if (te >= 12) return perhaps(volume && tr < 80 && te >= 16 ? 'SWI' : 'T2*');
  if (volume) {
    // Inflow is imaged with the shortest echo, at most the second in which water and fat are opposed.
    if (tr >= 15 && tr <= 60 && te > 7.3) return perhaps('SWI');
    if (tr >= 15 && tr <= 45 && te >= 2.2 && (flip ?? 0) >= 12) return perhaps('TOF-MRA');
    if (te <= 1.9 && tr <= 5 && (flip ?? 0) >= 18 && contrastAgent !== '') return perhaps('CE-MRA');
    return perhaps('T1');
  }
  if (tr >= 15 && tr <= 40 && te >= 4 && (flip ?? 0) >= 40) return perhaps('TOF-MRA');
  if (tr <= 20 && te <= 8) return perhaps('LOCALIZER');
  if (tr >= 80 && tr <= 500 && te <= 8) return perhaps('T1');
  return perhaps(te >= 8 ? 'T2*' : 'T1');
}
