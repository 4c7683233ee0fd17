import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { emptyFolder } from '../../../test/support/folder.ts';
import { without } from '../../../test/support/needs.ts';
import { sourceOf } from '../../translate/byte-source.ts';
import { describeMp4 } from '../../translate/mp4.ts';
import { FileSource } from './file-source.ts';
import { VideoConverter } from './video-converter.ts';

const skip = without('ffmpeg', 'ffmpeg');

/** Half a second of a test picture. */
function film(folder: string, name: string, ...coding: string[]): string {
  const path = join(folder, name);
  const input = ['-v', 'error', '-f', 'lavfi', '-i', 'testsrc=size=64x48:rate=10:duration=0.5', '-pix_fmt', 'yuv420p'];
  const { status, stderr } = spawnSync('ffmpeg', [...input, ...coding, path], { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return path;
}

/** The pictures of a video, which are the same bytes wherever they lie. */
const pictures = (path: string): Buffer =>
  spawnSync('ffmpeg', ['-v', 'error', '-i', path, '-map', '0:v', '-c', 'copy', '-bsf:v', 'h264_mp4toannexb', '-f', 'h264', '-']).stdout; // biome-ignore format: one command

test('PS3.5 8.2.7: QuickTime with H.264 High Profile is put into MP4, its pictures as they are', {
  skip,
}, async (t) => {
  const folder = emptyFolder((cleanUp) => t.after(cleanUp));
  const scratch = emptyFolder((cleanUp) => t.after(cleanUp));
  const movie = film(folder, 'a.mov', '-c:v', 'libx264', '-profile:v', 'high');
  await using file = await FileSource.open(movie);
  {
    await using video = await new VideoConverter(scratch, false).convert(file);
    assert.equal(video.isEncodedAnew, false);
    assert.equal((await describeMp4(video)).transferSyntaxUid, '1.2.840.10008.1.2.4.102');
    const [made] = readdirSync(scratch);
    assert.deepEqual(pictures(join(scratch, made!)), pictures(movie));
  }
  assert.deepEqual(readdirSync(scratch), []);
});

test('what no transfer syntax takes is encoded anew where that is allowed, else refused with what it is', {
  skip,
}, async (t) => {
  const folder = emptyFolder((cleanUp) => t.after(cleanUp));
  const scratch = emptyFolder((cleanUp) => t.after(cleanUp));
  await using file = await FileSource.open(film(folder, 'a.avi', '-c:v', 'mpeg4'));
  {
    await using video = await new VideoConverter(scratch, true).convert(file);
    assert.equal(video.isEncodedAnew, true);
    const { rows, columns, numberOfFrames } = await describeMp4(video);
    assert.deepEqual([rows, columns, numberOfFrames], [48, 64, 5]);
  }
  await assert.rejects(new VideoConverter(scratch, false).convert(file), /mp4v/);
  await assert.rejects(new VideoConverter(scratch, true).convert(sourceOf(Buffer.from('RIFF____AVI '))), {
    code: 'dicom/unreadable',
  });
  assert.deepEqual(readdirSync(scratch), []);
});
