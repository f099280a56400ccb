// Supported: the CapabilityStatement as data, from the tables of routes, operations and search parameters.
// https://hl7.org/fhir/R4/capabilitystatement.html

import type { Right } from '../access/permit.ts';
import type { Definitions, SearchParameter } from '../fhir/definitions/types.ts';
import type { Resource } from '../fhir/resource.ts';
import type { Registry } from '../search/registry.ts';
import { serversOwnRights } from './may.ts';

export interface SupportedOperation {
  readonly name: string;
  readonly definition: string;
  readonly levels: readonly string[];
  readonly types?: readonly string[];
}

export interface Tables {
  /** Interactions of the routes: codes of TypeRestfulInteraction and SystemRestfulInteraction, and others of ours. */
  readonly interactions: readonly string[];
  /** Those of them that a type does not have. */
  readonly withheld: Readonly<Record<string, readonly string[]>>;
  readonly operations: readonly SupportedOperation[];
  readonly registry: Registry;
  readonly definitions: Definitions;
  readonly endpoints: OauthEndpoints;
  /** When this software was started: the statement's date. */
  readonly startedAt: number;
  readonly software: { readonly name: string; readonly version: string };
}

/** Of the authorization server. */
export interface OauthEndpoints {
  readonly authorization_endpoint: string;
  readonly token_endpoint: string;
  readonly registration_endpoint: string;
  readonly introspection_endpoint: string;
  readonly revocation_endpoint: string;
}

export const capabilityStatement = (tables: Tables, base: string): Resource => ({
  resourceType: 'CapabilityStatement',
  status: 'active',
  date: new Date(tables.startedAt).toISOString(),
  publisher: 'Meridian',
  kind: 'instance',
  software: tables.software,
  implementation: { description: 'Meridian, an open FHIR R4 health record server', url: base },
  fhirVersion: '4.0.1',
  format: ['application/fhir+json', 'json'],
  patchFormat: ['application/json-patch+json', 'application/fhir+json'],
  rest: [
    {
      mode: 'server',
      security: securityOf(tables.endpoints),
      resource: tables.definitions.resourceTypes.map((type) => resourceOf(type, tables)),
      interaction: offered(systemInteractions, tables),
      searchParam: commonParams(tables),
      operation: operationsAt(tables, ({ levels }) => levels.includes('system')),
      compartment: [...tables.definitions.compartments.keys()].map(
        (name) =>
          `http://hl7.org/fhir/CompartmentDefinition/${name.replace(/^./, (first) => first.toLowerCase())}`,
      ),
    },
  ],
});

/** https://hl7.org/fhir/smart-app-launch/STU2.2/conformance.html#declaring-support-for-oauth20-endpoints */
const securityOf = (endpoints: OauthEndpoints): object => ({
  extension: [
    {
      url: 'http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris',
      extension: [
        { url: 'authorize', valueUri: endpoints.authorization_endpoint },
        { url: 'token', valueUri: endpoints.token_endpoint },
        { url: 'register', valueUri: endpoints.registration_endpoint },
        { url: 'introspect', valueUri: endpoints.introspection_endpoint },
        { url: 'revoke', valueUri: endpoints.revocation_endpoint },
      ],
    },
  ],
  cors: true,
  service: [
    {
      coding: [
        {
          system: 'http://terminology.hl7.org/CodeSystem/restful-security-service',
          code: 'SMART-on-FHIR',
        },
      ],
      text: 'OAuth2 using SMART-on-FHIR profile (see http://docs.smarthealthit.org)',
    },
  ],
  description: 'All but metadata and .well-known need an access token of the authorization server.',
});

const resourceOf = (type: string, tables: Tables): object => {
  const operation = operationsAt(
    tables,
    ({ levels, types }) =>
      (levels.includes('type') || levels.includes('instance')) && (types?.includes(type) ?? true),
  );
  const may = (right: Right): boolean => !(serversOwnRights[type] ?? []).includes(right);
  const mayDo = (code: string): boolean => may(rights[code] ?? 'read');
  return {
    type,
    profile: `http://hl7.org/fhir/StructureDefinition/${type}`,
    interaction: offered(
      typeInteractions.filter((code) => !tables.withheld[type]?.includes(code) && mayDo(code)),
      tables,
    ),
    versioning: 'versioned',
    readHistory: true,
    updateCreate: may('create'),
    conditionalCreate: may('create'),
    conditionalRead: 'full-support',
    conditionalUpdate: may('update'),
    conditionalDelete: may('delete') ? 'single' : 'not-supported',
    referencePolicy: ['literal', 'logical'],
    searchInclude: includesOf(type, tables),
    searchRevInclude: reverseIncludesOf(type, tables),
    searchParam: searchParams(type, tables),
    ...(operation.length > 0 ? { operation } : {}),
  };
};

const typeInteractions = [
  ...['read', 'vread', 'update', 'patch', 'delete', 'history-instance', 'history-type'],
  ...['create', 'search-type'],
];
/** Those that write. */
const rights: Readonly<Record<string, Right>> = {
  ...{ create: 'create', update: 'update', patch: 'update', delete: 'delete' },
};
const systemInteractions = ['transaction', 'batch', 'search-system', 'history-system'];

const offered = (codes: readonly string[], { interactions }: Tables): readonly object[] =>
  codes.filter((code) => interactions.includes(routed[code] ?? code)).map((code) => ({ code }));

/** One route takes both kinds of Bundle. */
const routed: Readonly<Record<string, string>> = { batch: 'transaction' };

const operationsAt = (
  { operations }: Tables,
  isThere: (operation: SupportedOperation) => boolean,
): readonly object[] =>
  operations
    .filter(isThere)
    .map(({ name, definition }) => ({ name: name.replace('$', ''), definition }));

const searchParams = (
  type: string,
  { registry }: Tables,
  isThere: (code: string) => boolean = () => true,
): readonly object[] =>
  [...registry.parameters(type).values()]
    .filter(({ code }) => isThere(code))
    .map(({ code, url, type: kind }) => ({ name: code, definition: url, type: kind }));

/** What can be searched across all types. */
const commonParams = (tables: Tables): readonly object[] => {
  const [first = '', ...others] = tables.definitions.resourceTypes;
  return searchParams(first, tables, (code) =>
    others.every((type) => tables.registry.parameter(type, code)),
  );
};

const references = (type: string, { registry }: Tables): readonly SearchParameter[] =>
  [...registry.parameters(type).values()].filter((parameter) => parameter.type === 'reference');

const includesOf = (type: string, tables: Tables): readonly string[] => [
  '*',
  ...references(type, tables).map(({ code }) => `${type}:${code}`),
];

const reverseIncludesOf = (type: string, tables: Tables): readonly string[] =>
  tables.definitions.resourceTypes.flatMap((other) =>
    references(other, tables)
      .filter(({ targets }) => targets.length === 0 || targets.includes(type))
      .map(({ code }) => `${other}:${code}`),
  );
