-- SMART App Launch: sessions that open one patient, and launches that an EHR has begun.

-- Whose studies a session opens and no others: [{"id": Patient ID, "issuer": Issuer of Patient ID or ""}].
alter table token add column patient jsonb;

-- Between the redirect to the EHR's authorization server and the way back. Taken once, by the state it was given.
create table launch (
  state_sha256 bytea primary key,
  -- FHIR base URL of the EHR.
  ehr text not null,
  -- PKCE S256: the verifier is in the browser that began.
  code_challenge text not null,
  expires_at timestamptz not null
);
