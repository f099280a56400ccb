// Apps: those that can be opened for the patient in view, and opening one. conformance/operations/launchable-apps.md

import type { Parameters, ParametersParameter } from 'fhir/r4';
import type { Fhir } from '@meridian/ui/fhir/client.ts';
import { operate } from '@meridian/ui/fhir/write.ts';

export interface LaunchableApp {
  readonly client: string;
  readonly name: string;
  /** Where it opens: `https://app.example`. */
  readonly origin: string;
  /** Where its makers tell of it. */
  readonly site: string | undefined;
  readonly scopes: readonly string[];
}

export const readApps = async (fhir: Fhir): Promise<readonly LaunchableApp[]> => {
  const { body } = await fhir.ask({ path: '$launchable-apps' });
  return ((body as Parameters).parameter ?? []).map(({ part = [] }) => ({
    client: textsOf(part, 'client')[0] ?? '',
    name: textsOf(part, 'name')[0] ?? '',
    origin: textsOf(part, 'origin')[0] ?? '',
    site: textsOf(part, 'site')[0],
    scopes: textsOf(part, 'scope'),
  }));
};

const textsOf = (parts: readonly ParametersParameter[], named: string): readonly string[] =>
  parts
    .filter(({ name }) => name === named)
    .flatMap(({ valueString, valueUrl }) => valueString ?? valueUrl ?? []);

export interface Opening {
  readonly client: string;
  /** Logical ids. */
  readonly patient: string;
  readonly encounter: string | undefined;
  /** In a frame, the banner above it says whose record it is. */
  readonly place: 'tab' | 'frame';
}

/** Answers the address to open: it works once, for this app, this patient and whoever has signed in here. */
export const launchApp = async (
  fhir: Fhir,
  { client, patient, encounter, place }: Opening,
): Promise<string> => {
  const { parameter = [] } = await operate<Parameters>(fhir, '$smart-launch', [
    { name: 'client', valueString: client },
    { name: 'patient', valueString: patient },
    ...(encounter === undefined ? [] : [{ name: 'encounter', valueString: encounter }]),
    ...(place === 'frame' ? [{ name: 'needPatientBanner', valueBoolean: false }] : []),
  ]);
  return textsOf(parameter, 'url')[0] ?? '';
};

/**
 * A browser sends the session of this server into a frame only for a page of the same site; elsewhere the app would ask for a
 * password no frame may show. The list of sites that are not one is the browser's: what is taken for the same here is less. An app
 * at our very address would share the storage of this tab, with the tokens in it.
 */
export const mayBeFramed = (origin: string, here: string): boolean => {
  if (!URL.canParse(origin)) return false;
  const [app, own] = [new URL(origin), new URL(here)];
  const isSameSite = app.protocol === own.protocol && app.hostname === own.hostname;
  return isSameSite && app.origin !== own.origin;
};
