import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StudyFacts } from '../../routing/facts.ts';
import type { Order } from '../../translate/order.ts';
import { factsOfStudy } from './facts-of-study.ts';
import { readSite } from './site.ts';
import { subspecialtyOf } from './subspecialty.ts';

const sites = [
  readSite({ id: 'main', at: 'US-NY', institutions: ['North'], stations: ['CT1'], language: 'en-US' }),
  readSite({ id: 'clinic', at: 'US-NJ', institutions: ['North'], stations: ['CT2'] }),
];
const study = (change: Partial<StudyFacts['study']> = {}): StudyFacts['study'] => ({
  ...{ uid: '1.2', modalities: ['CT', 'SR'], institution: 'North', instances: 312, series: [] },
  ...change,
});
const order: Order = {
  patient: { issuer: 'N', patientId: '1', name: 'Doe^Kim', birthDate: '20240301' },
  priority: 'STAT',
  procedureCode: { value: 'CTHEAD', scheme: '99NORTH', meaning: 'CT head' },
  requestingPhysicianId: 'D-77',
  steps: [{ id: '1', modality: 'CT', startDate: '20261123' }],
};

test('a head CT of an order: where it was made, what it needs, how urgent, who asked, in no words of the patient', () => {
  const told = {
    client: 'north',
    sites,
    study: {
      tenant: 'north',
      study: study(),
      procedure: { modality: 'CT', bodyRegion: 'HEAD', focus: 'brain', playbookId: 'RPID22' },
      person: { ageYears: 61 },
      source: { station: 'ct1 ' },
    },
    order,
    payer: 'medicare',
    priors: 2,
  };
  assert.deepEqual(factsOfStudy(told), {
    facts: {
      ...{ client: 'north', site: 'main', patientAt: 'US-NY', modality: 'CT', bodyRegion: 'HEAD' },
      ...{ procedure: 'RPID22^RADLEX', subspecialty: 'neuro', payer: 'medicare', referrer: 'D-77', language: 'en-US' },
      ...{ isPaediatric: false, priority: 'stat', instances: 312, priors: 2, readBy: [] },
    },
  });
});

test('an order of which nothing came yet: the age of the patient by its date, the code that was ordered', () => {
  const found = factsOfStudy({
    ...{ client: 'north', sites: sites.slice(1), priors: 0, order },
    study: { tenant: 'north', study: { uid: '1.2', modalities: ['CT'], series: [] } },
  });
  assert.ok('facts' in found);
  const { site, subspecialty, isPaediatric, procedure } = found.facts;
  assert.deepEqual(
    { site, subspecialty, isPaediatric, procedure },
    { site: 'clinic', subspecialty: 'paediatric', isPaediatric: true, procedure: 'CTHEAD^99NORTH' },
  );
});

test('an institution of two sites says neither: without a place of the patient nobody is asked', () => {
  assert.deepEqual(factsOfStudy({ client: 'north', sites, priors: 0, study: { tenant: 'north', study: study() } }), {
    missing: 'site',
  });
});

test('what was injected decides over what was made beside: PET with CT is of nuclear medicine', () => {
  const found = factsOfStudy({
    ...{ client: 'north', sites: sites.slice(0, 1), priors: 0 },
    study: { tenant: 'north', study: study({ modalities: ['CT', 'PT'] }), procedure: { modality: 'PT&CT' } },
  });
  assert.ok('facts' in found);
  assert.deepEqual([found.facts.modality, found.facts.subspecialty], ['PT', 'nuclear']);
});

test('subspecialties: how it was made, then the age, then what it shows', () => {
  const table = [
    [{ modality: 'MG', bodyRegion: 'BREAST', isPaediatric: true }, 'breast'],
    [{ modality: 'MR', bodyRegion: 'BREAST', focus: 'breast' }, 'breast'],
    [{ modality: 'NM&CT', bodyRegion: 'CHEST' }, 'nuclear'],
    [{ modality: 'CT', bodyRegion: 'HEAD', isPaediatric: true }, 'paediatric'],
    [{ modality: 'CT', bodyRegion: 'CHEST', focus: 'coronary arteries' }, 'cardiac'],
    [{ modality: 'MR', bodyRegion: 'LUMBAR SPINE', focus: 'lumbar spine' }, 'neuro'],
    [{ modality: 'DX', bodyRegion: 'LUMBAR SPINE', focus: 'lumbar spine' }, 'msk'],
    [{ modality: 'CR', bodyRegion: 'LOWER EXTREMITY', focus: 'knee' }, 'msk'],
    [{ modality: 'CT', bodyRegion: 'ABDOMEN', focus: 'abdomen and pelvis' }, 'body'],
    [{ modality: 'CT', bodyRegion: 'LOWER EXTREMITY', focus: 'leg arteries' }, 'body'],
    [{ modality: 'MR', bodyRegion: 'PELVIS', focus: 'sacroiliac joints' }, 'msk'],
    [{ modality: 'US' }, undefined],
  ] as const;
  for (const [shown, expected] of table) assert.equal(subspecialtyOf(shown), expected, JSON.stringify(shown));
});
