// Head and brain.

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

export const ctHead = ours({
  title: 'CT head',
  modalities: ['CT'],
  regions: ['HEAD'],
  focuses: ['brain', 'head'],
  procedures: ['30799-1^LN', '24725-4^LN', '24726-2^LN'],
  sections: [
    indication,
    technique('CT of the head, contrast: {{contrast}}.\nRadiation: {{dose}}.', contrast, dose),
    comparison,
    {
      kind: 'findings',
      text: [
        'Haemorrhage: {{haemorrhage}}. {{haemorrhage-text}}',
        'Largest thickness: {{haemorrhage-size}}.',
        'Midline shift: {{shift}}.',
        'Parenchyma: {{parenchyma}}',
        'Ventricles and cisterns: {{ventricles}}',
        'Bones and sinuses: {{bones}}',
        '{{other}}',
      ].join('\n'),
      fields: [
        choice(
          'haemorrhage',
          'Haemorrhage',
          'none',
          'subdural',
          'epidural',
          'subarachnoid',
          'intraparenchymal',
          'intraventricular',
          'several',
        ),
        usually('haemorrhage-text', 'Haemorrhage, in words', ''),
        size('haemorrhage-size', 'Largest thickness'),
        { ...size('shift', 'Midline shift'), maximum: 50 },
        usually('parenchyma', 'Parenchyma', 'Grey-white differentiation is preserved. No mass.'),
        usually('ventricles', 'Ventricles and cisterns', 'Normal for age.'),
        usually('bones', 'Bones and sinuses', 'No fracture. Clear sinuses and mastoids.'),
        usually('other', 'Other', ''),
      ],
    },
    impression,
  ],
  macros: [
    { name: 'normal', text: 'No acute intracranial abnormality.' },
    {
      name: 'sdh',
      text: 'Acute <<left>> <<frontal>> subdural haematoma, <<0>> mm, with <<0>> mm midline shift.',
    },
    { name: 'aspects', text: 'ASPECTS <<10>>: <<no early ischaemic change>>.' },
  ],
});

export const mrBrain = ours({
  title: 'MR brain',
  modalities: ['MR'],
  regions: ['HEAD'],
  focuses: ['brain', 'head'],
  procedures: ['24590-2^LN', '24587-8^LN', '24589-4^LN'],
  sections: [
    indication,
    technique('MR of the brain, contrast: {{contrast}}.', contrast),
    comparison,
    {
      kind: 'findings',
      text: [
        'Diffusion: {{diffusion}}',
        'White matter: {{white-matter}} Fazekas {{fazekas}}.',
        'Grey matter and deep nuclei: {{grey-matter}}',
        'Susceptibility: {{susceptibility}}',
        'Ventricles and subarachnoid spaces: {{ventricles}}',
        'Vessels: {{vessels}}',
        'Lesion: {{lesion-text}}\nLargest diameter: {{lesion-size}}.',
        '{{other}}',
      ].join('\n'),
      fields: [
        usually('diffusion', 'Diffusion', 'No restricted diffusion.'),
        usually('white-matter', 'White matter', 'No lesions.'),
        choice('fazekas', 'Fazekas', '0', '1', '2', '3'),
        usually('grey-matter', 'Grey matter', 'Normal signal.'),
        usually('susceptibility', 'Susceptibility', 'No microbleeds.'),
        usually('ventricles', 'Ventricles', 'Normal for age.'),
        usually('vessels', 'Vessels', 'Normal flow voids.'),
        usually('lesion-text', 'Lesion', ''),
        size('lesion-size', 'Largest diameter'),
        usually('other', 'Other', ''),
      ],
    },
    impression,
  ],
  macros: [{ name: 'normal', text: 'Normal MR of the brain.' }],
});
