import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DataSet } from '../dicom/dataset.ts';
import { StudyNormaliser } from '../normalize/normalise-study.ts';
import { asksForNormalised, procedureForRules, seriesForRules } from './normalised-facts.ts';

const normaliser = new StudyNormaliser();

function ct(description: string, series: Record<string, string | string[]>) {
  const object = new DataSet()
    .set('Modality', 'CT')
    .set('SeriesInstanceUID', '1.2')
    .set('StudyDescription', description);
  for (const [keyword, value] of Object.entries(series)) object.set(keyword, value);
  return normaliser.normalise([object]);
}

test('rules ask for a procedure in one vocabulary, whatever language it was described in', () => {
  const { procedure } = ct('CT Kopf nativ', { SeriesDescription: 'Kopf 5.0 H31s', ConvolutionKernel: 'H31s' });
  const { confidence, playbookId, ...facts } = procedureForRules(procedure);
  assert.deepEqual(facts, { modality: 'CT', bodyRegion: 'HEAD', focus: 'brain', contrast: 'without' });
  assert.ok(confidence! > 0.9);
  assert.match(playbookId!, /^RPID\d+$/);
});

test('a CT series is called by its phase, a topogram by what it is', () => {
  const series = (values: Record<string, string | string[]>) =>
    seriesForRules(ct('CT Abdomen', values).series.get('1.2') ?? []).class;
  assert.equal(series({ SeriesDescription: 'Abdomen arteriell 1.5', ContrastBolusAgent: 'IV' }), 'arterial');
  assert.equal(series({ SeriesDescription: 'Topogramm', ImageType: ['ORIGINAL', 'PRIMARY', 'LOCALIZER'] }), 'scout');
});

test('what is not known is left out, and rules that do not ask cost nothing', () => {
  assert.deepEqual([procedureForRules([]), seriesForRules([])], [{}, {}]);
  assert.equal(asksForNormalised({ rules: [{ when: 'procedure.bodyRegion == "HEAD"' }] }), true);
  assert.equal(asksForNormalised({ rules: [{ series: 'series.class == "ADC"' }] }), true);
  assert.equal(asksForNormalised({ rules: [{ when: 'order.procedureText == "x" && source.door == "dimse"' }] }), false);
});
