import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jsonText } from '../dicom/json.ts';
import { fromJson } from '../dicom/json-reader.ts';
import { madeSeries } from './acquisition/testing/made-series.ts';
import { headerFacts, limits } from './header-facts.ts';

const philips = (element: number, vr: 'FL') => ({ creator: 'Philips Imaging DD 001', group: 0x2001, element, vr });

test('what a vendor says in private elements and what is wrong stand beside each other, also of a header kept as JSON', () => {
  const attributes = {
    Manufacturer: 'Philips Medical Systems',
    Modality: 'MR',
    StudyDate: '20261340',
    PatientName: 'Doe, Jane',
  };
  const [object] = madeSeries({ attributes, privates: [[philips(0x03, 'FL'), 1000]] });
  const { acquisition, repairs } = headerFacts(fromJson(JSON.parse(jsonText(object!))));
  const bValue = acquisition.find(({ attribute }) => attribute === 'DiffusionBValue')!;
  assert.equal(bValue.value, 1000);
  assert.deepEqual(bValue.sources, [{ path: '20011003', creator: 'Philips Imaging DD 001' }]);
  const date = repairs.find(({ attribute }) => attribute === 'StudyDate')!;
  assert.deepEqual([date.value, date.confidence], [null, 1]);
  const name = repairs.filter(({ attribute }) => attribute === 'PatientName');
  assert.equal(name.length, 1, 'told once');
  assert.match(name[0]!.reason, /comma/);
  assert.equal(name[0]!.value, null, 'no patient in what is shown');
  assert.ok(!JSON.stringify({ acquisition, repairs }).includes('Jane'));
  assert.ok(repairs.length <= limits.facts);
});
