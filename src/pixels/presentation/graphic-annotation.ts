// Graphics and text of a presentation state, as written. PS3.3 C.10.5 (Graphic Annotation), C.10.7 (Graphic Layer).

import type { DataSet } from '../../dicom/dataset.ts';
import { labToRgb } from '../cielab.ts';
import { type ImageReference, referencesOf } from './image-reference.ts';

/** PIXEL: places of the image, 0\0 the corner of its first pixel. DISPLAY: shares of the displayed area, 0\0 to 1\1. */
export type AnnotationUnits = 'PIXEL' | 'DISPLAY';

export type GraphicType = 'POINT' | 'POLYLINE' | 'INTERPOLATED' | 'CIRCLE' | 'ELLIPSE';

export interface GraphicAnnotation {
  references?: ImageReference[];
  layer: string;
  /** Layers of lower order are drawn first. */
  order: number;
  rgb: [number, number, number];
  graphics: { type: GraphicType; units: AnnotationUnits; points: number[]; filled: boolean }[];
  texts: TextObject[];
}

export interface TextObject {
  text: string;
  box?: { units: AnnotationUnits; points: number[]; justification: 'LEFT' | 'CENTER' | 'RIGHT' };
  anchor?: { units: AnnotationUnits; point: number[]; visible: boolean };
}

export const limits = {
  /** Numbers of Graphic Data of one object; what is longer is cut. */
  coordinates: 100_000,
};

/** Sorted as they are to be drawn. */
export function graphicAnnotationsOf(dataset: DataSet): GraphicAnnotation[] {
  const layers = layersOf(dataset);
  const annotations = dataset.items('GraphicAnnotationSequence').map((item): GraphicAnnotation => {
    const layer = item.text('GraphicLayer') ?? '';
    const { order, rgb } = layers.get(layer) ?? { order: 0, rgb: white };
    return {
      references: referencesOf(item),
      layer,
      order,
      rgb,
      graphics: item.items('GraphicObjectSequence').flatMap((object) => graphicOf(object) ?? []),
      texts: item.items('TextObjectSequence').flatMap((object) => textOf(object) ?? []),
    };
  });
  return annotations.sort((a, b) => a.order - b.order);
}

const white: [number, number, number] = [255, 255, 255];

function layersOf(dataset: DataSet): Map<string, { order: number; rgb: [number, number, number] }> {
  const layers = new Map<string, { order: number; rgb: [number, number, number] }>();
  for (const item of dataset.items('GraphicLayerSequence')) {
    const order = item.number('GraphicLayerOrder') ?? 0;
    layers.set(item.text('GraphicLayer') ?? '', { order, rgb: colourOf(item) });
  }
  return layers;
}

function colourOf(layer: DataSet): [number, number, number] {
  const lab = layer.numbers('GraphicLayerRecommendedDisplayCIELabValue');
  if (lab.length === 3) return labToRgb(lab);
  const grayscale = layer.number('GraphicLayerRecommendedDisplayGrayscaleValue');
  if (grayscale === undefined) return white;
  const gray = Math.round(grayscale / 257);
  return [gray, gray, gray];
}

const graphicTypes: readonly string[] = ['POINT', 'POLYLINE', 'INTERPOLATED', 'CIRCLE', 'ELLIPSE'];

function graphicOf(object: DataSet): GraphicAnnotation['graphics'][number] | undefined {
  const type = object.text('GraphicType') ?? '';
  const points = object.numbers('GraphicData').slice(0, limits.coordinates);
  if (!graphicTypes.includes(type) || points.length < 2 || points.some(Number.isNaN)) return undefined;
  const units = unitsOf(object.text('GraphicAnnotationUnits'));
  return { type: type as GraphicType, units, points, filled: object.text('GraphicFilled') === 'Y' };
}

function textOf(object: DataSet): TextObject | undefined {
  const text = object.text('UnformattedTextValue');
  if (text === undefined) return undefined;
  const corners = [
    ...object.numbers('BoundingBoxTopLeftHandCorner'),
    ...object.numbers('BoundingBoxBottomRightHandCorner'),
  ];
  const point = object.numbers('AnchorPoint');
  const justification = object.text('BoundingBoxTextHorizontalJustification');
  return {
    text,
    box:
      corners.length === 4
        ? {
            units: unitsOf(object.text('BoundingBoxAnnotationUnits')),
            points: corners,
            justification: justification === 'CENTER' || justification === 'RIGHT' ? justification : 'LEFT',
          }
        : undefined,
    anchor:
      point.length === 2
        ? {
            units: unitsOf(object.text('AnchorPointAnnotationUnits')),
            point,
            visible: object.text('AnchorPointVisibility') === 'Y',
          }
        : undefined,
  };
}

const unitsOf = (term: string | undefined): AnnotationUnits => (term === 'DISPLAY' ? 'DISPLAY' : 'PIXEL');
