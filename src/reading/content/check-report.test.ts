import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkReport } from './check-report.ts';
import { standing } from './finding.ts';
import type { ReportFacts } from './report-facts.ts';
import { contentOf, factsFor, type Texts, withoutPriors } from './testing/facts.ts';

const found = (texts: Texts, facts: Partial<ReportFacts> = {}, language = 'en') =>
  checkReport(contentOf(texts, language), withoutPriors(facts)).map(({ check }) => check);

const fine = { findings: 'Grey-white differentiation is preserved.', impression: 'No acute abnormality.' };

describe('a report before it is signed', () => {
  it('raises nothing where nothing is wrong', () => {
    assert.deepEqual(found(fine), []);
  });

  it('is not signed for another patient, accession number or study than that of the case, whatever the reason', () => {
    const facts = withoutPriors();
    for (const other of [{ studyUid: '2.25.99' }, { accession: 'A78' }, { patientId: 'PSEUDO2' }]) {
      const findings = checkReport(contentOf(fine), facts, { subject: { ...facts.subject, ...other } });
      assert.deepEqual(
        findings.map(({ check, isHard }) => [check, isHard]),
        [['wrong-patient', true]],
      );
      assert.equal(standing(findings, [{ check: 'wrong-patient', reason: 'I know better' }]).length, 1);
    }
  });

  it('is not signed with the number of another order or study in its text', () => {
    assert.deepEqual(found({ ...fine, findings: 'Accession: B12-99. Normal.' }), ['wrong-patient']);
    assert.deepEqual(found({ ...fine, findings: 'See 1.2.840.113619.2.55.3.604688. Normal.' }), ['wrong-patient']);
    assert.deepEqual(found({ ...fine, findings: 'Accession: A77. Normal.' }), []);
  });

  it('is not signed while a change of the study was not seen', () => {
    const findings = checkReport(contentOf(fine), withoutPriors({ unseen: ['late-images', 'identity-changed'] }));
    assert.deepEqual(
      findings.map(({ check, isHard }) => [check, isHard]),
      [
        ['unseen-change', true],
        ['unseen-change', true],
      ],
    );
  });

  it('is not signed where it says nothing', () => {
    assert.deepEqual(found({ technique: 'CT of the head.' }), ['empty', 'missing-impression']);
  });

  it('is signed with a reason, and not without, where a check may be overridden', () => {
    const findings = checkReport(contentOf({ findings: 'Normal.' }), withoutPriors());
    assert.deepEqual(
      standing(findings, []).map(({ check }) => check),
      ['missing-impression'],
    );
    assert.equal(standing(findings, [{ check: 'missing-impression', reason: ' ' }]).length, 1);
    assert.deepEqual(standing(findings, [{ check: 'missing-impression', reason: 'a scout view only' }]), []);
  });
});

describe('left and right', () => {
  const knee = { focus: 'knee', laterality: 'L', modality: 'MR', sex: 'M' } as const;

  it('says when the text tells of the other side of what was examined', () => {
    for (const [language, text] of [
      ['en', 'Tear of the medial meniscus of the right knee.'],
      ['de', 'Innenmeniskusriss im rechten Knie.'],
      ['fr', 'Déchirure du ménisque du genou droit.'],
      ['es', 'Rotura del menisco de la rodilla derecha.'],
      ['it', 'Rottura del menisco del ginocchio destro.'],
      ['nl', 'Meniscusscheur van de rechter knie.'],
    ] as const) {
      assert.deepEqual(found({ findings: text, impression: text }, knee, language), ['laterality'], language);
      assert.deepEqual(
        found({ findings: text, impression: text }, { ...knee, laterality: 'R' }, language),
        [],
        language,
      );
    }
  });

  it('takes the other side for a comparison where the examined one is told of too', () => {
    const findings = 'Effusion in the left knee. Compared with the right thigh, the muscles are thinner.';
    assert.deepEqual(found({ findings, impression: 'Effusion of the left knee.' }, knee), []);
  });

  it('says when the impression turns round what the findings say', () => {
    const findings = 'Small haematoma of the left temporal lobe.';
    assert.deepEqual(found({ findings, impression: 'Haematoma, right temporal lobe.' }), ['laterality']);
    assert.deepEqual(found({ findings, impression: 'Haematoma, left temporal lobe.' }), []);
    assert.deepEqual(
      found(
        { findings: 'Kleines Hämatom im linken Temporallappen.', impression: 'Hämatom rechter Temporallappen.' },
        {},
        'de',
      ),
      ['laterality'],
    );
  });

  it('takes two lesions for two', () => {
    const findings = 'Cyst of the left kidney. Cyst of the right kidney.';
    assert.deepEqual(found({ findings, impression: 'Cyst of the right kidney.' }), []);
  });
});

describe('organs, sex and age', () => {
  it('says when the patient cannot have it', () => {
    assert.deepEqual(found({ ...fine, findings: 'The prostate is enlarged.' }), ['sex-and-organ']);
    assert.deepEqual(found({ ...fine, findings: 'Uterus unauffällig.' }, { sex: 'M' }, 'de'), ['sex-and-organ']);
    assert.deepEqual(found({ ...fine, findings: 'The uterus is normal.' }), []);
    assert.deepEqual(found({ ...fine, findings: 'The prostate is enlarged.' }, { sex: 'O' }), []);
  });

  it('says when somebody else is introduced', () => {
    assert.deepEqual(found({ ...fine, findings: 'A 34-year-old woman with headache.' }), ['sex-and-organ']);
    assert.deepEqual(found({ ...fine, findings: 'A 61-year-old man with headache.' }), ['sex-and-organ']);
    assert.deepEqual(found({ ...fine, findings: 'A 61-year-old woman with headache.' }), []);
    assert.deepEqual(found({ ...fine, findings: '61-jährige Patientin mit Kopfschmerz.' }, {}, 'de'), []);
  });
});

describe('critical words', () => {
  it('asks for the loop where a finding is affirmed, in six languages', () => {
    for (const [language, text] of [
      ['en', 'Large right pneumothorax.'],
      ['de', 'Spannungspneumothorax rechts.'],
      ['fr', 'Embolie pulmonaire bilatérale.'],
      ['es', 'Hematoma subdural agudo.'],
      ['it', 'Dissezione aortica di tipo A.'],
      ['nl', 'Vrije lucht onder het diafragma.'],
    ] as const) {
      assert.ok(found({ findings: text, impression: text }, {}, language).includes('critical-without-loop'), language);
      assert.deepEqual(found({ findings: text, impression: text }, { criticalLoops: 1 }, language), [], language);
    }
  });

  it('lets be what is denied', () => {
    for (const [language, text] of [
      ['en', 'No pneumothorax.'],
      ['en', 'There is no evidence of pleural effusion or pneumothorax.'],
      ['en', 'Pulmonary embolism is excluded.'],
      ['de', 'Kein Nachweis eines Pneumothorax.'],
      ['de', 'Eine Lungenembolie ist ausgeschlossen.'],
      ['fr', "Pas d'embolie pulmonaire."],
      ['es', 'Sin signos de neumotórax.'],
      ['it', 'Non si osserva pneumotorace.'],
      ['nl', 'Geen pneumothorax.'],
    ] as const) {
      assert.deepEqual(found({ ...fine, findings: text }, {}, language), [], text);
    }
  });

  it('counts what cannot be excluded, and what stands beside a denial', () => {
    for (const text of [
      'A small pneumothorax cannot be excluded.',
      'No effusion, but a large pneumothorax.',
      'No fracture. Large pneumothorax.',
      'No change in the left pneumothorax.',
    ]) {
      assert.ok(found({ ...fine, findings: text }).includes('critical-without-loop'), text);
    }
    assert.ok(
      found({ ...fine, findings: 'Eine Lungenembolie ist nicht ausgeschlossen.' }, {}, 'de').includes(
        'critical-without-loop',
      ),
    );
  });

  it('says when impression and findings contradict each other', () => {
    const loop = { criticalLoops: 1 };
    assert.deepEqual(found({ findings: 'No pneumothorax.', impression: 'Pneumothorax.' }, loop), ['contradiction']);
    assert.deepEqual(found({ findings: 'Large pneumothorax.', impression: 'Normal chest radiograph.' }, loop), [
      'contradiction',
    ]);
    assert.deepEqual(found({ findings: 'Large pneumothorax.', impression: 'Pneumothorax.' }, loop), []);
  });
});

describe('measurements', () => {
  it('says when the unit is missing or the size is none of a body', () => {
    for (const text of [
      'A nodule measuring 12 in the left upper lobe.',
      'A mass of 3 x 4 in the liver.',
      'A nodule of 900 mm.',
      'A cyst of 120 cm.',
      'Density 9000 HU.',
      'Rundherd, misst 7 im Oberlappen.',
    ]) {
      assert.deepEqual(found({ ...fine, findings: text }), ['measurement'], text);
    }
  });

  it('lets be what is whole', () => {
    for (const text of [
      'A nodule measuring 12 mm in the left upper lobe.',
      'A mass of 3 x 4 cm in the liver.',
      'A mass measuring 3.1 x 4.2 x 5 cm.',
      'Density 45 HU, 3 lesions, L4/5, grade 2.',
      'Slices of 0.6 mm. Aorta 32 mm.',
    ]) {
      assert.deepEqual(found({ ...fine, findings: text }), [], text);
    }
  });
});

describe('what was looked at', () => {
  it('asks for a comparison where a prior was opened', () => {
    const open = (texts: Texts) => checkReport(contentOf(texts), factsFor()).map(({ check }) => check);
    assert.deepEqual(open(fine), ['comparison']);
    assert.deepEqual(open({ ...fine, comparison: 'None available.' }), ['comparison']);
    assert.deepEqual(open({ ...fine, comparison: 'CT head.' }), []);
  });

  it('says when a change is told of and nothing was compared with', () => {
    assert.deepEqual(found({ ...fine, findings: 'The nodule is unchanged.' }), ['comparison']);
  });

  it('shows that priors, instances and series were not all there or looked at', () => {
    const series = [{ uid: '2.25.5', description: 'Bone', instances: 60, isOpened: false, isWaived: false }];
    assert.deepEqual(found(fine, { priorsMissing: 2, instances: 31, series }), [
      'priors-missing',
      'instances-missing',
      'series-not-opened',
    ]);
    assert.deepEqual(found(fine, { series: [{ ...series[0]!, isWaived: true }] }), []);
  });

  it('marks a text that a program proposed and nobody changed', () => {
    const proposed = {
      by: 'draft service',
      text: 'Findings\nGrey-white differentiation is preserved.\n\nImpressions\nNo acute abnormality.',
    };
    assert.deepEqual(found(fine, { proposed }), ['draft-unedited']);
    assert.deepEqual(found({ ...fine, impression: 'Old infarct of the left cerebellum.' }, { proposed }), []);
  });

  it('says which places were left open', () => {
    assert.deepEqual(found({ ...fine, findings: 'Nodule of [ ] mm, ***.' }), ['left-open', 'left-open']);
  });
});

describe('dates that were typed where dates are shifted', () => {
  it('are no part of a signed report until somebody confirms them', () => {
    const content = contentOf({ ...fine, findings: 'As on 12.03.2019, normal.' });
    const findings = checkReport(content, withoutPriors());
    assert.deepEqual(
      findings.map(({ check, isHard, words }) => [check, isHard, words]),
      [['typed-date', true, '12.03.2019']],
    );
    assert.deepEqual(checkReport(content, withoutPriors(), { confirmed: ['12.03.2019'] }), []);
    assert.deepEqual(checkReport(content, withoutPriors({ isShifted: false })), []);
  });

  it('are fine as fields, and as the day of a study that the case has', () => {
    const prior = { prior: { studyUid: '2.25.40', date: '2024-11-02', description: 'CT head' } };
    const field = { name: 'comparison', label: 'Comparison', value: prior };
    const asField = contentOf({ comparison: '{{comparison}}', ...fine }, 'en', [field]);
    assert.deepEqual(checkReport(asField, factsFor()), []);
    assert.deepEqual(checkReport(contentOf({ comparison: 'CT head of 2024-11-02.', ...fine }), factsFor()), []);
  });
});
