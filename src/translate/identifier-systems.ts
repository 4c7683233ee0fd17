// Assigning authorities as FHIR names them: by the system of an identifier (IHE ITI TF-2 Appendix E.3).

/** What is known of authorities; identity's own table of them has this shape. */
export interface IdentifierSystems {
  /** The issuer that identity knows under a system. */
  issuerOfSystem(system: string): string;
  /** The system of an issuer. */
  systemOf(issuer: string): string;
}
