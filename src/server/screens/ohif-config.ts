// OHIF's configuration: our DICOMweb door on the same origin, and nothing else.

const dicomweb = {
  namespace: '@ohif/extension-default.dataSourcesModule.dicomweb',
  sourceName: 'fascia',
  configuration: {
    friendlyName: 'Fascia',
    name: 'fascia',
    qidoRoot: '/dicomweb',
    wadoRoot: '/dicomweb',
    wadoUriRoot: '/dicomweb/wado',
    qidoSupportsIncludeField: true,
    supportsFuzzyMatching: true,
    supportsWildcard: true,
    supportsReject: false,
    imageRendering: 'wadors',
    thumbnailRendering: 'wadors',
    enableStudyLazyLoad: true,
    singlepart: 'bulkdata,pdf,video',
    bulkDataURI: { enabled: true, relativeResolution: 'series' },
    omitQuotationForMultipartRequest: true,
    dicomUploadEnabled: true,
  },
};

const config = {
  name: 'fascia',
  routerBasename: '/viewer',
  extensions: [],
  modes: [],
  // Somebody who opens a study wants to see it, not a tour of the buttons.
  customizationService: [{ 'ohif.tours': { $set: [] } }],
  showStudyList: true,
  groupEnabledModesFirst: true,
  strictZSpacingForVolumeViewport: true,
  showWarningMessageForCrossOrigin: true,
  showCPUFallbackMessage: true,
  showLoadingIndicator: true,
  showErrorDetails: 'production',
  investigationalUseDialog: { option: 'never' },
  maxNumberOfWebWorkers: 4,
  // While one series is read the next two come, behind whatever is asked for by hand.
  studyPrefetcher: { enabled: true, displaySetsCount: 2, maxNumPrefetchRequests: 10, order: 'downward' },
  maxNumRequests: { interaction: 100, thumbnail: 5, prefetch: 25 },
  defaultDataSourceName: dicomweb.sourceName,
  dataSources: [dicomweb],
};

/**
 * app-config.js: the configuration, and what the page's own inline scripts would say. What it imports by name (the viewer of
 * slides) it names from the root of the site; whoever is not signed in any more is led to where that is done.
 */
export const ohifConfig = `window.PUBLIC_URL = '/viewer/';
window.browserImportFunction = (path) => import('/viewer' + path);
window.config = ${JSON.stringify(config, undefined, 2)};
window.config.httpErrorHandler = ({ status }) => {
  if (status === 401) location.reload();
};
`;
