// For whatever has no template of its own.

import { comparison, impression, indication, ours, technique, usually } from './common.ts';

export const anyStudy = ours({
  title: 'Any study',
  modalities: [],
  regions: [],
  sections: [
    indication,
    technique('{{procedure}}', { name: 'procedure', label: 'Procedure', type: 'text', auto: 'procedure' }),
    comparison,
    { kind: 'findings', text: '{{findings}}', fields: [usually('findings', 'Findings', '')] },
    impression,
  ],
});
