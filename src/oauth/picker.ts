// Picker: the step at which a person says whose record the app is opened for.
// https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html#standalone-apps

import type { Request } from 'express';
import type { User } from '../access/user.ts';
import { Problem } from '../fhir/problem.ts';
import { userOf, type Exchange, type InteractionSources, type Step } from './interaction-step.ts';
import { sendPage } from './pages/send-page.ts';
import { isStaff, type PatientChoice, type Patients } from './patients.ts';
import { pickerPage, type SearchField } from './picker-page.ts';

export const showPicker = async (
  step: Step,
  { req, res }: Exchange,
  { provider, patients, report }: InteractionSources,
): Promise<void> => {
  const user = userOf(step);
  const search = isStaff(user) && isForStaff(step) ? readSearch(req) : undefined;
  const found = await findChoices(user, search, patients);
  const [only, ...others] = found.choices;
  // Our own apps do not ask what has one answer.
  if (step.own && only && others.length === 0 && search === undefined) {
    await provider.interactionFinished(req, res, { smart_context: { patient: only.id } });
    return;
  }
  const address = req.ip === undefined ? {} : { address: req.ip };
  const asked = { kind: 'patient-search', user: user.id, client: step.client, ...address } as const;
  // Whom the page shows is told to the audit before it leaves; also that a search has shown nobody.
  for (const { id } of found.choices) await report({ ...asked, patient: id });
  if (found.isSearch && found.choices.length === 0) await report(asked);
  const { path, app, redirectUri } = step;
  const { choices, errors, status } = found;
  const shown = { choices, ...(errors ? { errors } : {}), ...(search ? { search } : {}) };
  const view = { path, app, user: user.name, ...shown };
  sendPage(res, pickerPage(view), { leadsTo: redirectUri, ...(status ? { status } : {}) });
};

/** Goes on with the patient, or shows the page again when this user may not choose it. */
export const choosePatient = async (
  step: Step,
  { req, res }: Exchange,
  { provider, patients }: InteractionSources,
): Promise<void> => {
  const id = (req.body as { readonly patient?: unknown } | undefined)?.patient;
  const choice = typeof id === 'string' ? await patients.choose(userOf(step), id) : undefined;
  if (step.prompt !== 'smart_context' || !choice) {
    res.redirect(303, step.path);
    return;
  }
  await provider.interactionFinished(req, res, { smart_context: { patient: choice.id } });
};

/** In an app for patients staff are there for themselves and their own. */
const isForStaff = ({ own }: Step): boolean => !own?.roles.includes('patient');

type Search = Readonly<Record<SearchField, string>>;

const readSearch = (req: Request): Search => {
  const text = (name: SearchField): string => {
    const value = req.query[name];
    return typeof value === 'string' ? value.trim() : '';
  };
  return { name: text('name'), identifier: text('identifier'), birthdate: text('birthdate') };
};

interface Found {
  readonly choices: readonly PatientChoice[];
  readonly errors?: readonly { readonly text: string }[];
  readonly isSearch: boolean;
  readonly status?: number;
}

/** Everyone sees themself and those they act for; staff see nobody else until they search. */
const findChoices = async (
  user: User,
  search: Search | undefined,
  patients: Patients,
): Promise<Found> => {
  const own = await patients.ownOf(user);
  const query = Object.entries(search ?? {}).filter(([, value]) => value !== '');
  if (query.length === 0) return { choices: own, isSearch: false };
  try {
    return { choices: await patients.search(user, query), isSearch: true };
  } catch (error) {
    if (!(error instanceof Problem) || error.status >= 500) throw error;
    const { message: text, status } = error;
    return { choices: [], errors: [{ text }], isSearch: true, status };
  }
};
