import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DataSet } from '../dicom/dataset.ts';
import { toJson } from '../dicom/json.ts';
import type { JsonObject } from './dicom-json.ts';
import { renderedUrl, sizeFor } from './image-url.ts';
import { instanceView } from './instance-view.ts';
import { lookPage } from './page.ts';
import { readSegmentations } from './read-segmentations.ts';
import { openingSeries, type SeriesView, type StudyView } from './study-view.ts';

const image = new DataSet().set('SOPInstanceUID', '1.2.3.4').set('Rows', 300).set('Columns', 200);

const series = (more: Partial<SeriesView> = {}): SeriesView => ({
  seriesInstanceUid: '1.2.3',
  patient: 0,
  modality: 'CT',
  number: '1',
  description: '',
  bodyPart: '',
  laterality: '',
  instanceCount: 1,
  kind: 'image',
  sopInstanceUid: '1.2.3.4',
  first: instanceView(toJson(image) as JsonObject),
  ...more,
});

const study = (more: Partial<StudyView> = {}): StudyView => ({
  studyInstanceUid: '1.2',
  patients: [{ name: 'DOE, Jane', id: 'P1', birthDate: '19700101', sex: 'F' }],
  date: '20260131',
  time: '101500',
  description: 'CT chest',
  accessionNumber: 'A-1',
  series: [series()],
  ...more,
});

const assets = { script: '/assets/look.js', styles: ['/assets/look.css'] };

test('the page asks for its first image before its script runs, with no more pixels than the object has', () => {
  const page = lookPage([study()], assets);
  const preload = /<link rel="preload" as="image"[^>]*href="([^"]+)"/.exec(page)?.[1];
  assert.equal(
    preload?.replaceAll('&amp;', '&'),
    '/dicomweb/studies/1.2/series/1.2.3/instances/1.2.3.4/rendered?accept=image/jpeg&quality=85&viewport=300,300',
  );
  assert.ok(page.indexOf('rel="preload"') < page.indexOf('<script'));
});

test('nothing that a patient’s record holds becomes markup or script', () => {
  const evil = '</script><img src=x onerror=alert(1)>"\'';
  const page = lookPage(
    [study({ description: evil, patients: [{ name: evil, id: evil, birthDate: '', sex: '' }] })],
    assets,
  );
  assert.ok(!page.includes('<img src=x'));
  const embedded = /<script type="application\/json" id="studies">(.*?)<\/script>/s.exec(page)?.[1];
  assert.equal((JSON.parse(embedded!) as StudyView[])[0]!.description, evil);
});

test('a study of documents has no first image to wait for', () => {
  const page = lookPage([study({ series: [series({ kind: 'document', first: undefined })] })], assets);
  assert.ok(!page.includes('rel="preload"'));
});

test('a report that comes first does not keep the images back', () => {
  const report = series({ kind: 'other', seriesInstanceUid: '1.2.9', first: undefined });
  assert.match(lookPage([study({ series: [report, series()] })], assets), /rel="preload"[^>]*1\.2\.3\.4/);
});

test('a segmentation that comes first does not keep back the images that it was made of, and no link gives its masks away', async () => {
  const masks = series({ modality: 'SEG', seriesInstanceUid: '1.2.9', first: undefined });
  const both = study({ series: [masks, series()] });
  assert.match(lookPage([both], assets), /rel="preload"[^>]*1\.2\.3\.4/);
  assert.equal(openingSeries([masks]), 0, 'by itself it is seen');
  // Nothing is asked: there is no server.
  assert.deepEqual(await readSegmentations({ ...both, watermark: 'given away' }, series()), []);
  await assert.rejects(readSegmentations(both, series()));
});

test('PS3.18 8.3.5.1: frames, viewport and window are asked for as the standard writes them', () => {
  const place = { studyInstanceUid: '1', seriesInstanceUid: '2', sopInstanceUid: '3' };
  const url = renderedUrl(place, { frame: 7, frames: 9, size: 512, window: { center: 40.126, width: 400 } });
  assert.match(url, /\/instances\/3\/frames\/7\/rendered\?/);
  assert.match(url, /viewport=512,512&window=40\.13,400,linear$/);
  assert.equal(sizeFor({ rows: 3000, columns: 2500 }, 1024), 1024);
  assert.equal(sizeFor({ rows: 0, columns: 0 }, 1024), 1024);
});
