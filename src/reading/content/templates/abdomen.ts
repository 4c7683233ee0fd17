// Abdomen.

import { comparison, contrast, dose, impression, indication, ours, size, technique, usually } from './common.ts';

const organs = [
  usually('liver', 'Liver', 'Normal size. No focal lesion.'),
  usually('gallbladder', 'Gallbladder and bile ducts', 'No stones. No dilatation.'),
  usually('pancreas', 'Pancreas', 'Normal.'),
  usually('spleen', 'Spleen', 'Normal size.'),
  usually('kidneys', 'Kidneys', 'Normal. No hydronephrosis.'),
];
const ofOrgans =
  'Liver: {{liver}}\nGallbladder and bile ducts: {{gallbladder}}\nPancreas: {{pancreas}}\nSpleen: {{spleen}}\nKidneys: {{kidneys}}';

export const ctAbdomen = ours({
  title: 'CT abdomen and pelvis',
  modalities: ['CT'],
  regions: ['ABDOMEN', 'PELVIS'],
  procedures: ['36952-0^LN', '36813-4^LN', '41806-1^LN'],
  sections: [
    indication,
    technique('CT of the abdomen and pelvis, contrast: {{contrast}}.\nRadiation: {{dose}}.', contrast, dose),
    comparison,
    {
      kind: 'findings',
      text: [
        ofOrgans,
        'Adrenals: {{adrenals}}',
        'Bowel: {{bowel}}',
        'Appendix: {{appendix}}',
        'Vessels: {{vessels}}',
        'Aortic diameter: {{aorta}}.',
        'Peritoneum and lymph nodes: {{peritoneum}}',
        'Pelvic organs: {{pelvis}}',
        'Bones: {{bones}}',
        '{{other}}',
      ].join('\n'),
      fields: [
        ...organs,
        usually('adrenals', 'Adrenals', 'Normal.'),
        usually('bowel', 'Bowel', 'No obstruction. No wall thickening.'),
        usually('appendix', 'Appendix', ''),
        usually('vessels', 'Vessels', 'Patent.'),
        { ...size('aorta', 'Aortic diameter'), maximum: 150 },
        usually('peritoneum', 'Peritoneum and lymph nodes', 'No free fluid. No free air. No enlarged nodes.'),
        usually('pelvis', 'Pelvic organs', ''),
        usually('bones', 'Bones', 'No acute finding.'),
        usually('other', 'Other', ''),
      ],
    },
    impression,
  ],
  macros: [
    { name: 'normal', text: 'No acute abnormality of the abdomen and pelvis.' },
    { name: 'stone', text: '<<Right>> <<distal>> ureteric stone, <<0>> mm, with <<mild>> hydronephrosis.' },
  ],
});

export const ultrasoundAbdomen = ours({
  title: 'Ultrasound abdomen',
  modalities: ['US'],
  regions: ['ABDOMEN'],
  procedures: ['24558-9^LN', '45036-8^LN'],
  sections: [
    indication,
    comparison,
    {
      kind: 'findings',
      text: `${ofOrgans}\nCommon bile duct: {{cbd}}.\nRight kidney, length: {{right-kidney}}.\nLeft kidney, length: {{left-kidney}}.\nAorta: {{aorta}}.\nFree fluid: {{fluid}}\n{{other}}`,
      fields: [
        ...organs,
        { ...size('cbd', 'Common bile duct'), maximum: 60 },
        { ...size('right-kidney', 'Right kidney'), maximum: 300 },
        { ...size('left-kidney', 'Left kidney'), maximum: 300 },
        { ...size('aorta', 'Aorta'), maximum: 150 },
        usually('fluid', 'Free fluid', 'None.'),
        usually('other', 'Other', ''),
      ],
    },
    impression,
  ],
  macros: [{ name: 'normal', text: 'Normal ultrasound of the abdomen.' }],
});
