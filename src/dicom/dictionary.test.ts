import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attributeLevel, modules } from './attribute-level.ts';
import { entryOf, tagOf, vrOf } from './dictionary.ts';
import { dictionaryRows } from './dictionary-data.generated.ts';
import { privateDictionaryRows } from './private-dictionary-data.generated.ts';
import { isVr } from './vr.ts';

test('PS3.6: an element is found by its tag, its keyword and its eight digits', () => {
  const entry = entryOf(0x0010_0010)!;
  assert.deepEqual(
    [entry.keyword, entry.name, entry.vrs, entry.vm, entry.retired],
    ['PatientName', "Patient's Name", ['PN'], '1', false],
  );
  assert.equal(tagOf('PatientName'), 0x0010_0010);
  assert.equal(tagOf('00100010'), 0x0010_0010);
  assert.equal(tagOf('7fe00010'), 0x7fe0_0010);
  assert.equal(tagOf('PatientsName'), undefined);
  assert.equal(tagOf('constructor'), undefined);
  assert.equal(entryOf(0x0008_9999), undefined);
});

test('PS3.7 Annex E: command elements are known', () => {
  assert.equal(entryOf(0x0000_0900)?.keyword, 'Status');
  assert.equal(vrOf(0x0000_0110), 'US');
  assert.equal(tagOf('MoveOriginatorApplicationEntityTitle'), 0x0000_1030);
});

test('PS3.5 7.6: repeating groups and elements answer for every member', () => {
  assert.equal(entryOf(0x6002_3000)?.keyword, 'OverlayData');
  assert.equal(entryOf(0x6002_3000)?.tag, 0x6002_3000);
  assert.equal(entryOf(0x501e_0005)?.keyword, 'CurveDimensions');
  assert.equal(entryOf(0x0020_3107)?.keyword, 'SourceImageIDs');
  assert.equal(entryOf(0x0028_0412)?.keyword, 'CoefficientCoding');
  assert.equal(entryOf(0x1000_0123)?.keyword, 'HuffmanTableTriplet');
  // 60xx stops short of the odd, private groups.
  assert.equal(entryOf(0x6001_3000), undefined);
});

test('PS3.5 A.1: in implicit VR pixel, overlay, waveform and LUT data are OW, and US comes before SS', () => {
  for (const keyword of ['PixelData', 'WaveformData', 'LUTData', 'RedPaletteColorLookupTableData']) {
    assert.equal(vrOf(tagOf(keyword)!), 'OW', keyword);
  }
  assert.equal(vrOf(0x6000_3000), 'OW');
  assert.equal(vrOf(tagOf('SmallestImagePixelValue')!), 'US');
});

test('PS3.5 7.8.1: a private element is known by its creator wherever its block lies', () => {
  assert.equal(vrOf(0x0019_100c, 'SIEMENS MR HEADER'), 'IS');
  assert.equal(vrOf(0x0019_2b0c, 'SIEMENS MR HEADER '), 'IS');
  assert.equal(entryOf(0x0043_1039, 'GEMS_PARM_01')?.vm, '4');
  assert.equal(vrOf(0x2001_1003, 'Philips Imaging DD 001'), 'FL');
  assert.equal(vrOf(0x0019_100c), 'UN');
  assert.equal(vrOf(0x0019_100c, 'NOBODY'), 'UN');
});

test('PS3.5 7.2 and 7.8.1: group lengths are UL and private creators LO, known or not', () => {
  assert.equal(vrOf(0x0010_0000), 'UL');
  assert.equal(vrOf(0x0019_0000), 'UL');
  assert.equal(vrOf(0x0019_0010), 'LO');
  assert.equal(vrOf(0x0008_9999), 'UN');
  assert.equal(vrOf(0xfffe_e000), 'UN');
});

test('every row of the tables names VRs of PS3.5 6.2 and every keyword is used once', () => {
  const keywords = new Set<string>();
  for (const line of dictionaryRows.trim().split('\n')) {
    const [tag, vr, vm, , keyword] = line.split('\t') as [string, string, string, string, string];
    assert.match(tag, /^[0-9A-FX]{8}$/);
    assert.ok(vr === '' || vr.split(' ').every(isVr), line);
    assert.notEqual(vm, '', line);
    assert.ok(keyword === '' || !keywords.has(keyword), line);
    keywords.add(keyword);
  }
  assert.ok(keywords.size > 5000);
  for (const line of privateDictionaryRows.slice(1, -1).split('\n')) {
    if (!line.startsWith('>')) assert.match(line, /^[0-9A-F]{6}\t[A-Z]{2}\t[^\t]+\t/);
  }
});

test('PS3.3 C.7: the level of an attribute is the Information Entity of its module', () => {
  assert.equal(attributeLevel(tagOf('PatientSex')!), 'patient');
  assert.equal(attributeLevel(tagOf('PatientAge')!), 'study');
  assert.equal(attributeLevel(tagOf('AccessionNumber')!), 'study');
  assert.equal(attributeLevel(tagOf('Modality')!), 'series');
  assert.equal(attributeLevel(tagOf('InstitutionName')!), 'series');
  assert.equal(attributeLevel(tagOf('SOPInstanceUID')!), 'instance');
  assert.equal(attributeLevel(tagOf('ContentDate')!), 'instance');
  assert.equal(attributeLevel(0x0019_1001), 'instance');
});

test('no attribute is listed by modules of two levels', () => {
  const listed = modules.flatMap(([level, , keywords]) => keywords.split(/\s+/).map((keyword) => [keyword, level]));
  assert.equal(new Set(listed.map(([keyword]) => keyword)).size, listed.length);
});
