// MPR and MIP in OHIF, of a CT from our frames, on WebGL that the processor draws: planes and projections through a body that
// is known lie where the patient's axes say and look as the body does.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import type { Raster } from '../../src/pixels/raster.ts';
import { openPage, startBrowser, withoutOhif } from '../support/browser.ts';
import { type Axis, corners, middlePlane, projection, volumeFiles } from '../support/ct-volume.ts';
import { stow } from '../support/dicomweb.ts';
import { openDoors, startNodeProcess } from '../support/node-process.ts';
import { cut, rasterOf, shows, type Tolerance } from '../support/screen.ts';

/** In levels of 255: edges between voxels lie up to half a voxel beside those of the body. */
const tolerance: Tolerance = { meanDifference: 3, largestDifference: 60 };

/** The viewport that is looked through along each axis. */
const viewports: Record<Axis, string> = { x: 'mpr-sagittal', y: 'mpr-coronal', z: 'mpr-axial' };
const axes = Object.keys(viewports) as Axis[];

test('OHIF shows a CT in three planes, and what is brightest along each axis', { skip: withoutOhif }, async (t) => {
  const node = await startNodeProcess((cleanUp) => t.after(cleanUp), { environment: openDoors });
  const { studyInstanceUid, files } = volumeFiles();
  assert.equal((await stow(node.url, files)).status, 200);
  const browser = await startBrowser((cleanUp) => t.after(cleanUp));
  const { page, outside } = await openPage(browser, node.url);
  await page.goto(`${node.url}/viewer/viewer?StudyInstanceUIDs=${studyInstanceUid}&hangingProtocolId=mpr`);
  const compare = async (what: string, axis: Axis, picture: Raster): Promise<void> => {
    const found = await shows(page, () => volumeIn(page, viewports[axis]), picture, tolerance);
    t.diagnostic(
      `${what} along ${axis}: ${found.meanDifference.toFixed(2)}, at most ${found.largestDifference.toFixed(1)}`,
    );
  };
  for (const axis of axes) await compare('plane', axis, middlePlane(axis));
  for (const axis of axes) {
    await page.evaluate(`(() => {
      const viewport = ${found(viewports[axis])};
      viewport.setBlendMode(cornerstone.Enums.BlendModes.MAXIMUM_INTENSITY_BLEND);
      viewport.setSlabThickness(1000);
      viewport.render();
    })()`);
    await compare('projection', axis, projection(axis));
  }
  assert.deepEqual(outside, []);
});

/** What runs in the browser is text: its names are not those of Node. */
const found = (id: string): string =>
  `window.cornerstone?.getRenderingEngines()[0]?.getViewports().find(({ id }) => id === '${id}')`;

/** What a viewport shows between the first voxel and the last; undefined while it shows none. */
async function volumeIn(page: Page, id: string): Promise<Raster | undefined> {
  const shown = await page.evaluate<{ url: string; box: [number, number][] } | undefined>(`(() => {
    const viewport = ${found(id)};
    if (!viewport?.getActors().length) return undefined;
    const corners = ${JSON.stringify(corners.map(({ x, y, z }) => [x, y, z]))};
    return { url: viewport.canvas.toDataURL(), box: corners.map((corner) => viewport.worldToCanvas(corner)) };
  })()`);
  if (shown === undefined) return undefined;
  const raster = await rasterOf(Buffer.from(shown.url.split(',')[1]!, 'base64'));
  const [[left, right], [top, bottom]] = [0, 1].map((side) =>
    shown.box.map((corner) => Math.round(corner[side]!)).sort((a, b) => a - b),
  ) as [[number, number], [number, number]];
  return cut(raster, { left, top, width: right - left, height: bottom - top });
}
