import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  isBelowStorageRoot,
  isKnownPrivateStorageSopClass,
  isNonPatientSopClass,
  isStandardStorageSopClass,
  isStorageSopClass,
  sopClasses,
  sopClassName,
} from './sop-class.ts';
import { uidName } from './uid-names.ts';

test('PS3.4 B.5: standard storage classes are storable, the retired ones too', () => {
  for (const uid of [
    '1.2.840.10008.5.1.4.1.1.2',
    '1.2.840.10008.5.1.4.1.1.6',
    '1.2.840.10008.5.1.4.1.1.66.7',
    '1.2.840.10008.5.1.4.34.7',
  ]) {
    assert.ok(isStandardStorageSopClass(uid), uid);
    assert.ok(isStorageSopClass(uid), uid);
  }
});

test('an unlisted UID below the storage root is storable, one elsewhere is not', () => {
  assert.ok(isStorageSopClass('1.2.840.10008.5.1.4.1.1.999.1'));
  assert.ok(isBelowStorageRoot('1.2.840.10008.5.1.4.1.1.999.1'));
  assert.ok(!isStorageSopClass('1.2.840.10008.5.1.4.1.1999.1'));
  assert.ok(!isStorageSopClass('1.2.3.4'));
  assert.ok(!isStorageSopClass(''));
});

test("vendors' private classes are known", () => {
  assert.ok(isKnownPrivateStorageSopClass('1.3.12.2.1107.5.9.1'));
  assert.ok(isStorageSopClass('1.3.46.670589.11.0.0.12.1'));
  assert.ok(!isStandardStorageSopClass('1.3.12.2.1107.5.9.1'));
});

test('PS3.4 GG.3: what belongs to no patient is not stored below a study', () => {
  for (const uid of [
    '1.2.840.10008.5.1.4.38.1',
    '1.2.840.10008.5.1.4.39.1',
    '1.2.840.10008.5.1.4.1.1.200.3',
    '1.2.840.10008.5.1.4.1.1.201.1',
  ]) {
    assert.ok(isNonPatientSopClass(uid), uid);
    assert.ok(!isStorageSopClass(uid), uid);
  }
  // An implantation plan is a report about a patient, unlike an implant template.
  assert.ok(isStorageSopClass('1.2.840.10008.5.1.4.1.1.88.70'));
});

test('services below the storage root are not storage', () => {
  assert.ok(!isStorageSopClass('1.2.840.10008.5.1.4.1.1.201.2'));
  assert.ok(!isStorageSopClass('1.2.840.10008.1.3.10'));
  assert.ok(!isStorageSopClass('1.2.840.10008.1.20.1'));
});

test('PS3.6 Table A-1: SOP classes have names', () => {
  assert.equal(sopClassName('1.2.840.10008.1.1'), 'Verification');
  assert.equal(sopClassName('1.2.840.10008.5.1.4.1.1.2'), 'CT Image Storage');
  assert.equal(sopClassName('1.2.840.10008.5.1.4.1.2.2.1'), 'Study Root Query/Retrieve Information Model - FIND');
  assert.equal(sopClassName('1.2.3'), undefined);
  for (const { uid, name } of sopClasses.values()) {
    assert.match(uid, /^[0-9.]{5,64}$/);
    assert.notEqual(name, '', uid);
  }
});

test('PS3.6 Annex A: UIDs of every kind have a name for people', () => {
  assert.equal(uidName('1.2.840.10008.1.2.1'), 'Explicit VR Little Endian');
  assert.equal(uidName('1.2.840.10008.1.20.1.1'), 'Storage Commitment Push Model SOP Instance');
  assert.equal(uidName('1.2.840.10008.3.1.1.1'), 'DICOM Application Context');
  assert.equal(uidName('1.2.3'), undefined);
});
