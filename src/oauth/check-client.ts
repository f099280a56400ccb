// Check client: whether the library would take this metadata, asked before it is stored and not when the client first comes.

import { errors, type ClientMetadata, type Provider } from 'oidc-provider';
import { invalid } from '../fhir/problem.ts';

export type CheckClient = (metadata: object) => void;

/** Throws 400 with the library's reason. */
export const createCheckClient =
  (provider: Provider): CheckClient =>
  (metadata) => {
    const { Client } = provider as unknown as {
      readonly Client: new (metadata: ClientMetadata) => object;
    };
    try {
      new Client(metadata as ClientMetadata);
    } catch (error) {
      if (!(error instanceof errors.OIDCProviderError)) throw error;
      throw invalid(`This client cannot be registered: ${error.error_description ?? error.error}.`);
    }
  };
