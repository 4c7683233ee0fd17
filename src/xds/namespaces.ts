// The vocabularies of IHE XDS.b and XDS-I.b messages (ITI TF-2 Appendix V, ITI TF-3 4.2, RAD TF-3 4.69), and their actions.

export const ns = {
  soap: 'http://www.w3.org/2003/05/soap-envelope',
  wsa: 'http://www.w3.org/2005/08/addressing',
  xop: 'http://www.w3.org/2004/08/xop/include',
  xds: 'urn:ihe:iti:xds-b:2007',
  xdsi: 'urn:ihe:rad:xdsi-b:2009',
  rs: 'urn:oasis:names:tc:ebxml-regrep:xsd:rs:3.0',
} as const;

export const actions = {
  /** RAD-69. */
  retrieveImaging: 'urn:ihe:rad:2009:RetrieveImagingDocumentSet',
  retrieved: 'urn:ihe:iti:2007:RetrieveDocumentSetResponse',
  /** RAD-68, which is ITI-41 with an imaging manifest. */
  provide: 'urn:ihe:iti:2007:ProvideAndRegisterDocumentSet-b',
  addressingFault: 'http://www.w3.org/2005/08/addressing/fault',
  soapFault: 'http://www.w3.org/2005/08/addressing/soap/fault',
} as const;
