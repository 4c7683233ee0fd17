// How sharp a CT image was reconstructed, by the vendor's name of the convolution kernel (0018,1210).

import type { CtHeader } from './ct-header.ts';

export type Sharpness = 'smooth' | 'sharp' | 'lung';

/** Vendors' kernels: Siemens numbers by sharpness, GE by names, Philips by letters, Canon by FC numbers. */
export function sharpnessOf({ kernel, manufacturer }: CtHeader): Sharpness | undefined {
  const name = kernel.trim().toUpperCase();
  if (name === '') return undefined;
  if (/LUNG/.test(name)) return 'lung';
  if (/BONE|EDGE|DETAIL\+|ULTRA|HD ?BONE|INNER/.test(name)) return 'sharp';
  if (/STANDARD|SOFT|DETAIL|STND|CHST|HD ?STND|BRAIN|SMOOTH|CHEST/.test(name)) return 'smooth';
  const siemens = /^(BL|BR|BV|HR|HC|HV|QR|QC|UR|UB|UH|[BHUTDIJSE])(\d{2})/.exec(name);
  if (siemens !== null && !/TOSHIBA|CANON/i.test(manufacturer))
    return sharpnessOfSiemens(siemens[1]!, Number(siemens[2]));
  const canon = /^FC(\d{2})/.exec(name);
  if (canon !== null) return sharpnessOfCanon(Number(canon[1]));
  if (/^(YA|YB|YC|YD|YE|YF|L|LA|LB)$/.test(name)) return /^L/.test(name) ? 'lung' : 'sharp';
  if (/^(D|E|DX|EC|EB|U[A-D])$/.test(name)) return name === 'UB' || name === 'UA' ? 'smooth' : 'sharp';
  return 'smooth';
}

function sharpnessOfSiemens(family: string, number: number): Sharpness {
  if (family === 'BL') return number >= 50 ? 'lung' : 'smooth';
  return number >= 50 && family !== 'T' ? 'sharp' : 'smooth';
}

/** FC01-FC29 soft, FC30-FC39 and FC80s bone, FC50s lung, FC60s smooth brain. */
function sharpnessOfCanon(number: number): Sharpness {
  if (number >= 50 && number <= 59) return 'lung';
  return (number >= 30 && number <= 39) || (number >= 80 && number <= 91) ? 'sharp' : 'smooth';
}
