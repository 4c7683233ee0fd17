// Chest.

import {
  choice,
  comparison,
  contrast,
  dose,
  impression,
  indication,
  ours,
  size,
  technique,
  usually,
} from './common.ts';

const heart = usually('heart', 'Heart and mediastinum', 'Normal size and contours.');
const bones = usually('bones', 'Bones and soft tissues', 'No fracture.');
const other = usually('other', 'Other', '');

export const chestRadiograph = ours({
  title: 'Chest radiograph',
  modalities: ['DX', 'CR'],
  regions: ['CHEST'],
  procedures: ['36643-5^LN', '30745-4^LN', '42272-5^LN'],
  sections: [
    indication,
    technique(
      'Chest radiograph, {{projection}}.',
      choice('projection', 'Projection', 'PA', 'PA and lateral', 'AP', 'AP supine'),
    ),
    comparison,
    {
      kind: 'findings',
      text: 'Devices: {{devices}}\nLungs: {{lungs}}\nPleura: {{pleura}}\nHeart and mediastinum: {{heart}}\nBones: {{bones}}\n{{other}}',
      fields: [
        usually('devices', 'Devices', ''),
        usually('lungs', 'Lungs', 'Clear.'),
        usually('pleura', 'Pleura', 'No effusion. No pneumothorax.'),
        heart,
        bones,
        other,
      ],
    },
    impression,
  ],
  macros: [
    { name: 'normal', text: 'No acute cardiopulmonary abnormality.' },
    { name: 'tube', text: 'Endotracheal tube <<4>> cm above the carina.' },
  ],
});

const nodule = [
  { ...choice('nodule-kind', 'Nodule', 'none', 'solid', 'part-solid', 'ground-glass', 'several'), element: 'RDE1301' },
  usually('nodule-place', 'Nodule, lobe', ''),
  { ...size('nodule-size', 'Mean diameter'), element: 'RDE1302' },
];

export const ctChest = ours({
  title: 'CT chest',
  modalities: ['CT'],
  regions: ['CHEST'],
  focuses: ['chest', 'lung'],
  procedures: ['24627-2^LN', '24628-0^LN', '29252-4^LN'],
  sections: [
    indication,
    technique('CT of the chest, contrast: {{contrast}}.\nRadiation: {{dose}}.', contrast, dose),
    comparison,
    {
      kind: 'findings',
      text: [
        'Lungs and airways: {{lungs}}',
        'Nodule: {{nodule-kind}} {{nodule-place}}',
        'Mean diameter: {{nodule-size}}.',
        'Pleura: {{pleura}}',
        'Mediastinum and hila: {{mediastinum}}',
        'Heart and great vessels: {{heart}}',
        'Upper abdomen: {{abdomen}}',
        'Bones: {{bones}}',
        '{{other}}',
      ].join('\n'),
      fields: [
        usually('lungs', 'Lungs and airways', 'Clear.'),
        ...nodule,
        usually('pleura', 'Pleura', 'No effusion. No pneumothorax.'),
        usually('mediastinum', 'Mediastinum and hila', 'No enlarged lymph nodes.'),
        heart,
        usually('abdomen', 'Upper abdomen', 'Normal as far as it is shown.'),
        bones,
        other,
      ],
    },
    impression,
  ],
  macros: [{ name: 'normal', text: 'Normal CT of the chest.' }],
});

export const ctPulmonary = ours({
  title: 'CT of the pulmonary arteries',
  modalities: ['CT'],
  regions: ['CHEST'],
  focuses: ['pulmonary arteries'],
  procedures: ['79077-4^LN'],
  sections: [
    indication,
    technique('CT angiography of the pulmonary arteries.\nRadiation: {{dose}}.', dose),
    comparison,
    {
      kind: 'findings',
      text: [
        'Opacification: {{quality}}.',
        'Filling defects: {{defects}}. {{defects-text}}',
        'Ratio of right to left ventricle: {{rv-lv}}.',
        'Lungs and pleura: {{lungs}}',
        'Mediastinum: {{mediastinum}}',
        '{{other}}',
      ].join('\n'),
      fields: [
        choice('quality', 'Opacification', 'good', 'adequate', 'not diagnostic'),
        choice('defects', 'Filling defects', 'none', 'subsegmental', 'segmental', 'lobar', 'central'),
        usually('defects-text', 'Filling defects, in words', ''),
        { name: 'rv-lv', label: 'RV/LV', type: 'number', unit: '1', minimum: 0, maximum: 5 },
        usually('lungs', 'Lungs and pleura', 'Clear. No effusion.'),
        usually('mediastinum', 'Mediastinum', 'No enlarged lymph nodes.'),
        other,
      ],
    },
    impression,
  ],
  macros: [{ name: 'normal', text: 'No pulmonary embolism to the segmental level.' }],
});
