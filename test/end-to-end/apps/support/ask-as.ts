// Ask as somebody: requests to the server beside the browser, of people who use no page in this test.

import type { FhirResource, Parameters, ParametersParameter } from 'fhir/r4.js';
import type { TestServer } from '../../../support/server.ts';

export interface Asking {
  /** `Practitioner/dr-iyer` */
  readonly user: string;
  readonly scope: string;
  /** Logical id. */
  readonly patient?: string;
  readonly organization?: string;
}

export interface Answered<T> {
  readonly status: number;
  readonly body: T;
}

export interface Asks {
  readonly get: <T>(path: string) => Promise<Answered<T>>;
  readonly put: <T extends object>(path: string, resource: T) => Promise<Answered<T>>;
  /** A create of a resource. */
  readonly create: <T extends FhirResource>(resource: T) => Promise<Answered<T>>;
  /** An update, whichever version there is. */
  readonly update: <T extends FhirResource>(resource: T) => Promise<Answered<T>>;
  readonly operate: <T>(
    path: string,
    parameter?: readonly ParametersParameter[],
  ) => Promise<Answered<T>>;
}

export const askAs = async (
  { application, base }: TestServer,
  { user, scope, patient, organization }: Asking,
): Promise<Asks> => {
  const [token] = await application.administer({
    command: 'create-token',
    parameters: [
      ['user', user],
      ['scope', scope],
      ...(patient === undefined ? [] : [['patient', patient] as const]),
      ...(organization === undefined ? [] : [['organization', organization] as const]),
    ],
  });
  const headers = {
    authorization: `Bearer ${String(token!.valueString)}`,
    'content-type': 'application/fhir+json',
  };
  const send = async <T>(path: string, init: RequestInit): Promise<Answered<T>> => {
    const response = await fetch(`${base}/${path}`, { ...init, headers });
    return { status: response.status, body: (await response.json()) as T };
  };
  return {
    get: (path) => send(path, {}),
    put: (path, resource) => send(path, { method: 'PUT', body: JSON.stringify(resource) }),
    create: (resource) =>
      send(resource.resourceType, { method: 'POST', body: JSON.stringify(resource) }),
    update: (resource) =>
      send(`${resource.resourceType}/${resource.id ?? ''}`, {
        ...{ method: 'PUT', body: JSON.stringify(resource) },
      }),
    operate: (path, parameter = []) => {
      const body: Parameters = { resourceType: 'Parameters', parameter: [...parameter] };
      return send(path, { method: 'POST', body: JSON.stringify(body) });
    },
  };
};
