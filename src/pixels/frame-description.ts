// The attributes of the Image Pixel module (PS3.3 C.7.6.3) that say how one frame is laid out.

export interface FrameDescription {
  rows: number;
  columns: number;
  samplesPerPixel: number;
  bitsAllocated: number;
  bitsStored: number;
  pixelRepresentation: number;
  photometricInterpretation: string;
  planarConfiguration: number;
}
