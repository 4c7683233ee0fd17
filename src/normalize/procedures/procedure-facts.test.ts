import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bodyParts } from './anatomy.ts';
import { ProcedureNormaliser } from './normalise-procedure.ts';
import { procedureFacts } from './procedure-facts.ts';

test('a procedure becomes facts with SNOMED CT and RadLex codes, each with where it was read', () => {
  const input = {
    modality: 'MR',
    bodyPart: '',
    laterality: '',
    studyDescription: 'MRI LEFT KNEE WITHOUT CONTRAST',
    seriesDescriptions: [],
    contrastAgent: '',
  };
  const facts = procedureFacts(input, new ProcedureNormaliser().normalise(input));
  const value = (attribute: string): unknown => facts.find((fact) => fact.attribute === attribute)?.value;
  assert.equal(value('AnatomicRegionSequence'), '72696002^SCT^Knee');
  assert.equal(value('ProcedureCodeSequence'), 'RPID522^RADLEX^RPID522');
  assert.equal(value('Laterality'), 'L');
  assert.deepEqual(facts[0]!.sources, [{ path: '00081030' }, { path: '00080060' }]);
});

test('no two parts of the body share a code', () => {
  const codes = [...bodyParts.values()].flatMap(({ code }) => code ?? []);
  assert.equal(new Set(codes).size, codes.length);
});
