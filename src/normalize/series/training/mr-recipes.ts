// Recipes of MR series: for each kind its physics within the ranges of clinical protocols, the values its Image Type has, and
// the names radiographers give it.

import type { MrClass } from '../mr-header.ts';

export type Range = readonly [number, number];

export interface Recipe {
  kind: MrClass;
  scanningSequence: string[];
  sequenceVariant: string;
  dimension: '2D' | '3D';
  echoTimeMs: Range;
  repetitionTimeMs: Range;
  inversionTimeMs: Range | undefined;
  flipAngleDegrees: Range;
  bValues: number[];
  /** Values three and on of Image Type; the first two are ORIGINAL PRIMARY unless it is derived. */
  type: string[];
  derived: boolean;
  agent: boolean;
  names: string[];
}

/** kind | sequence | variant | dimension | TE | TR | TI | flip | b | type | derived, agent | names */
const table = `
T1 | SE | | 2D | 7-24 | 380-900 | | 70-150 | | | | T1, t1_tse, T1W SE, T1 SE AX, t1_se_tra, T1 FSE
T1 | GR | | 3D | 2-4.6 | 1600-2400 | 800-1100 | 7-12 | | | | MPRAGE, t1_mprage_sag, 3D T1 TFE, BRAVO, T1 3D
T1 | GR | | 3D | 1-2.6 | 3.5-7 | | 9-15 | | | | VIBE PRE, LAVA pre, t1_vibe_fs_pre, THRIVE, t1_vibe
T1 | GR | SS\\SP | 3D | 2.2-4.6 | 7.1-12 | | 7-14 | | | | T1 TFE, sT1W_3D_TFE, 3D T1 FFE, FSPGR 3D, IR-SPGR
T1-Gd | GR | SS\\SP | 3D | 2.2-4.6 | 7.1-12 | | 7-14 | | | agent | T1 TFE GD, 3D T1 FFE +C, FSPGR 3D POST
T1 | GR | | 2D | 2-6 | 90-260 | | 60-80 | | | | T1 FLASH, t1_fl2d_tra, FSPGR T1, T1 FFE
T1 | SE\\IR | | 2D | 7-25 | 1700-2800 | 650-1150 | 90-150 | | | | T1 FLAIR, t1_tirm, T1 IR TSE
T1-Gd | SE | | 2D | 7-24 | 380-900 | | 70-150 | | | agent | T1 GD, t1_tse_km, T1 POST, T1W +C, T1 C+, t1_se_fs_gd
T1-Gd | GR | | 3D | 2-4.6 | 1600-2400 | 800-1100 | 7-12 | | | agent | MPRAGE POST, MPRAGE GD, 3D T1 GD
T1-Gd | GR | | 3D | 1-2.6 | 3.5-7 | | 9-15 | | | agent | VIBE POST, LAVA portal venous, THRIVE delayed, t1_vibe_fs_post
T2 | SE | SK | 2D | 70-130 | 2200-6500 | | 90-180 | | | | T2, t2_tse, T2W TSE, T2 FRFSE, T2 BLADE, t2_tse_fs, SSFSE, HASTE
T2 | SE | SK | 3D | 90-420 | 1200-3500 | | 100-180 | | | | T2 SPACE, CUBE T2, 3D T2 VISTA
PD | SE | SK | 2D | 10-45 | 1800-4800 | | 90-180 | | | | PD, PD FS, pd_tse, PDW, PROTON DENSITY, DP
FLAIR | IR | SK | 2D | 80-150 | 6000-11000 | 1900-2900 | 90-180 | | | | FLAIR, t2_flair, T2 FLAIR FS, dark fluid, t2_tirm_dark-fluid
FLAIR | SE\\IR | SK | 3D | 110-420 | 4500-8000 | 1500-2400 | 90-180 | | | | FLAIR 3D, CUBE FLAIR, SPACE FLAIR
STIR | SE\\IR | SK | 2D | 20-100 | 2500-7500 | 120-240 | 90-180 | | | | STIR, tirm_cor, t2_stir, STIR LONG TE
T2* | GR | | 2D | 9-30 | 300-1100 | | 12-35 | | | | T2*, t2_fl2d_hemo, GRE T2*, MERGE, medic, T2 FFE
SWI | GR | | 3D | 7.6-11.5 | 18-40 | | 10-20 | | | | SWI, SWIp, VenBOLD
SWI | GR | | 3D | 18-42 | 26-60 | | 10-20 | | | | SWI, SWAN, Mag_Images, SWIp, VenBOLD
DWI | EP | | 2D | 52-105 | 2800-9500 | | 90-90 | 50 400 500 800 1000 1400 | | | DWI, ep2d_diff, diffusion, b1000, resolve
DTI | EP | | 2D | 60-105 | 4500-12000 | | 90-90 | 800 1000 2000 | | | DTI, ep2d_diff_mddw_30, DTI 32 dir, tensor
ADC | EP | | 2D | 52-105 | 2800-9500 | | 90-90 | | ADC | derived | ADC, ep2d_diff_ADC, dADC, Apparent Diffusion Coefficient
TRACE | EP | | 2D | 52-105 | 2800-9500 | | 90-90 | | TRACEW | derived | TRACE, ep2d_diff_TRACEW, isotropic, DWI iso
FA | EP | | 2D | 60-105 | 4500-12000 | | 90-90 | | FA | derived | FA, ColFA, FA map, fractional anisotropy
BOLD | EP | | 2D | 24-42 | 1200-3200 | | 60-90 | | | | BOLD, fMRI rest, ep2d_bold_moco, resting state
PERFUSION-DSC | EP | | 2D | 25-48 | 1000-2100 | | 50-90 | | | agent | perfusion, ep2d_perf, DSC, PWI
PERFUSION-DCE | GR | | 3D | 0.9-2.4 | 2.6-6 | | 9-25 | | | agent | DCE, dynamic, DISCO, dyn vibe, perfusion DCE
ASL | SE | SK | 3D | 9-22 | 3800-5500 | 1500-2100 | 110-180 | | ASL | | ASL, pCASL, 3D ASL, PASL
TOF-MRA | GR | | 3D | 2.4-7 | 18-38 | | 15-25 | | | | TOF, 3D TOF, tof_fl3d, MRA TOF
TOF-MRA | GR | | 2D | 4-9 | 18-40 | | 45-75 | | | | 2D TOF, TOF neck
PC-MRA | GR | | 2D | 2.4-7 | 15-60 | | 8-30 | | | | PC, venc 150, flow quant, phase contrast, Q flow
CE-MRA | GR | | 3D | 0.9-1.8 | 2.4-4.8 | | 18-40 | | | agent | CE MRA, angio gd, TWIST, TRICKS, fl3d_ce
CINE | GR | SS | 2D | 1-1.9 | 2.4-4.5 | | 40-80 | | | | cine, SAX cine, 4CH, tf2d_retro, FIESTA cine, LVOT
LOCALIZER | GR | | 2D | 1.4-7 | 4-20 | | 8-45 | | | | localizer, loc, scout, 3-plane, survey, Localizador
MAPPING | GR | | 2D | 1-10 | 2.5-400 | | 5-60 | | T1 MAP | derived | T1 map, T2 map, MOLLI, ECV map, T2* map
MRCP | SE | SK | 3D | 550-850 | 1800-6500 | | 90-180 | | | | MRCP, 3D MRCP, thick slab, mrcp_rad
MRCP | SE | SK | 2D | 600-1100 | 2000-8000 | | 90-180 | | | | MRCP, thick slab MRCP
SPECTROSCOPY | SE | | 2D | 28-290 | 1400-2200 | | 90-90 | | SPECTROSCOPY | | MRS, svs_se_30, csi, PRESS, spectro
FIELDMAP | GR | | 2D | 4.5-10 | 400-800 | | 45-60 | | | | field map, gre_field_mapping, B0 map
DIXON-W | GR | | 3D | 1.2-2.8 | 3.6-7 | | 9-15 | | DIXON\\WATER | | t1_vibe_dixon_W, LAVA FLEX water, mDIXON W, dixon
DIXON-F | GR | | 3D | 1.2-2.8 | 3.6-7 | | 9-15 | | DIXON\\FAT | | t1_vibe_dixon_F, LAVA FLEX fat, mDIXON F, dixon
DIXON-IN | GR | | 3D | 1.2-4.9 | 3.6-7 | | 9-15 | | DIXON\\IN_PHASE | | t1_vibe_dixon_in, in phase, mDIXON IP, dixon
DIXON-OUT | GR | | 3D | 1.2-2.8 | 3.6-7 | | 9-15 | | DIXON\\OPP_PHASE | | t1_vibe_dixon_opp, out of phase, mDIXON OP, dixon
DERIVED | GR | | 3D | 2.4-7 | 3-35 | | 8-25 | | MIP | derived | MIP, TOF MIP, SUB, MPR cor
DERIVED | EP | | 2D | 25-48 | 1000-2100 | | 60-90 | | TTP | derived | TTP, rCBV, MTT
OTHER | GR | | 2D | 0.8-3 | 2-12 | | 1-10 | | | | calibration, ASSET cal, CoilSurvey, RefScan
`;

export const recipes: readonly Recipe[] = table.trim().split('\n').map(read);

function read(line: string): Recipe {
  const [kind, sequence, variant, dimension, te, tr, ti, flip, b, type, marks, names] = line
    .split('|')
    .map((cell) => cell.trim()) as string[];
  const gradient = sequence === 'GR';
  return {
    kind: kind as MrClass,
    scanningSequence: sequence!.split('\\'),
    sequenceVariant: variant || (gradient ? 'SP' : 'NONE'),
    dimension: dimension as '2D' | '3D',
    echoTimeMs: range(te!)!,
    repetitionTimeMs: range(tr!)!,
    inversionTimeMs: range(ti!),
    flipAngleDegrees: range(flip!)!,
    bValues: b === '' ? [] : b!.split(' ').map(Number),
    type: type === '' ? [] : type!.split('\\'),
    derived: marks!.includes('derived'),
    agent: marks!.includes('agent'),
    names: names!.split(', '),
  };
}

function range(text: string): Range | undefined {
  const [least, most] = text.split('-').map(Number);
  return text === '' ? undefined : [least!, most!];
}
