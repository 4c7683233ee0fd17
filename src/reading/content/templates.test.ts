import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Value } from '@sinclair/typebox/value';
import { checkReport } from './check-report.ts';
import { templatesFor } from './choose-template.ts';
import { textOf, withDates } from './content-text.ts';
import { differenceOf } from './edit-distance.ts';
import { fillTemplate, requiredOf } from './fill-template.ts';
import { expandMacro } from './macros.ts';
import { readMrrt } from './mrrt/read-mrrt.ts';
import { writeMrrt } from './mrrt/write-mrrt.ts';
import { TemplateSchema } from './template.ts';
import { templateFaults } from './template-faults.ts';
import { shippedTemplates } from './templates/shipped.ts';
import { factsFor } from './testing/facts.ts';

const named = (id: string) => shippedTemplates.find((template) => template.id === id)!;

describe('the templates that come with the program', () => {
  for (const { id, version: _, ...body } of shippedTemplates) {
    it(`${id}: is whole`, () => {
      assert.deepEqual([...Value.Errors(TemplateSchema, body)], []);
      assert.deepEqual(templateFaults(body), []);
    });

    it(`${id}: is itself again after it went through MRRT`, () => {
      const { identifier, ...back } = readMrrt(writeMrrt({ id, version: 0, ...body }));
      assert.equal(identifier, id);
      const { macros: __, ...kept } = body;
      // Headings are always written out there.
      const untitled = { ...back, sections: back.sections.map(({ title: ___, ...section }) => section) };
      assert.deepEqual(untitled, { ...kept, sections: kept.sections.map(({ title: ___, ...section }) => section) });
    });
  }

  it('are chosen by procedure, part, region and modality', () => {
    const first = (facts: Parameters<typeof templatesFor>[1]) => templatesFor(shippedTemplates, facts, 'en-GB')[0]!.id;
    assert.equal(first(factsFor()), 'ct-head');
    assert.equal(first(factsFor({ modality: 'MR', procedures: [] })), 'mr-brain');
    assert.equal(
      first(factsFor({ modality: 'CT', bodyRegion: 'CHEST', focus: 'pulmonary arteries', procedures: [] })),
      'ct-pulmonary-arteries',
    );
    assert.equal(first(factsFor({ modality: 'CT', bodyRegion: 'CHEST', focus: 'chest', procedures: [] })), 'ct-chest');
    assert.equal(
      first(factsFor({ modality: 'MG', bodyRegion: 'BREAST', focus: 'breast', procedures: [] })),
      'mammography',
    );
    assert.equal(first(factsFor({ modality: 'XA', bodyRegion: 'HEAD', focus: 'brain', procedures: [] })), 'any-study');
  });
});

describe('a template that is filled', () => {
  it('knows what the study and the order say, and passes every check when its impression is written', () => {
    const facts = factsFor();
    const filled = fillTemplate(named('ct-head'), facts);
    const impression = filled.sections.find(({ kind }) => kind === 'impression')!;
    const content = {
      ...filled,
      sections: filled.sections.map((section) =>
        section === impression
          ? {
              ...section,
              fields: section.fields.map((field) => ({ ...field, value: { text: 'No acute abnormality.' } })),
            }
          : section,
      ),
    };
    const text = textOf(content);
    assert.match(text, /Indications for Procedure\nFall, headache/);
    assert.match(text, /contrast: without\.\nRadiation: CTDIvol 48\.1 mGy, DLP 812 mGy·cm\./);
    assert.match(text, /CT head 2024-11-02/);
    assert.doesNotMatch(text, /Midline shift/, 'a line whose fields are empty is none');
    assert.deepEqual(checkReport(content, facts, { required: requiredOf(named('ct-head')) }), []);
    const unfilled = checkReport(filled, facts, { required: requiredOf(named('ct-head')) });
    assert.deepEqual(
      unfilled.map(({ check }) => check),
      ['missing-impression', 'left-open'],
    );
  });

  it('takes its side from the order, as an option', () => {
    const content = fillTemplate(named('mr-knee'), factsFor({ focus: 'knee', laterality: 'L' }));
    assert.match(textOf(content), /MR of the left knee\./);
  });

  it('brings dates of fields home by their values', () => {
    const content = fillTemplate(named('ct-head'), factsFor());
    assert.match(textOf(withDates(content, (date) => date.replace('2024', '2025'))), /CT head 2025-11-02/);
  });
});

describe('a template of IHE MRRT', () => {
  const html = `<!DOCTYPE html><html><head><title>CT Appendix</title><meta charset="UTF-8">
    <meta name="dcterms.title" content="CT appendix &amp; abdomen"><meta name="dcterms.language" content="en">
    <meta name="dcterms.creator" content="A. Radiologist">
    <script type="text/xml"><!-- <template_attributes><coded_content>
      <entry ORIGTXT="s2"><term><code meaning="Findings" value="59776-5" scheme="LOINC"></term></entry>
      <entry ORIGTXT="gb_1"><term><code meaning="absent" value="RDE9.1" scheme="RADELEMENT"/></term></entry>
    </coded_content></template_attributes> --></script><script>throw new Error('never run')</script></head><body>
    <section id="s1" data-section-name="Clinical Information"><header>Clinical Information</header>
      <p><textarea id="ci">Pain.</textarea></section>
    <section id="s2" data-section-name="What is seen"><header>What is seen</header>
      <p><label for="gb">Gallbladder:</label> <select id="gb"><option id="gb_0" selected>Normal.<option id="gb_1" value="Absent."></select></p>
      <p><label for="tech">Phase:</label> <span id="tech" data-field-type="CHECKBOX"><input type="checkbox" name="tech" value="arterial" checked>arterial
        <input type="checkbox" name="tech" value="venous">venous</span></p>
      <section data-section-name="Appendix"><header>Appendix</header>
        <p title="https://www.radelement.org/element/RDE196"><label for="d 1">Diameter</label> <input type="number" id="d 1" min="0" max="40" data-field-units="mm"></p>
        <p>Braces {{ }} of its own <input type="text" id="gb" list="l" value="x"><datalist id="l"><option value="y"></datalist></p>
      </section></section>
    <section data-section-name="Impression"><p><textarea id="imp"></textarea></p></section></body></html>`;

  it('is read with its sections, fields, codes and suggestions, as people write HTML', () => {
    const template = readMrrt(html);
    assert.deepEqual(templateFaults(template), []);
    assert.equal(template.title, 'CT appendix & abdomen');
    assert.equal(template.creator, 'A. Radiologist');
    assert.deepEqual(
      template.sections.map(({ kind, text }) => [kind, text]),
      [
        ['history', '{{ci}}'],
        [
          'findings',
          'Gallbladder: {{gb}}\nPhase: {{tech}}\nAppendix\nDiameter {{d-1}}\nBraces { { }} of its own {{gb-2}}',
        ],
        ['impression', '{{imp}}'],
      ],
    );
    const fields = template.sections.flatMap((section) => section.fields);
    assert.deepEqual(fields.slice(0, 4), [
      { name: 'ci', label: 'ci', type: 'text', default: 'Pain.' },
      {
        name: 'gb',
        label: 'Gallbladder',
        type: 'choice',
        options: [{ value: 'Normal.' }, { value: 'Absent.', element: 'RDE9.1' }],
        default: 'Normal.',
      },
      {
        name: 'tech',
        label: 'Phase',
        type: 'choices',
        options: [{ value: 'arterial' }, { value: 'venous' }],
        default: 'arterial',
      },
      { name: 'd-1', label: 'Diameter', type: 'number', unit: 'mm', minimum: 0, maximum: 40, element: 'RDE196' },
    ]);
  });

  it('is refused where it has nothing to write in, and where it is larger than any', () => {
    assert.throws(() => readMrrt('<p>hello'), { code: 'request/malformed' });
    assert.throws(() => readMrrt('<section>x</section>'.padEnd(2_000_001)), { code: 'request/too-large' });
  });
});

describe('a macro', () => {
  it('becomes its text before the cursor, with places to stop', () => {
    const { text, stops } = expandMacro('Findings: sdh', 13, named('ct-head').macros!)!;
    assert.equal(text, 'Findings: Acute left frontal subdural haematoma, 0 mm, with 0 mm midline shift.');
    assert.deepEqual(
      stops.map(({ start, end }) => text.slice(start, end)),
      ['left', 'frontal', '0', '0'],
    );
    assert.equal(expandMacro('nothing', 7, named('ct-head').macros!), undefined);
  });
});

describe('how much of a proposed text was changed', () => {
  it('counts words put in, left out and changed', () => {
    assert.deepEqual(differenceOf('a b c d', 'a x c d e'), { words: 2, share: 0.4 });
    assert.deepEqual(differenceOf('', ''), { words: 0, share: 0 });
    assert.deepEqual(differenceOf('Left.', 'left'), { words: 0, share: 0 });
  });
});
