// Pictures of objects that were kept as they arrive, taken apart again.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { type TestContext, test } from 'node:test';
import sharp from 'sharp';
import { testArchive } from '../../../test/support/archive.ts';
import { emptyFolder } from '../../../test/support/folder.ts';
import { freshUid, type MadeInstance, makeInstance, type Wanted } from '../../../test/support/instances.ts';
import { without } from '../../../test/support/needs.ts';
import { DataSet } from '../../dicom/dataset.ts';
import type { Annotation, IccProfile, RenderedWish, Scope } from '../../dicomweb/handlers.ts';
import { linearLightProfile } from '../../pixels/testing/icc-profile.ts';
import { InstancePlaces } from '../../storage/instance-places.ts';
import { FilmMaker } from '../pixels/film.ts';
import { KeptFilms } from '../pixels/kept-films.ts';
import { PixelCache } from '../pixels/pixel-cache.ts';
import { PixelPool } from '../pixels/pixel-pool.ts';
import { StoredHeads } from '../pixels/stored-heads.ts';
import { renderable } from './dicomweb-rendered.ts';

const PNG: RenderedWish = { mediaType: 'image/png', moves: false };

async function kept(t: TestContext) {
  const archive = await testArchive(t);
  const pixels = new PixelPool();
  archive.closing.defer(() => pixels.close());
  const places = new InstancePlaces(archive.database);
  const cache = await PixelCache.open(emptyFolder((cleanUp) => t.after(cleanUp)));
  const maker = FilmMaker.find();
  const sources = {
    objects: archive.store,
    heads: new StoredHeads(archive.store),
    pixels,
    places,
    onSent: () => {},
    ...(maker && { films: { maker, kept: new KeptFilms(cache, maker.version) } }),
  };
  const { signal } = new AbortController();
  return {
    async keep(wanted: Wanted): Promise<MadeInstance> {
      const made = makeInstance(wanted);
      await archive.stow(made.file);
      return made;
    },
    show: (scope: Scope, frame?: number) => renderable(sources, { tenant: 1 }, scope, frame, signal),
    /** The gray levels of a picture, row by row. */
    async grays(scope: Scope, wish: Partial<RenderedWish> = {}, frame?: number): Promise<number[]> {
      const shown = await renderable(sources, { tenant: 1 }, scope, frame, signal);
      assert.ok(shown.kind === 'image');
      const bytes = await shown.render({ ...PNG, ...wish });
      return [...(await sharp(bytes).extractChannel(0).raw().toBuffer())];
    },
  };
}

/** One value in all pixels, shown as itself by its window: 0 to 255 of 8 bits. */
const gray = (...values: number[]): Record<string, string | number | Uint8Array> => ({
  BitsAllocated: 8,
  BitsStored: 8,
  HighBit: 7,
  RescaleIntercept: '0',
  WindowCenter: '128',
  WindowWidth: '256',
  NumberOfFrames: String(values.length),
  PixelData: Uint8Array.from({ length: values.length * 4 }, (_, at) => values[Math.floor(at / 4)]!),
});

test('a frame is shown with its window, with another one, and cut, mirrored and scaled as wished', async (t) => {
  const { keep, grays } = await kept(t);
  const attributes = { ...gray(0), NumberOfFrames: '1', PixelData: Uint8Array.of(0, 50, 100, 250) };
  const made = await keep({ rows: 2, columns: 2, attributes });
  assert.deepEqual(await grays(made), [0, 50, 100, 250]);
  // PS3.3 C.11.2.1.2.1: at or below 50 - 0.5 - 0.5 black, above 50 - 0.5 + 0.5 white.
  assert.deepEqual(await grays(made, { window: { center: 50.5, width: 2, function: 'LINEAR' } }), [0, 128, 255, 255]);
  const region = { x: 1, y: 0, width: 1, height: 2, in: 'pixels' } as const;
  assert.deepEqual(await grays(made, { viewport: { region } }), [50, 250]);
  const mirrored = { x: 0, y: 0, width: -2, height: 2, in: 'pixels' } as const;
  assert.deepEqual(await grays(made, { viewport: { region: mirrored } }), [50, 0, 250, 100]);
  assert.equal((await grays(made, { viewport: { width: 6, height: 4 } })).length, 16, 'it keeps its proportions');
});

test('a study is shown by the middle image of its first series with images, whatever reports come before', async (t) => {
  const { keep, grays, show } = await kept(t);
  const studyInstanceUid = freshUid();
  const image = (series: string, number: number, value: number) =>
    keep({
      studyInstanceUid,
      seriesInstanceUid: `${studyInstanceUid.slice(0, 55)}.${series}`,
      rows: 2,
      columns: 2,
      attributes: { ...gray(value), SeriesNumber: series, InstanceNumber: String(number) },
    });
  const report = await keep({
    studyInstanceUid,
    attributes: { SeriesNumber: '1', Modality: 'SR', PixelData: undefined, Rows: undefined, Columns: undefined },
  });
  for (const [number, value] of [10, 20, 30].entries()) await image('2', number, value);
  await image('3', 1, 90);
  assert.equal((await grays({ studyInstanceUid }))[0], 20);
  const seriesInstanceUid = `${studyInstanceUid.slice(0, 55)}.3`;
  assert.equal((await grays({ studyInstanceUid, seriesInstanceUid }))[0], 90);
  await assert.rejects(show(report), { code: 'request/not-acceptable' });
  await assert.rejects(show({ studyInstanceUid: '1.2.3' }), { code: 'catalogue/not-found' });
});

test('of several frames the representative one is shown, the one asked for, or all of them moving', async (t) => {
  const { keep, grays, show } = await kept(t);
  const cine = await keep({ rows: 2, columns: 2, attributes: { ...gray(10, 20, 30, 40), FrameTime: '50' } });
  assert.equal((await grays(cine))[0], 30);
  assert.equal((await grays(cine, {}, 4))[0], 40);
  await assert.rejects(show(cine, 5), { code: 'catalogue/not-found' });
  const named = await keep({ rows: 2, columns: 2, attributes: { ...gray(10, 20, 30), RepresentativeFrameNumber: 1 } });
  assert.equal((await grays(named))[0], 10);
  const shown = await show(cine);
  assert.ok(shown.kind === 'image');
  const { pages, delay } = await sharp(await shown.render({ mediaType: 'image/gif', moves: true })).metadata();
  assert.deepEqual([pages, delay?.[0]], [4, 50]);
});

test('all frames are a video, as long as they are many', { skip: without('ffmpeg', 'ffmpeg') }, async (t) => {
  const { keep, show } = await kept(t);
  const values = Array.from({ length: 40 }, (_, at) => at * 6);
  const shown = await show(await keep({ rows: 2, columns: 2, attributes: { ...gray(...values), FrameTime: '40' } }));
  assert.ok(shown.kind === 'image');
  const film = shown.film!({ mediaType: 'video/mp4', moves: true });
  const video = await Array.fromAsync(film.chunks());
  const asked = ['-v', 'error', '-count_frames', '-show_entries', 'stream=nb_read_frames,duration', '-of', 'csv=p=0'];
  const { stdout } = spawnSync('ffprobe', [...asked, 'pipe:0'], { input: Buffer.concat(video) });
  assert.equal(stdout.toString().trim(), '1.600000,40');
  const { sizeBytes, open } = await film.whole();
  assert.equal(sizeBytes, Buffer.concat(video).length);
  const middle = Buffer.concat(await Array.fromAsync(open(100, 200)));
  assert.deepEqual(middle, Buffer.concat(video).subarray(100, 200));
});

/** A picture in an ICC profile whose numbers are amounts of light: 128 is half of it, which is 188 in sRGB. */
const linearLight = {
  SamplesPerPixel: 3,
  PhotometricInterpretation: 'RGB',
  PlanarConfiguration: 0,
  ICCProfile: linearLightProfile(),
  ...gray(0),
  NumberOfFrames: '1',
  PixelData: new Uint8Array(12).fill(128),
};

test('PS3.18 8.3.5.1.5: a picture brings the profile of its image, or is converted; what cannot be is 406', async (t) => {
  const { keep, show } = await kept(t);
  const shown = await show(await keep({ rows: 2, columns: 2, attributes: linearLight }));
  assert.ok(shown.kind === 'image');
  const opened = async (iccProfile: IccProfile) => {
    const picture = await shown.render({ ...PNG, iccProfile });
    const { icc } = await sharp(picture).metadata();
    const [red] = await sharp(picture, { ignoreIcc: true }).raw().toBuffer();
    return { red, profile: icc && new Uint8Array(icc) };
  };
  assert.deepEqual(await opened('no'), { red: 128, profile: undefined });
  assert.deepEqual(await opened('yes'), { red: 128, profile: linearLightProfile() });
  const halfOfTheLight = { srgb: 188, displayp3: 188, adobergb: 186, rommrgb: 174 } as const;
  for (const [named, sample] of Object.entries(halfOfTheLight) as [IccProfile, number][]) {
    const { red, profile } = await opened(named);
    assert.ok(Math.abs(red! - sample) <= 1, `half of the light is ${red} in ${named}`);
    assert.ok(profile !== undefined && Buffer.compare(profile, linearLightProfile()) !== 0);
  }
  const animated = { ...PNG, mediaType: 'image/gif', iccProfile: 'srgb' } as const;
  await assert.rejects(shown.render(animated), { code: 'request/not-acceptable' });
});

test('PS3.18 8.3.5.1.5: a picture without a profile is sRGB, and its full red is a share of that of wider spaces', async (t) => {
  const { keep, show } = await kept(t);
  const { ICCProfile: _none, ...attributes } = linearLight;
  const red = { ...attributes, PixelData: Uint8Array.from({ length: 12 }, (_, at) => (at % 3 === 0 ? 255 : 0)) };
  const shown = await show(await keep({ rows: 2, columns: 2, attributes: red }));
  assert.ok(shown.kind === 'image');
  const rows: [IccProfile, number[]][] = [
    ['srgb', [255, 0, 0]],
    ['displayp3', [234, 51, 35]],
    ['adobergb', [219, 0, 0]],
    ['rommrgb', [179, 70, 26]],
  ];
  for (const [named, wanted] of rows) {
    const picture = await shown.render({ ...PNG, iccProfile: named });
    const samples = await sharp(picture, { ignoreIcc: true }).raw().toBuffer();
    for (const [at, sample] of wanted.entries())
      assert.ok(Math.abs(samples[at]! - sample) <= 1, `${named}: ${[...samples]}`);
  }
});

test('PS3.18 8.3.5.1.1: patient and technique are written into the upper corners, whatever part is shown', async (t) => {
  const { keep, grays } = await kept(t);
  const attributes = { ...gray(0), NumberOfFrames: '1', PixelData: new Uint8Array(256 * 256) };
  const made = await keep({ rows: 256, columns: 256, attributes });
  const region = { x: 64, y: 64, width: 128, height: 128, in: 'pixels' } as const;
  /** How many pixels are bright in the left and in the right half of the upper third, and below. */
  const bright = async (annotation: Annotation[]): Promise<number[]> => {
    const found = [0, 0, 0];
    for (const [at, level] of (
      await grays(made, { viewport: { width: 256, height: 256, region }, annotation })
    ).entries()) {
      const [row, column] = [Math.floor(at / 256), at % 256];
      if (level > 200) found[row > 100 ? 2 : column < 128 ? 0 : 1]! += 1;
    }
    return found;
  };
  const [patient, technique, both] = [
    await bright(['patient']),
    await bright(['technique']),
    await bright(['patient', 'technique']),
  ];
  assert.ok(patient[0]! > 50 && patient[1] === 0 && patient[2] === 0, String(patient));
  assert.ok(technique[1]! > 50 && technique[0] === 0 && technique[2] === 0, String(technique));
  assert.deepEqual(both, [patient[0], technique[1], 0]);
});

test('a presentation state is shown as the image it presents, with its window and mirrored as it says', async (t) => {
  const { keep, grays, show } = await kept(t);
  const attributes = { ...gray(0), NumberOfFrames: '1', PixelData: Uint8Array.of(0, 100, 0, 100) };
  const image = await keep({ rows: 2, columns: 2, attributes });
  const reference = new DataSet()
    .set('ReferencedSOPClassUID', image.sopClassUid)
    .set('ReferencedSOPInstanceUID', image.sopInstanceUid);
  const state = await keep({
    studyInstanceUid: image.studyInstanceUid,
    attributes: {
      SOPClassUID: '1.2.840.10008.5.1.4.1.1.11.1',
      Modality: 'PR',
      PixelData: undefined,
      Rows: undefined,
      Columns: undefined,
      WindowCenter: undefined,
      WindowWidth: undefined,
      RescaleIntercept: undefined,
      RescaleSlope: undefined,
      ReferencedSeriesSequence: [
        new DataSet().set('SeriesInstanceUID', image.seriesInstanceUid).set('ReferencedImageSequence', [reference]),
      ],
      SoftcopyVOILUTSequence: [new DataSet().set('WindowCenter', '100').set('WindowWidth', '2')],
      DisplayedAreaSelectionSequence: [
        new DataSet()
          .set('DisplayedAreaTopLeftHandCorner', [1, 1])
          .set('DisplayedAreaBottomRightHandCorner', [2, 2])
          .set('PresentationSizeMode', 'SCALE TO FIT')
          .set('PresentationPixelAspectRatio', ['1', '1']),
      ],
      ImageHorizontalFlip: 'Y',
      ImageRotation: 0,
      PresentationLUTShape: 'IDENTITY',
    },
  });
  assert.deepEqual(await grays(state), [255, 0, 255, 0]);
  const [ofState, ofImage] = await Promise.all([show(state), show(image)]);
  assert.notEqual(ofState.version, ofImage.version, 'it has a validator of its own');
});

test('behaviour 31: a PDF and a video are their own renderings', async (t) => {
  const { keep, show } = await kept(t);
  const document = { PixelData: undefined, Rows: undefined, Columns: undefined };
  const pdf = await keep({
    attributes: {
      ...document,
      MIMETypeOfEncapsulatedDocument: 'application/pdf',
      EncapsulatedDocument: new TextEncoder().encode('%PDF'),
    },
  });
  const shown = await show(pdf);
  assert.ok(shown.kind === 'value');
  assert.deepEqual([shown.mediaType, shown.body.sizeBytes], ['application/pdf', 4]);
  const codestreams = [Uint8Array.of(1, 2, 3, 4)];
  const video = await show(await keep({ transferSyntaxUid: '1.2.840.10008.1.2.4.103', codestreams }));
  assert.ok(video.kind === 'value');
  assert.deepEqual([video.mediaType, video.body.sizeBytes], ['video/mp4', 4]);
});
