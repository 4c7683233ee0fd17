import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { CoercionNote } from '../../dicom/coercion.ts';
import { DataSet } from '../../dicom/dataset.ts';
import { isItems } from '../../dicom/element.ts';
import { jsonText } from '../../dicom/json.ts';
import { tag } from '../../dicom/tag.ts';
import { part10 } from '../../dicom/testing/objects.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN, transferSyntax } from '../../dicom/transfer-syntax.ts';
import type { Step } from '../step.ts';
import { image, prior, studyObjects, studyUid } from '../testing/study-objects.ts';
import { type TransformContext, transformInstance } from './transform.ts';
import { type InstanceHead, planUids } from './uid-plan.ts';

const uidOf = (text: string) =>
  `1.9.${[...text].map((c) => c.charCodeAt(0)).reduce((h, c) => (h * 31n + BigInt(c)) % 10n ** 30n, 7n)}`;
const note: CoercionNote = { modifyingSystem: 'FASCIA', at: new Date('2026-11-23T08:00:00Z') };
const context: TransformContext = {
  syntax: transferSyntax(EXPLICIT_VR_LITTLE_ENDIAN)!,
  uidOf,
  coerced: {},
  note,
};

const headOf = (dataset: DataSet): InstanceHead => ({
  sopInstanceUid: dataset.text('SOPInstanceUID')!,
  seriesInstanceUid: dataset.text('SeriesInstanceUID')!,
  dataset,
});

function transformed(steps: readonly Step[], objects: DataSet[], heads = objects) {
  const uids = planUids(steps, studyUid, heads.map(headOf), uidOf);
  return objects.map((dataset) => ({
    dataset,
    ...transformInstance(steps, dataset, { ...context, ...(uids && { uids }) }),
  }));
}

/** Every UID of every UI element, at every depth. */
function uidsIn(dataset: DataSet): string[] {
  return [...dataset.elements.values()].flatMap(({ tag, vr, value }) =>
    vr === 'UI' ? dataset.texts(tag) : isItems(value) ? value.flatMap(uidsIn) : [],
  );
}

const json = (dataset: DataSet) => jsonText(dataset, { bulkDataUri: () => undefined });

const imagesOf = (objects: readonly { dataset: DataSet }[]) =>
  objects.map(({ dataset }) => dataset).filter((dataset) => dataset.text('Modality') === 'CT');

test('after a remap no object of a study says an old UID, and every reference names one of the new objects', () => {
  const before = studyObjects();
  const old = new Set(before.flatMap((one) => [one.text('SOPInstanceUID')!, one.text('SeriesInstanceUID')!, studyUid]));
  const after = transformed([{ remapUids: {} }], before);
  const now = new Set(
    after.flatMap(({ dataset }) => [dataset.text('SOPInstanceUID')!, dataset.text('SeriesInstanceUID')!]),
  );
  assert.equal(now.size, old.size - 1);
  for (const { dataset, findings } of after) {
    assert.deepEqual(findings, []);
    const written = new TextDecoder('latin1').decode(part10(dataset, EXPLICIT_VR_LITTLE_ENDIAN));
    for (const uid of old) assert.ok(!new RegExp(`(?<![.\\d])${uid}(?![.\\d])`).test(written), uid);
    for (const uid of uidsIn(dataset).filter((one) => one.startsWith('1.9.'))) {
      assert.ok(now.has(uid) || uid === uidOf(studyUid), uid);
    }
  }
});

test('a remap is what replacing each UID by its new one in every reference gives, however references are nested', () => {
  const named = studyObjects();
  const uids = new Map(
    named.flatMap((one) =>
      ['SOPInstanceUID', 'SeriesInstanceUID'].map((key) => [one.text(key)!, uidOf(one.text(key)!)]),
    ),
  ).set(studyUid, uidOf(studyUid));
  const instance = fc.constantFrom(...named.map((one) => one.text('SOPInstanceUID')!));
  const items: (depth: number) => fc.Arbitrary<DataSet[]> = fc.memo((depth) => {
    const below = depth > 1 ? items(depth - 1) : fc.constant<DataSet[]>([]);
    const sequence = fc.constantFrom('ContentSequence', 'SourceImageSequence');
    const item = fc.tuple(instance, fc.boolean(), sequence, below).map(([uid, isPrivate, keyword, references]) => {
      const reference = new DataSet().set('ReferencedSOPInstanceUID', uid).set(keyword, references);
      return isPrivate ? reference.set(tag(0x0029, 0x1001), uid, 'UI') : reference;
    });
    return fc.array(item, { maxLength: 3 });
  });
  fc.assert(
    fc.property(items(4), (references) => {
      const dataset = image(1, 1).set('ReferencedImageSequence', references);
      const expected = json(dataset).replaceAll(/"(2\.25\.[\d]+)"/g, (whole, uid) =>
        uids.has(uid) ? `"${uids.get(uid)}"` : whole,
      );
      const [after] = transformed([{ remapUids: {} }], [dataset], named);
      assert.equal(json(after!.dataset), expected);
    }),
    { numRuns: 50 },
  );
});

test('references to another study, a procedure step or a frame of reference keep their UIDs', () => {
  const after = transformed([{ remapUids: {} }], studyObjects());
  const all = new Set(after.flatMap(({ dataset }) => uidsIn(dataset)));
  for (const uid of [prior.study, prior.series, prior.image, '2.25.6000', '2.25.7000']) assert.ok(all.has(uid), uid);
});

test('an instance that comes late gets the UIDs that others already name it by', () => {
  const objects = studyObjects();
  const late = objects[0]!;
  const [reference] = transformed([{ remapUids: {} }], [objects[6]!], objects.slice(1));
  assert.deepEqual(reference!.findings, []);
  const [after] = transformed([{ remapUids: {} }], [late], objects.slice(1));
  assert.ok(uidsIn(reference!.dataset).includes(after!.dataset.text('SOPInstanceUID')!));
});

test('a reference of which nobody says the study stops the rule, unless the rule keeps it', () => {
  const orphan = () =>
    image(1, 1).set('SourceImageSequence', [
      new DataSet()
        .set('ReferencedSOPClassUID', '1.2.840.10008.5.1.4.1.1.2')
        .set('ReferencedSOPInstanceUID', '2.25.5555'),
    ]);
  const [stopped] = transformed([{ remapUids: {} }], [orphan()]);
  assert.deepEqual(stopped!.findings, [
    { step: 'remapUids', code: 'reference-unknown', path: '00082112[1].00081155', stops: true },
  ]);
  assert.equal(stopped!.stopped, true);
  const [kept] = transformed([{ remapUids: { unknownReferences: 'keep' } }], [orphan()]);
  assert.equal(kept!.stopped, false);
  assert.equal(kept!.dataset.items('SourceImageSequence')[0]!.text('ReferencedSOPInstanceUID'), '2.25.5555');
});

test('a text or unknown value that is a UID and nothing else is rewritten as any reference', () => {
  const dataset = image(1, 1)
    .set('ImageComments', '2.25.9012')
    .set(tag(0x0029, 0x0010), 'NOBODY KNOWS')
    .set(tag(0x0029, 0x1001), new TextEncoder().encode('2.25.9013\0'), 'UN');
  const [after] = transformed([{ remapUids: {} }], [dataset], studyObjects());
  assert.deepEqual(after!.findings, []);
  assert.equal(dataset.text('ImageComments'), uidOf('2.25.9012'));
  const unknown = new TextDecoder().decode(dataset.bytes(tag(0x0029, 0x1001)));
  assert.equal(unknown.replace(/\0$/, ''), uidOf('2.25.9013'));
  assert.equal(unknown.length % 2, 0);
});

test('an old UID in text or in an unknown private value stops the rule, unless a step removes it', () => {
  const chatty = () =>
    image(1, 1)
      .set('ImageComments', 'see 2.25.9012, please')
      .set(tag(0x0029, 0x0010), 'NOBODY KNOWS')
      .set(tag(0x0029, 0x1001), new TextEncoder().encode('\0\x012.25.9013\0'), 'UN');
  const heads = studyObjects();
  const [stopped] = transformed([{ remapUids: {} }], [chatty()], heads);
  assert.deepEqual(
    stopped!.findings.map(({ code, path }) => [code, path]),
    [
      ['uid-in-value', '00204000'],
      ['uid-in-value', '00291001'],
    ],
  );
  const [sent] = transformed([{ remapUids: {} }, { remove: ['ImageComments', 'private'] }], [chatty()], heads);
  assert.equal(sent!.stopped, false);
  const [kept] = transformed([{ remapUids: { uidsInValues: 'keep' } }], [chatty()], heads);
  assert.equal(kept!.stopped, false);
});

test('a split series becomes one for each value, and what referenced it names each part', () => {
  const after = transformed([{ splitSeries: { by: ['EchoTime'] } }], studyObjects());
  assert.deepEqual(
    after.flatMap(({ findings }) => findings),
    [],
  );
  const images = imagesOf(after);
  const seriesOf = new Map(images.map((one) => [one.text('SOPInstanceUID'), one.text('SeriesInstanceUID')]));
  assert.equal(new Set(seriesOf.values()).size, 4);
  assert.equal(images[0]!.text('StudyInstanceUID'), studyUid);
  assert.equal(images[2]!.text('SeriesDescription'), 'Series 1, 80');
  const [sr] = after.filter(({ dataset }) => dataset.text('Modality') === 'SR');
  const [evidence] = sr!.dataset.items('CurrentRequestedProcedureEvidenceSequence');
  const groups = evidence!.items('ReferencedSeriesSequence');
  assert.equal(groups.length, 4);
  for (const group of groups) {
    for (const item of group.items('ReferencedSOPSequence')) {
      assert.equal(seriesOf.get(item.text('ReferencedSOPInstanceUID')), group.text('SeriesInstanceUID'));
    }
  }
});

test('merged series become one with one numbering, and what referenced them names it once', () => {
  const after = transformed([{ mergeSeries: { by: ['FrameOfReferenceUID'] } }], studyObjects());
  const images = imagesOf(after);
  assert.equal(new Set(images.map((one) => one.text('SeriesInstanceUID'))).size, 1);
  assert.deepEqual(
    images.map((one) => one.number('InstanceNumber')),
    [1, 2, 3, 4, 5, 6],
  );
  assert.ok(images.every((one) => one.text('SeriesDescription') === 'Series 1' && one.number('SeriesNumber') === 1));
  const [state] = after.filter(({ dataset }) => dataset.text('Modality') === 'PR');
  const groups = state!.dataset.items('ReferencedSeriesSequence');
  assert.deepEqual(
    groups.map((group) => group.items('ReferencedImageSequence').length),
    [6],
  );
});

test('the order in which the instances of a study are looked at changes none of their UIDs', () => {
  const steps: Step[] = [{ remapUids: {} }, { splitSeries: { by: ['EchoTime'] } }];
  const one = planUids(steps, studyUid, studyObjects().map(headOf), uidOf)!;
  const other = planUids(steps, studyUid, studyObjects().reverse().map(headOf), uidOf)!;
  for (const [uid, placed] of one.instances) assert.deepEqual(other.instances.get(uid), placed);
});

test('values are set, copied, mapped and removed; characters that do not fit make the object UTF-8', () => {
  const dataset = image(1, 1).set('SpecificCharacterSet', 'ISO_IR 100').set('BodyPartExamined', 'KOPF');
  const steps: Step[] = [
    { set: { InstitutionName: 'Königliche Klinik 京都', ImageType: 'ORIGINAL\\SECONDARY' } },
    { map: { attribute: 'BodyPartExamined', values: { KOPF: 'HEAD' }, otherwise: 'stop' } },
    { copy: { from: 'BodyPartExamined', to: 'ProtocolName' } },
    { remove: ['EchoTime'] },
  ];
  const { stopped } = transformInstance(steps, dataset, context);
  assert.equal(stopped, false);
  assert.equal(dataset.text('InstitutionName'), 'Königliche Klinik 京都');
  assert.equal(dataset.text('SpecificCharacterSet'), 'ISO_IR 192');
  assert.deepEqual(dataset.texts('ImageType'), ['ORIGINAL', 'SECONDARY']);
  assert.deepEqual(dataset.texts('ProtocolName'), ['HEAD']);
  assert.equal(dataset.has('EchoTime'), false);
  const again = transformInstance([steps[1]!], image(1, 1).set('BodyPartExamined', 'BRUST'), context);
  assert.deepEqual(again.findings, [{ step: 'map', code: 'value-not-mapped', path: '00180015', stops: true }]);
});

test('a private element is brought to its standard attribute, wherever its block stands', () => {
  const dataset = image(1, 1)
    .set(tag(0x0019, 0x0011), 'SIEMENS MR HEADER')
    .set(tag(0x0019, 0x110c), new TextEncoder().encode('1000'), 'UN');
  const steps: Step[] = [
    { standardise: { from: 'SIEMENS MR HEADER/0019xx0C', to: 'DiffusionBValue' } },
    { standardise: { from: 'SIEMENS MR HEADER/0019xx0D', to: 'ImageComments' } },
    { standardise: { from: 'PatientName', to: 'RepetitionTime', scale: 1000 } },
  ];
  const { findings } = transformInstance(steps, dataset, context);
  assert.equal(dataset.number('DiffusionBValue'), 1000);
  assert.equal(dataset.get('DiffusionBValue')!.vr, 'FD');
  assert.equal(dataset.has('ImageComments'), false);
  assert.deepEqual(findings, [{ step: 'standardise', code: 'value-unusable', path: '00100010', stops: false }]);
});

test('PS3.3 C.12.1.1.9: what an order coerces is noted with what it was', () => {
  const dataset = image(1, 1).set('AccessionNumber', 'WRONG');
  const coerced = { order: { AccessionNumber: 'A-1', RequestingPhysician: 'DOC^TOR' } };
  const steps: Step[] = [{ coerce: { from: 'order', attributes: ['AccessionNumber'] } }];
  transformInstance(steps, dataset, { ...context, coerced });
  assert.equal(dataset.text('AccessionNumber'), 'A-1');
  assert.equal(dataset.has('RequestingPhysician'), false);
  const [original] = dataset.items('OriginalAttributesSequence');
  assert.equal(original!.items('ModifiedAttributesSequence')[0]!.text('AccessionNumber'), 'WRONG');
  const orderless = transformInstance(steps, image(1, 1), context);
  assert.deepEqual(orderless.findings, [{ step: 'coerce', code: 'no-value', path: '', stops: true }]);
});

test('an image that is compressed with loss becomes a derived one that names its source', () => {
  const dataset = image(1, 1);
  const steps: Step[] = [{ transcode: { to: '1.2.840.10008.1.2.4.91', lossy: { ratio: 10 } } }];
  const { transcode } = transformInstance(steps, dataset, context);
  assert.equal(transcode!.syntax.uid, '1.2.840.10008.1.2.4.91');
  assert.equal(transcode!.ratio, 10);
  assert.notEqual(dataset.text('SOPInstanceUID'), '2.25.9011');
  assert.deepEqual(dataset.texts('ImageType'), ['DERIVED', 'PRIMARY', 'AXIAL']);
  assert.equal(dataset.text('LossyImageCompression'), '01');
  assert.equal(dataset.text('LossyImageCompressionMethod'), 'ISO_15444_1');
  const [source] = dataset.items('SourceImageSequence');
  assert.equal(source!.text('ReferencedSOPInstanceUID'), '2.25.9011');
});

test('what was compressed with loss once is never so again', () => {
  const steps: Step[] = [{ transcode: { to: '1.2.840.10008.1.2.4.91', lossy: { ratio: 10 } } }];
  const said = transformInstance(steps, image(1, 1).set('LossyImageCompression', '01'), context);
  const jpeg = transformInstance(steps, image(1, 1), { ...context, syntax: transferSyntax('1.2.840.10008.1.2.4.50')! });
  for (const { findings, stopped } of [said, jpeg]) {
    assert.equal(stopped, true);
    assert.equal(findings[0]!.code, 'lossy-already');
  }
});

test('a reversible transcoding changes nothing but the syntax, and is not for what has no pixels', () => {
  const steps: Step[] = [{ transcode: { to: '1.2.840.10008.1.2.4.201' } }];
  const dataset = image(1, 1);
  const { transcode } = transformInstance(steps, dataset, context);
  assert.equal(transcode!.syntax.uid, '1.2.840.10008.1.2.4.201');
  assert.equal(dataset.text('SOPInstanceUID'), '2.25.9011');
  assert.equal(dataset.has('LossyImageCompression'), false);
  assert.equal('transcode' in transformInstance(steps, studyObjects()[6]!, context), false);
});

test('without somebody who knows the profile nothing leaves as de-identified', () => {
  const steps: Step[] = [{ deidentify: { profile: 'basic' } }];
  assert.equal(transformInstance(steps, image(1, 1), context).stopped, true);
  const dataset = image(1, 1);
  const deidentify = (of: DataSet, { profile }: { profile: string }) =>
    profile === 'basic' && of.delete('PatientName') ? { findings: [] } : undefined;
  assert.equal(transformInstance(steps, dataset, { ...context, deidentify }).stopped, false);
  assert.equal(dataset.has('PatientName'), false);
});
