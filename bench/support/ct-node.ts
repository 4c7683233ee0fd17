// A started node with CT slices of 512 by 512 pixels in it, for benches that ask over the network.

import { ctFrame, grayFrame } from '../../src/pixels/testing/frames.ts';
import { freshUid, makeInstance } from '../../test/support/instances.ts';
import { type NodeProcess, openDoors, startNodeProcess } from '../../test/support/node-process.ts';

const side = { rows: 512, columns: 512 };
const frame = grayFrame(side.rows, side.columns);
/** Slices repeat after so many: what a node does with one does not depend on the others', and a frame takes long to make. */
const BODIES = 16;
const bodies = Array.from({ length: BODIES }, (_, seed) => ctFrame(frame, seed + 1, false));

export interface CtNode {
  node: NodeProcess;
  /** Address of each slice below the node's. */
  paths: string[];
}

/** A series of `count` slices as Part 10 files, each an object of its own; in a study of its own unless one is named. */
export function* ctSeries(
  count: number,
  { studyInstanceUid = freshUid(), series: seriesNumber = 1 }: { studyInstanceUid?: string; series?: number } = {},
): Generator<{ file: Uint8Array; path: string; studyInstanceUid: string }> {
  const series = { studyInstanceUid, seriesInstanceUid: freshUid() };
  for (let number = 1; number <= count; number++) {
    const attributes = {
      SeriesNumber: String(seriesNumber),
      InstanceNumber: String(number),
      BitsStored: 12,
      HighBit: 11,
      PixelData: bodies[number % BODIES],
    };
    const { file, sopInstanceUid } = makeInstance({ ...series, ...side, attributes });
    const path = `/dicomweb/studies/${series.studyInstanceUid}/series/${series.seriesInstanceUid}/instances/${sopInstanceUid}`;
    yield { file, path, studyInstanceUid };
  }
}

export async function startCtNode(after: (cleanUp: () => Promise<void>) => void, count: number): Promise<CtNode> {
  const node = await startNodeProcess(after, { environment: openDoors });
  const paths: string[] = [];
  for (const { file, path } of ctSeries(count)) {
    const head = '--part\r\nContent-Type: application/dicom\r\n\r\n';
    const answer = await fetch(`${node.url}/dicomweb/studies`, {
      method: 'POST',
      headers: { 'Content-Type': 'multipart/related; type="application/dicom"; boundary=part' },
      body: Buffer.concat([Buffer.from(head), file, Buffer.from('\r\n--part--\r\n')]),
    });
    if (!answer.ok) throw new Error(`a slice was not kept: ${answer.status} ${await answer.text()}`);
    paths.push(path);
  }
  return { node, paths };
}

/** Asks for all of `urls` once, so many at a time, while `goesOn`; resolves to the time each one took, in ms. */
export async function askEach(
  urls: readonly string[],
  { accept, connections, goesOn = () => true }: { accept: string; connections: number; goesOn?: () => boolean },
): Promise<number[]> {
  const left = urls.values();
  const times: number[] = [];
  const client = async (): Promise<void> => {
    for (const url of left) {
      if (!goesOn()) return;
      const began = performance.now();
      const answer = await fetch(url, { headers: { accept } });
      await answer.arrayBuffer();
      if (!answer.ok) throw new Error(`${answer.status} for ${url}`);
      times.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: connections }, client));
  return times;
}
