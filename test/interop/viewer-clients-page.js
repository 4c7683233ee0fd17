// What viewer-clients.test.ts runs in the browser: other people's clients as a viewer uses them, bundled as one is.

import { imageLoader, init as initCore } from '@cornerstonejs/core';
import { init as initLoader, wadors } from '@cornerstonejs/dicom-image-loader';
import { api } from 'dicomweb-client';

initCore();
initLoader({ maxWebWorkers: 1 });

window.dicomweb = (url) => new api.DICOMwebClient({ url });

/** The pixels of a frame as cornerstone has them: those of all values before any window. */
window.cornerstonePixels = async (url, metadata, frame) => {
  const [study, series, instance] = ['0020000D', '0020000E', '00080018'].map((tag) => metadata[tag].Value[0]);
  const imageId = `wadors:${url}/studies/${study}/series/${series}/instances/${instance}/frames/${frame}`;
  wadors.metaDataManager.add(imageId, metadata);
  const image = await imageLoader.loadImage(imageId);
  return Array.from(image.getPixelData());
};

window.sha256 = async (bytes) => Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
window.ready = true;
