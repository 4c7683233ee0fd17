import assert from 'node:assert/strict';
import { test } from 'node:test';
import { corpus, readCorpus, withoutCorpus } from '../../../test/support/corpus.ts';
import { Problem } from '../../base/problem.ts';
import type { DataSet } from '../../dicom/dataset.ts';
import { readDicom } from '../../dicom/reader.ts';
import { acquisitionsOf, attributeFacts } from './acquisition.ts';
import { sidecarOf } from './sidecar.ts';

function readable(): DataSet[] {
  const files = corpus().filter(({ file }) => /^dicom(-malformed)?\//.test(file));
  return files.flatMap((file) => {
    try {
      return [readDicom(readCorpus(file)).dataset];
    } catch (thrown) {
      if (thrown instanceof Problem) return [];
      throw thrown;
    }
  });
}

test('no real object, malformed ones included, makes the normaliser fail; every fact tells a source', {
  skip: withoutCorpus,
}, () => {
  const objects = readable();
  const acquisitions = acquisitionsOf(objects);
  assert.ok(acquisitions.length > 50);
  for (const acquisition of acquisitions) assert.ok(JSON.stringify(sidecarOf(acquisition)).length > 0);
  const facts = [
    ...acquisitions.flatMap((acquisition) => acquisition.facts),
    ...objects.flatMap((object) => attributeFacts(object)),
  ];
  assert.ok(facts.length > 500);
  for (const { attribute, sources, confidence, reason } of facts) {
    assert.ok(sources.length > 0 && sources.every(({ path }) => /[0-9A-F]{8}$/.test(path)), attribute);
    assert.ok(confidence > 0 && confidence <= 1 && reason !== '', attribute);
  }
});

test('an enhanced colour map of MR XA has its protocol, polarity and slice times', { skip: withoutCorpus }, () => {
  const wanted = corpus().filter(({ file }) => /dcm_qa_xa30__0001.*912324/.test(file));
  const [acquisition] = acquisitionsOf(wanted.map((file) => readDicom(readCorpus(file)).dataset));
  const sidecar = sidecarOf(acquisition!);
  assert.equal(sidecar.PhaseEncodingDirection, 'j-');
  assert.equal(sidecar.PartialFourier, 0.75);
  assert.equal(sidecar.MultibandAccelerationFactor, 3);
  assert.equal((sidecar.SliceTiming as number[]).length, 39);
});
