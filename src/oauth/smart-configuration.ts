// SMART configuration: what an app has to know before it starts, and what this server can do.
// https://hl7.org/fhir/smart-app-launch/STU2.2/conformance.html

import { contextScopes } from './scope-rules.ts';

export const smartConfiguration = (issuer: string): object => ({
  issuer,
  jwks_uri: `${issuer}/jwks`,
  ...endpoints(issuer),
  grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
  token_endpoint_auth_methods_supported: [
    'client_secret_basic',
    'client_secret_post',
    'private_key_jwt',
    'none',
  ],
  token_endpoint_auth_signing_alg_values_supported: ['RS384', 'ES384'],
  scopes_supported: [...contextScopes, ...resourceScopes],
  response_types_supported: ['code'],
  code_challenge_methods_supported: ['S256'],
  capabilities,
});

/** Also those of the CapabilityStatement. */
export const endpoints = (issuer: string) => ({
  authorization_endpoint: `${issuer}/auth`,
  token_endpoint: `${issuer}/token`,
  registration_endpoint: `${issuer}/reg`,
  introspection_endpoint: `${issuer}/token/introspection`,
  revocation_endpoint: `${issuer}/token/revocation`,
  /** Where people see which apps have access, and end it. */
  management_endpoint: `${issuer}/account`,
});

/** Examples of each kind; every resource type and every search parameter of it may be asked for. */
const resourceScopes = [
  ...['patient', 'user', 'system'].flatMap((reach) =>
    ['cruds', 'rs', 'read', 'write', '*'].map((rights) => `${reach}/*.${rights}`),
  ),
  'patient/Observation.rs?category=laboratory',
];

const capabilities = [
  'launch-ehr',
  'launch-standalone',
  'authorize-post',
  'client-public',
  'client-confidential-symmetric',
  'client-confidential-asymmetric',
  'sso-openid-connect',
  'context-banner',
  'context-style',
  'context-ehr-patient',
  'context-ehr-encounter',
  'context-standalone-patient',
  'context-standalone-encounter',
  'permission-offline',
  'permission-online',
  'permission-patient',
  'permission-user',
  'permission-v1',
  'permission-v2',
  // https://hl7.org/fhir/uv/smart-health-cards-and-links/STU1/cards-specification.html#discovery-of-fhir-support
  'health-cards',
];
