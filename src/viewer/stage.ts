// The canvas of a pane: an image fitted into it, enlarged and moved as the person wants.

export interface Camera {
  /** 1: the whole image fits. */
  zoom: number;
  /** Of the image's middle from that of the canvas, in CSS pixels. */
  x: number;
  y: number;
}

const limits = {
  leastZoom: 0.25,
  mostZoom: 32,
};

export const wholeImage: Camera = { zoom: 1, x: 0, y: 0 };

export class Stage {
  readonly canvas = document.createElement('canvas');
  readonly #context: CanvasRenderingContext2D;
  #image: CanvasImageSource | undefined;
  #size = { width: 0, height: 0 };
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
    const { width, height } = this.#size;
    return Math.max(width, height) * this.#scale() * devicePixelRatio;
  }

  show(image: ImageBitmap | HTMLImageElement | HTMLCanvasElement): void {
    this.#image = image;
    const { naturalWidth: width = image.width, naturalHeight: height = image.height } = image as HTMLImageElement;
    this.#size = { width, height };
    this.draw();
  }

  clear(): void {
    this.#image = undefined;
    this.draw();
  }

  look(camera: Camera): void {
    this.#camera = { ...camera, zoom: Math.min(Math.max(camera.zoom, limits.leastZoom), limits.mostZoom) };
    this.draw();
  }

  /** Enlarges by `factor`, the point at `x`, `y` of the canvas staying where it is. */
  zoomAt(factor: number, x: number, y: number): void {
    const { clientWidth, clientHeight } = this.canvas;
    const zoom = Math.min(Math.max(this.#camera.zoom * factor, limits.leastZoom), limits.mostZoom);
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
    if (this.#image === undefined) return;
    const scale = this.#scale() * devicePixelRatio;
    context.translate(
      canvas.width / 2 + this.#camera.x * devicePixelRatio,
      canvas.height / 2 + this.#camera.y * devicePixelRatio,
    );
    context.scale(scale, scale);
    // Beyond two pixels of the screen for one of the image its own pixels are what is wanted to be seen.
    context.imageSmoothingEnabled = scale < 2;
    context.drawImage(this.#image, -this.#size.width / 2, -this.#size.height / 2, this.#size.width, this.#size.height);
  }

  /** CSS pixels for one of the image. */
  #scale(): number {
    const { clientWidth, clientHeight } = this.canvas;
    const { width, height } = this.#size;
    return width === 0 ? 1 : Math.min(clientWidth / width, clientHeight / height) * this.#camera.zoom;
  }
}
