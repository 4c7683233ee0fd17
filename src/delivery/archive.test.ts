import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isTheSame } from './archive.ts';

const patient = {
  identifiers: [
    { issuer: 'NORTH', id: 'P1' },
    { issuer: 'OLDPAS', id: '7' },
  ],
  birthDate: '19610307',
};
/** The archive is taken for one of NORTH where it says nothing. */
const issuerOf = (issuer: string | undefined) => issuer ?? 'NORTH';
const isHers = (there: Parameters<typeof isTheSame>[1]) => isTheSame(patient, there, issuerOf);

test('a number of the same issuer is the same patient’s, whatever else is said', () => {
  assert.equal(isHers({ patientId: '7', issuer: 'OLDPAS', birthDate: '19610703' }), true);
});

test('the same number of another issuer is somebody else, though the birthday is the same', () => {
  assert.equal(isHers({ patientId: 'P1', issuer: 'SOUTH', birthDate: '19610307' }), false);
  assert.equal(isHers({ patientId: 'P1', issuer: 'OLDPAS' }), false);
});

test('a number of which nobody says the issuer is believed by the birth date, and without one by where the archive belongs', () => {
  assert.equal(isHers({ patientId: '7', birthDate: '19610307' }), true);
  assert.equal(isHers({ patientId: 'P1', birthDate: '19990101' }), false);
  assert.equal(isHers({ patientId: 'P1' }), true);
  assert.equal(isHers({ patientId: '7' }), false);
});

test('a number that is not the patient’s is not, though an archive answers with it', () => {
  assert.equal(isHers({ patientId: 'P2', issuer: 'NORTH', birthDate: '19610307' }), false);
  assert.equal(isHers({ patientId: 'P2', birthDate: '19610307' }), false);
});
