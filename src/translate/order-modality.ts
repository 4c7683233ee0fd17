// Which modality an order is for: what the sender writes as one (DICOM PS3.16 CID 29, or HL7 table 0074, which names the
// section that does it), else the word that the name of the procedure begins with.

/** CID 29 as far as anybody schedules it. */
const modalities: ReadonlySet<string> = new Set(
  'AR BI BMD CR CT DG DX ECG EPS ES GM HD IO IVOCT IVUS KER LEN LS MG MR NM OAM OCT OP OPM OPT OPV OSS OT PT PX RF RG RTIMAGE SM SRF TG US VA XA XC'.split(
    ' ',
  ),
);

/** Table 0074, and what else is written for a modality. */
const otherNames: Readonly<Record<string, string>> = {
  ANGIO: 'XA',
  CATH: 'XA',
  CUS: 'US',
  DXA: 'BMD',
  ECHO: 'US',
  MA: 'MG',
  MAMMO: 'MG',
  MRI: 'MR',
  MRT: 'MR',
  NMR: 'MR',
  NMS: 'NM',
  OUS: 'US',
  PET: 'PT',
  RTUS: 'US',
  RUS: 'US',
  RX: 'DX',
  SONO: 'US',
  VUS: 'US',
  XR: 'DX',
  XRAY: 'DX',
  XRC: 'RF',
};

/** Table 0074: sections that make no images. An order for them is not ours. */
const otherSections: ReadonlySet<string> = new Set(
  'AU BG BLB CG CH CP CTH HM ICU IMM LAB MB MCB MYC NRS OBS PAR PAT PHR PHY RC SP TX VR'.split(' '),
);

export const isModality = (text: string): boolean => modalities.has(text);

/** undefined where the text names none. */
export function modalityOf(text: string): string | undefined {
  const code = text.trim().toUpperCase();
  return modalities.has(code) ? code : otherNames[code];
}

/** Of a procedure in words: `CT Chest`, `MRI-BRAIN`. */
export function modalityOfWords(words: string): string | undefined {
  const [first = ''] = words.split(/[\s\-_/,:(]/);
  return modalityOf(first);
}

export const isOtherSection = (text: string): boolean => otherSections.has(text.trim().toUpperCase());
