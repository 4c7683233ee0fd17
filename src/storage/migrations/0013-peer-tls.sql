-- How a peer is called: null plain, true by TLS with a certificate that the system's authorities signed, or an object with
-- `ca` (PEM of its authorities) and `serverName`.

alter table peer add column tls jsonb;
