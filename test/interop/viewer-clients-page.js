// What viewer-clients.test.ts runs in the browser: other people's clients as a viewer uses them, bundled as one is.

import { imageLoader, init } from '@cornerstonejs/core';
import { init as initLoader, wadors } from '@cornerstonejs/dicom-image-loader';
import { api } from 'dicomweb-client';

init();
initLoader({ maxWebWorkers: 1 });
window.dicomweb = (url) => new api.DICOMwebClient({ url });
window.sha256 = async (bytes) => Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
/** The values of a frame, rescaled. */
window.valuesOf = async (url, metadata) => {
  wadors.metaDataManager.add(`wadors:${url}`, metadata);
  const image = await imageLoader.loadImage(`wadors:${url}`);
  return Array.from(image.getPixelData());
};
window.ready = true;
