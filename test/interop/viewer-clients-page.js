// What viewer-clients.test.ts runs in the browser: other people's client as a viewer uses it, bundled as one is.

import { api } from 'dicomweb-client';

window.dicomweb = (url) => new api.DICOMwebClient({ url });
window.sha256 = async (bytes) => Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
window.ready = true;
