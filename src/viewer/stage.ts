// The canvas of a pane: a picture fitted into it, enlarged and moved as the person wants.

export interface Camera {
  /** 1: the whole image fits. */
  zoom: number;
  /** Of the image's middle from that of the canvas, in CSS pixels. */
  x: number;
  y: number;
}

/** In pixels of the picture. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** What is too large to be one image draws what is in sight of it. */
export interface Picture {
  width: number;
  height: number;
  /** `scale`: pixels of the screen for one of the picture. */
  draw(context: CanvasRenderingContext2D, visible: Box, scale: number): void;
}

/** Painted over an image: a canvas, and where its pixels lie among those of the image. */
export interface Layer {
  canvas: HTMLCanvasElement;
  /** As setTransform takes it. */
  matrix: readonly [a: number, b: number, c: number, d: number, e: number, f: number];
  /** Of the image, which may be on the stage in another size. */
  rows: number;
  columns: number;
}

const limits = {
  leastZoom: 0.25,
  mostZoom: 32,
  /** CSS pixels for one of a picture that is larger than `mostZoom` would show. */
  mostScale: 4,
};

export const wholeImage: Camera = { zoom: 1, x: 0, y: 0 };

export class Stage {
  readonly canvas = document.createElement('canvas');
  readonly #context: CanvasRenderingContext2D;
  #picture: Picture | undefined;
  #camera: Camera = wholeImage;

  constructor() {
    this.#context = this.canvas.getContext('2d', { alpha: false })!;
    new ResizeObserver(() => this.draw()).observe(this.canvas);
  }

  get camera(): Camera {
    return this.#camera;
  }

  /** Pixels of the screen along the longer side of the image as it is shown. */
  get shownPixels(): number {
    const { width, height } = this.#picture ?? nothing;
    return Math.max(width, height) * this.#scale() * devicePixelRatio;
  }

  show(image: ImageBitmap | HTMLImageElement | HTMLCanvasElement, layers: readonly Layer[] = []): void {
    const { naturalWidth: width = image.width, naturalHeight: height = image.height } = image as HTMLImageElement;
    this.showPicture({
      width,
      height,
      draw(context) {
        context.drawImage(image, 0, 0, width, height);
        context.imageSmoothingEnabled = false;
        for (const { canvas, matrix, rows, columns } of layers) {
          context.save();
          context.scale(width / columns, height / rows);
          context.transform(...matrix);
          context.drawImage(canvas, 0, 0);
          context.restore();
        }
      },
    });
  }

  showPicture(picture: Picture): void {
    this.#picture = picture;
    this.draw();
  }

  clear(): void {
    this.#picture = undefined;
    this.draw();
  }

  look(camera: Camera): void {
    this.#camera = { ...camera, zoom: this.#allowed(camera.zoom) };
    this.draw();
  }

  /** Enlarges by `factor`, the point at `x`, `y` of the canvas staying where it is. */
  zoomAt(factor: number, x: number, y: number): void {
    const { clientWidth, clientHeight } = this.canvas;
    const zoom = this.#allowed(this.#camera.zoom * factor);
    const grown = zoom / this.#camera.zoom;
    const [fromX, fromY] = [x - clientWidth / 2, y - clientHeight / 2];
    this.look({ zoom, x: fromX - (fromX - this.#camera.x) * grown, y: fromY - (fromY - this.#camera.y) * grown });
  }

  draw(): void {
    const { canvas } = this;
    const context = this.#context;
    const [width, height] = [canvas.clientWidth * devicePixelRatio, canvas.clientHeight * devicePixelRatio].map(
      Math.round,
    );
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = '#000';
    context.fillRect(0, 0, canvas.width, canvas.height);
    const picture = this.#picture;
    if (picture === undefined) return;
    const scale = this.#scale() * devicePixelRatio;
    const left = canvas.width / 2 + this.#camera.x * devicePixelRatio - (picture.width / 2) * scale;
    const top = canvas.height / 2 + this.#camera.y * devicePixelRatio - (picture.height / 2) * scale;
    context.setTransform(scale, 0, 0, scale, left, top);
    // Beyond two pixels of the screen for one of the image its own pixels are what is wanted to be seen.
    context.imageSmoothingEnabled = scale < 2;
    const [visibleWidth, visibleHeight] = [canvas.width / scale, canvas.height / scale];
    picture.draw(
      context,
      { left: -left / scale, top: -top / scale, width: visibleWidth, height: visibleHeight },
      scale,
    );
  }

  #allowed(zoom: number): number {
    const most = Math.max(limits.mostZoom, limits.mostScale / this.#fit());
    return Math.min(Math.max(zoom, limits.leastZoom), most);
  }

  /** CSS pixels for one of the picture. */
  #scale(): number {
    return this.#fit() * this.#camera.zoom;
  }

  /** The same where the whole picture is seen. */
  #fit(): number {
    const { clientWidth, clientHeight } = this.canvas;
    const { width, height } = this.#picture ?? nothing;
    return width === 0 ? 1 : Math.min(clientWidth / width, clientHeight / height);
  }
}

const nothing = { width: 0, height: 0 };
