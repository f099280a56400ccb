// Tokens: the access token of a session, made new when it has ended; one request for it however many wait.
// https://hl7.org/fhir/smart-app-launch/STU2.2/app-launch.html#refresh-access-token

import { failureOf, FhirFailure } from '../fhir/failure.ts';

export interface Tokens {
  /** One that is good as far as this device's clock can tell. Fails with `expired`, or with `network` where it cannot be renewed now. */
  readonly current: () => Promise<string>;
  /** Another one than `refused`, which the server did not take; undefined where there is none to be had. */
  readonly renewed: (refused: string) => Promise<string | undefined>;
}

/** What is used of the SMART library's client. */
export interface Renewable {
  readonly state: {
    readonly key?: string;
    readonly tokenResponse?: { access_token?: string; refresh_token?: string };
  };
  readonly refreshIfNeeded: () => Promise<unknown>;
  readonly refresh: () => Promise<unknown>;
}

/** `keep` writes the state to where a reload finds it. */
export const tokensOf = (client: Renewable, keep: (state: Renewable['state']) => void): Tokens => {
  const held = (): string => {
    const token = client.state.tokenResponse?.access_token;
    if (token === undefined) throw new FhirFailure('expired', 401);
    return token;
  };
  const renew = async (ask: () => Promise<unknown>): Promise<void> => {
    const before = client.state.tokenResponse?.refresh_token;
    await ask().catch((error: unknown) => {
      const failure = failureOfRenewal(error);
      // The library throws the refresh token away even where the network alone was at fault.
      if (failure.kind !== 'expired' && client.state.tokenResponse && before !== undefined) {
        client.state.tokenResponse.refresh_token = before;
        keep(client.state);
      }
      throw failure;
    });
  };
  return {
    current: async () => {
      await renew(() => client.refreshIfNeeded());
      return held();
    },
    renewed: async (refused) => {
      const { access_token: token, refresh_token: refresh } = client.state.tokenResponse ?? {};
      // Somebody else has renewed it meanwhile.
      if (token !== undefined && token !== refused) return token;
      if (refresh === undefined) return undefined;
      await renew(() => client.refresh());
      return held();
    },
  };
};

/** An answer of the authorization server has a status; without one nothing came at all. */
const failureOfRenewal = (error: unknown): FhirFailure => {
  const status = (error as { readonly status?: unknown } | undefined)?.status;
  if (typeof status !== 'number' || status === 0) return new FhirFailure('network', 0);
  return status >= 400 && status < 500 && status !== 429
    ? new FhirFailure('expired', 401)
    : failureOf(status, undefined);
};
