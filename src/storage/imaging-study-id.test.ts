import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { testDatabase } from '../../test/support/database.ts';
import { imagingStudyId } from '../translate/imaging-study-id.ts';

/** PS3.5 9.1: 64 characters at most; zeros in front and dots in a row, which some devices write, are read back as well. */
const anyUid = fc.string({ unit: fc.constantFrom(...'0123456789.'), minLength: 1, maxLength: 64 });

test('the database writes the id of an ImagingStudy as we do, for whatever a device calls its study', async (t) => {
  const database = await testDatabase(t);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 32_767 }), anyUid, async (tenant, studyInstanceUid) => {
      const [row] = await database.query('select imaging_study_id($1::smallint, $2) as id', [tenant, studyInstanceUid]);
      assert.equal(row!.id, imagingStudyId({ tenant, studyInstanceUid }));
    }),
  );
});
