// Address: what the address says with which a page of an app was opened, and what of it the SMART library may see.
// https://hl7.org/fhir/smart-app-launch/STU2.2/app-launch.html

/** Of a launch by an EHR; of a sign-in that comes back, with or without a code; or of a page of the app. */
export type Opened =
  | { readonly by: 'ehr'; readonly iss: string | null }
  | { readonly by: 'sign-in' }
  | { readonly by: 'refusal'; readonly reason: string }
  | { readonly by: 'person' };

/**
 * `home` is the address of the app with its slash. `isAsked` says whether this tab has asked with that state: a refusal of nothing
 * is a text that whoever made the link would like to be shown.
 */
export const readAddress = (
  address: string,
  home: string,
  isAsked: (state: string) => boolean,
): Opened => {
  const { origin, pathname, searchParams } = new URL(address);
  const error = searchParams.get('error');
  if (`${origin}${pathname}` === `${home}launch`)
    return { by: 'ehr', iss: searchParams.get('iss') };
  if (error !== null && isAsked(searchParams.get('state') ?? ''))
    return { by: 'refusal', reason: searchParams.get('error_description') ?? error };
  if (searchParams.has('code') && searchParams.has('state')) return { by: 'sign-in' };
  return { by: 'person' };
};

/**
 * The library believes what it finds in the address rather than what the app tells it: whose server, which app, which patient. Whoever
 * makes a link would choose them, so they go before it looks.
 */
export const withoutOrders = (address: string, opened: Opened): string => {
  const target = new URL(address);
  for (const name of orders)
    if (!expected[opened.by].includes(name)) target.searchParams.delete(name);
  return target.href;
};

/** The path and query to which somebody comes back: of the app itself, or its first page. */
export const placeIn = (home: string, path: string | null): string => {
  const own = new URL(home);
  const target = new URL(path ?? own.pathname, own);
  const isOwn = target.origin === own.origin && target.pathname.startsWith(own.pathname);
  return isOwn && target.pathname !== `${own.pathname}launch`
    ? `${target.pathname}${target.search}`
    : own.pathname;
};

const orders = [
  ...['iss', 'fhirServiceUrl', 'launch', 'patientId', 'clientId'],
  ...['code', 'state', 'complete', 'session_state', 'error', 'error_description'],
] as const;

const expected: Readonly<Record<Opened['by'], readonly string[]>> = {
  ehr: ['iss', 'launch'],
  'sign-in': ['code', 'state'],
  refusal: [],
  person: [],
};
