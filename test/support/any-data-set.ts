// Any data set made of the values a test names, with items of items.

import fc from 'fast-check';
import { characterSet } from '../../src/dicom/character-set.ts';
import { DataSet } from '../../src/dicom/dataset.ts';
import type { VR } from '../../src/dicom/vr.ts';

/** In UTF-8; `value` gives tag, VR and what `set` takes. */
export function anyDataSet(value: fc.Arbitrary<[number, VR, unknown]>): fc.Arbitrary<DataSet> {
  const { dataset } = fc.letrec<{ dataset: DataSet }>((tie) => ({
    dataset: fc
      .tuple(
        fc.array(value, { maxLength: 6 }),
        fc.option(fc.array(tie('dataset'), { maxLength: 2 }), { depthSize: 'small', maxDepth: 3 }),
      )
      .map(([values, items]) => {
        const made = new DataSet();
        made.characterSet = characterSet(['ISO_IR 192']);
        for (const [tag, vr, of] of values) made.set(tag, of as string, vr);
        return items === null ? made : made.set('ReferencedImageSequence', items);
      }),
  }));
  return dataset;
}
