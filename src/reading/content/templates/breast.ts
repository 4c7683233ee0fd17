// Breast. Categories are those of BI-RADS, told by number.

import { choice, comparison, indication, ours, technique, usually } from './common.ts';

const categories = ['0', '1', '2', '3', '4A', '4B', '4C', '5', '6'];

export const mammography = ours({
  title: 'Mammography',
  modalities: ['MG'],
  regions: ['BREAST'],
  procedures: ['24606-6^LN', '26346-7^LN', '36319-2^LN'],
  sections: [
    indication,
    technique('Mammography, {{kind}}.', choice('kind', 'Kind', 'screening', 'diagnostic', 'with tomosynthesis')),
    comparison,
    {
      kind: 'findings',
      text: 'Breast composition: {{density}}.\nRight breast: {{right}}\nLeft breast: {{left}}\nAxillae: {{axillae}}\n{{other}}',
      fields: [
        { ...choice('density', 'Composition', 'A', 'B', 'C', 'D'), required: true },
        usually('right', 'Right breast', 'No suspicious finding.'),
        usually('left', 'Left breast', 'No suspicious finding.'),
        usually('axillae', 'Axillae', 'No suspicious lymph nodes.'),
        usually('other', 'Other', ''),
      ],
    },
    {
      kind: 'impression',
      text: 'BI-RADS right: {{birads-right}}. BI-RADS left: {{birads-left}}.\n{{impression}}',
      fields: [
        { ...choice('birads-right', 'BI-RADS right', ...categories), required: true },
        { ...choice('birads-left', 'BI-RADS left', ...categories), required: true },
        usually('impression', 'Impression', ''),
      ],
    },
    { kind: 'recommendation', text: '{{recommendation}}', fields: [usually('recommendation', 'Recommendation', '')] },
  ],
  macros: [{ name: 'normal', text: 'No evidence of malignancy.' }],
});
