// Broken data that exists: one Series Instance UID in two studies (of one patient, and of two). Each study keeps its own
// instances by every door: searches, retrieves and hiding never reach across.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { getJson, retrieve, stow, value } from '../support/dicomweb.ts';
import { freshUid, type MadeInstance, makeInstance } from '../support/instances.ts';
import { type NodeProcess, openDoors, startNodeProcess } from '../support/node-process.ts';
import { find, get, storeAll } from '../support/peer.ts';
import { assertSameInstances, instanceIn } from '../support/same-instances.ts';

const seriesInstanceUid = freshUid();

/** A study that holds `count` instances of the series. */
function studyWith(count: number, patientId: string): MadeInstance[] {
  const studyInstanceUid = freshUid();
  return Array.from({ length: count }, (_, i) => {
    const attributes = { PatientID: patientId, InstanceNumber: String(i + 1), SeriesDescription: `of ${patientId}` };
    return makeInstance({ studyInstanceUid, seriesInstanceUid, attributes });
  });
}

describe('one Series Instance UID in several studies', () => {
  const closing = new AsyncDisposableStack();
  after(() => closing.disposeAsync());
  const studies = [studyWith(3, 'ONE'), studyWith(5, 'ONE'), studyWith(7, 'OTHER')];
  let node: NodeProcess;

  before(async () => {
    node = await startNodeProcess((cleanUp) => closing.defer(cleanUp), { environment: openDoors });
    // Mixed, and by both doors, as they would come.
    const mixed = studies.flat().sort((a, b) => a.sopInstanceUid.localeCompare(b.sopInstanceUid));
    await storeAll(node.dicomPort, mixed.slice(0, 8));
    assert.equal(
      (
        await stow(
          node.url,
          mixed.slice(8).map(({ file }) => file),
        )
      ).status,
      200,
    );
  });

  for (const study of studies) {
    const { studyInstanceUid } = study[0]!;
    const path = `/studies/${studyInstanceUid}/series/${seriesInstanceUid}`;
    const keys = { StudyInstanceUID: studyInstanceUid, SeriesInstanceUID: seriesInstanceUid };
    const uids = study.map(({ sopInstanceUid }) => sopInstanceUid).sort();

    test(`the study of ${study.length} instances has its own by DICOMweb`, async () => {
      const [series, ...moreSeries] = await getJson(node.url, `/studies/${studyInstanceUid}/series`);
      assert.equal(value(series!, '00201209'), study.length, 'Number of Series Related Instances');
      assert.deepEqual(moreSeries, []);
      for (const resource of [`${path}/instances`, `${path}/metadata`]) {
        const found = await getJson(node.url, resource);
        assert.deepEqual(found.map((one) => value(one, '00080018')).sort(), uids, resource);
      }
      const metadata = await getJson(node.url, `${path}/metadata`);
      assert.ok(metadata.every((one) => value(one, '0020000D') === studyInstanceUid));
      assertSameInstances((await retrieve(node.url, path)).map(instanceIn), study);
    });

    test(`the study of ${study.length} instances has its own by DIMSE`, async () => {
      const images = await find(node.dicomPort, 'IMAGE', { ...keys, SOPInstanceUID: null });
      assert.deepEqual(images.map((match) => match.text('SOPInstanceUID')).sort(), uids);
      const asked = { ...keys, SeriesDescription: null, NumberOfSeriesRelatedInstances: null };
      const series = await find(node.dicomPort, 'SERIES', asked);
      assert.deepEqual(
        series.map((match) => [match.text('NumberOfSeriesRelatedInstances'), match.text('SeriesDescription')]),
        [[String(study.length), study[0]!.dataset.text('SeriesDescription')]],
      );
      assertSameInstances(await get(node.dicomPort, { StudyInstanceUID: studyInstanceUid }, study), study);
    });
  }

  test('behaviour 42: a search for the series finds it once in each study', async () => {
    const found = await getJson(node.url, `/series?SeriesInstanceUID=${seriesInstanceUid}`);
    const inStudies = found.map((one) => [value(one, '0020000D'), value(one, '00201209')]);
    const wanted = studies.map((study) => [study[0]!.studyInstanceUid, study.length]);
    assert.deepEqual(inStudies.sort(), wanted.sort());
  });

  test('behaviour 42: an instance is found in its own study alone', async () => {
    const [mine, other] = [studies[0]![0]!, studies[1]![0]!];
    const path = `/studies/${mine.studyInstanceUid}/series/${seriesInstanceUid}/instances/${other.sopInstanceUid}`;
    assert.equal((await fetch(`${node.url}/dicomweb${path}`)).status, 404);
    assert.equal((await fetch(`${node.url}/dicomweb${path}/metadata`)).status, 404);
  });

  test('behaviour 42: hiding the series in one study hides it there alone', async () => {
    const [hidden, ...others] = studies.map((study) => study[0]!.studyInstanceUid);
    const path = (study: string) => `${node.url}/dicomweb/studies/${study}/series/${seriesInstanceUid}/metadata`;
    const answer = await fetch(path(hidden!).replace(/\/metadata$/, ''), { method: 'DELETE' });
    assert.ok(answer.ok, `${answer.status} ${await answer.text()}`);
    assert.equal((await fetch(path(hidden!))).status, 410);
    for (const study of others) assert.equal((await fetch(path(study))).status, 200);
  });
});
