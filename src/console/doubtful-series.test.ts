import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupedSeries } from './doubtful-series.ts';
import type { DoubtfulRow } from './procedures.ts';

const row = (more: Partial<DoubtfulRow>): DoubtfulRow => ({
  studyInstanceUid: '1',
  seriesInstanceUid: '1.1',
  says: 'a',
  alike: 2,
  description: 'ax',
  confidence: 0.5,
  reason: 'physics alone',
  facts: [],
  ...more,
});

test('series that say the same are asked about once, each by the fields of its modality, as it was read', () => {
  const found = groupedSeries([
    row({ seriesInstanceUid: null, says: 'p' }),
    row({ facts: [{ attribute: 'SequenceClass', value: 'T2' }] }),
    row({ studyInstanceUid: '2', seriesInstanceUid: '2.1' }),
    row({ says: 'c', facts: [{ attribute: 'Reconstruction', value: 'bone' }] }),
    row({ says: null }),
  ]);
  assert.deepEqual(
    found.map(({ says, modality, studyInstanceUid, read }) => ({ says, modality, studyInstanceUid, read })),
    [
      {
        says: 'a',
        modality: 'MR',
        studyInstanceUid: '1',
        read: { sequenceClass: 'T2', plane: 'unknown', fatSuppressed: 'unknown' },
      },
      { says: 'c', modality: 'CT', studyInstanceUid: '1', read: { phase: 'unknown', reconstruction: 'bone' } },
    ],
  );
});
