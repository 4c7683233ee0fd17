// The levels of a whole slide image (PS3.3 C.8.12): the same slide in several resolutions, each cut into tiles, each tile a
// frame. Only those of the slide itself: its label and overview are pictures of their own.

import { itemOf, itemsOf, type JsonObject, numberOf, textOf, textsOf } from './dicom-json.ts';
import { lossOf } from './instance-view.ts';

export interface SlideLevel {
  sopInstanceUid: string;
  /** Of the whole level, in pixels: Total Pixel Matrix. */
  columns: number;
  rows: number;
  tileColumns: number;
  tileRows: number;
  /** Number of the instance's frames. */
  frames: number;
  /** See `InstanceView`. */
  lossy: string;
  /** The frame (from 1) of the tile in a column and row of tiles, from 0; undefined where the level has none. */
  frameAt(column: number, row: number): number | undefined;
}

/** The finest first; empty where the series is no slide of tiles. */
export function slideLevels(objects: readonly JsonObject[]): SlideLevel[] {
  return objects
    .flatMap((object) => levelOf(object) ?? [])
    .sort((a, b) => b.columns - a.columns)
    .filter(({ columns, rows }, _, [finest]) => isSameSlide(columns / rows, finest!.columns / finest!.rows));
}

/** Levels are rounded to whole pixels: small ones differ from the shape of the finest by a little. */
const isSameSlide = (shape: number, finest: number): boolean => Math.abs(shape / finest - 1) < 0.1;

function levelOf(object: JsonObject): SlideLevel | undefined {
  const [tileRows, tileColumns] = [numberOf(object, '00280010') ?? 0, numberOf(object, '00280011') ?? 0];
  const [columns, rows] = [numberOf(object, '00480006') ?? 0, numberOf(object, '00480007') ?? 0];
  // C.8.12.4.1.1: VOLUME and, of former editions, RESAMPLED in its fourth value; THUMBNAIL is its coarsest level.
  const isOther = ['LABEL', 'OVERVIEW'].includes(textsOf(object, '00080008')[2] ?? '');
  if (isOther || tileRows === 0 || tileColumns === 0 || columns === 0 || rows === 0) return undefined;
  const frames = numberOf(object, '00280008') ?? 1;
  const across = Math.ceil(columns / tileColumns);
  const tile = { tileColumns, tileRows };
  const places = textOf(object, '00209311') === 'TILED_FULL' ? undefined : sparsePlaces(object, tile);
  return {
    sopInstanceUid: textOf(object, '00080018'),
    columns,
    rows,
    ...tile,
    frames,
    lossy: lossOf(object),
    frameAt(column, row) {
      if (places !== undefined && places.size > 0) return places.get(`${column} ${row}`);
      const frame = row * across + column + 1;
      return column < across && frame <= frames ? frame : undefined;
    },
  };
}

/** C.8.12.14: Column and Row Position In Total Image Pixel Matrix, from 1; of several focal planes the first. */
function sparsePlaces(object: JsonObject, tile: { tileColumns: number; tileRows: number }): Map<string, number> {
  const places = new Map<string, number>();
  for (const [at, group] of itemsOf(object, '52009230').entries()) {
    const position = itemOf(group, '0048021A');
    const [column, row] = [numberOf(position, '0048021E'), numberOf(position, '0048021F')];
    if (column === undefined || row === undefined) continue;
    const key = `${Math.floor((column - 1) / tile.tileColumns)} ${Math.floor((row - 1) / tile.tileRows)}`;
    if (!places.has(key)) places.set(key, at + 1);
  }
  return places;
}
