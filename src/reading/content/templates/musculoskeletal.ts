// Joints, bones and the spine.

import { choice, comparison, contrast, impression, indication, ours, side, technique, usually } from './common.ts';

const intact = (name: string, label: string) => usually(name, label, 'Intact.');

export const mrKnee = ours({
  title: 'MR knee',
  modalities: ['MR'],
  regions: ['LOWER EXTREMITY'],
  focuses: ['knee'],
  procedures: ['24802-1^LN', '26256-8^LN', '26257-6^LN'],
  sections: [
    indication,
    technique('MR of the {{side}} knee.', { ...side, required: true }),
    comparison,
    {
      kind: 'findings',
      text: [
        'Medial meniscus: {{medial-meniscus}}',
        'Lateral meniscus: {{lateral-meniscus}}',
        'Anterior cruciate ligament: {{acl}}',
        'Posterior cruciate ligament: {{pcl}}',
        'Collateral ligaments: {{collaterals}}',
        'Extensor mechanism: {{extensor}}',
        'Cartilage: {{cartilage}} Worst grade: {{cartilage-grade}}.',
        'Bone marrow: {{marrow}}',
        'Effusion: {{effusion}}.',
        '{{other}}',
      ].join('\n'),
      fields: [
        intact('medial-meniscus', 'Medial meniscus'),
        intact('lateral-meniscus', 'Lateral meniscus'),
        intact('acl', 'Anterior cruciate ligament'),
        intact('pcl', 'Posterior cruciate ligament'),
        intact('collaterals', 'Collateral ligaments'),
        intact('extensor', 'Extensor mechanism'),
        usually('cartilage', 'Cartilage', 'Preserved.'),
        choice('cartilage-grade', 'Worst grade', '0', '1', '2', '3', '4'),
        usually('marrow', 'Bone marrow', 'No oedema.'),
        choice('effusion', 'Effusion', 'none', 'small', 'moderate', 'large'),
        usually('other', 'Other', ''),
      ],
    },
    impression,
  ],
  macros: [
    { name: 'normal', text: 'Normal MR of the knee.' },
    { name: 'tear', text: '<<Horizontal>> tear of the <<posterior horn>> of the <<medial>> meniscus.' },
  ],
});

export const mrSpine = ours({
  title: 'MR spine',
  modalities: ['MR'],
  regions: ['SPINE', 'LUMBAR SPINE', 'CERVICAL SPINE', 'THORACIC SPINE'],
  procedures: ['24968-0^LN', '24935-9^LN', '24980-5^LN'],
  sections: [
    indication,
    technique(
      '{{procedure}}, contrast: {{contrast}}.',
      { name: 'procedure', label: 'Procedure', type: 'text', auto: 'procedure' },
      contrast,
    ),
    comparison,
    {
      kind: 'findings',
      text: 'Alignment: {{alignment}}\nVertebrae: {{vertebrae}}\nCord and conus: {{cord}}\nLevels: {{levels}}\nParaspinal: {{paraspinal}}\n{{other}}',
      fields: [
        usually('alignment', 'Alignment', 'Normal.'),
        usually('vertebrae', 'Vertebrae', 'Normal height and signal.'),
        usually('cord', 'Cord and conus', 'Normal signal and position.'),
        usually('levels', 'Levels', ''),
        usually('paraspinal', 'Paraspinal', 'Normal.'),
        usually('other', 'Other', ''),
      ],
    },
    impression,
  ],
  macros: [
    { name: 'normal', text: 'No stenosis, no disc herniation.' },
    { name: 'disc', text: '<<L4/5>>: <<left>> <<paracentral>> disc herniation touching the <<L5>> root.' },
  ],
});

export const jointRadiograph = ours({
  title: 'Radiograph of bones or a joint',
  modalities: ['DX', 'CR'],
  regions: ['UPPER EXTREMITY', 'LOWER EXTREMITY', 'EXTREMITY', 'PELVIS', 'BONE'],
  sections: [
    indication,
    technique(
      '{{procedure}}. Side: {{side}}.',
      { name: 'procedure', label: 'Procedure', type: 'text', auto: 'procedure' },
      side,
    ),
    comparison,
    {
      kind: 'findings',
      text: 'Bones: {{bones}}\nJoints: {{joints}}\nSoft tissues: {{soft-tissues}}\n{{other}}',
      fields: [
        usually('bones', 'Bones', 'No fracture. No focal lesion.'),
        usually('joints', 'Joints', 'Normal alignment. Joint spaces preserved.'),
        usually('soft-tissues', 'Soft tissues', 'Normal.'),
        usually('other', 'Other', ''),
      ],
    },
    impression,
  ],
  macros: [{ name: 'normal', text: 'No fracture or dislocation.' }],
});
