// Launches: an app sends a user to the server, the user answers its pages, and the app gets its tokens.
// https://hl7.org/fhir/smart-app-launch/STU2.2/app-launch.html

import { jsonOf } from '../../../support/client.ts';
import { formsOf, type Agent, type Answers, type Page } from './agent.ts';
import {
  authorizationRequest,
  exchange,
  sendUser,
  type App,
  type Parameters,
  type Reply,
  type Request,
} from './app.ts';
import { wordsOf, type Form } from './form.ts';
import type { Person, World } from './world.ts';

/** How the user answers the pages. */
export interface Choices {
  readonly person: Person;
  /** Whom to choose where the server asks. */
  readonly patient?: string;
  /** Which of the scopes offered are granted; all that stand ticked unless said. `deny` presses the other button. */
  readonly consent?: 'deny' | ((scope: string) => boolean);
  /** Looks at each page's form before it is answered. */
  readonly look?: (kind: PageKind, form: Form, page: Page) => void;
  /** A browser that was used before. */
  readonly agent?: Agent;
  readonly method?: 'GET' | 'POST';
  readonly changes?: Parameters;
}

export interface Answered {
  readonly request: Request;
  readonly agent: Agent;
  /** Pages the user saw, in order. */
  readonly seen: readonly PageKind[];
  /** Where it ended: at the app, or at a page nobody can go on from. */
  readonly page: Page;
  /** What the app was sent; empty when it was sent nothing. */
  readonly sent: URLSearchParams;
}

export interface Launched extends Answered {
  readonly reply: Reply;
}

export type PageKind = 'sign-in' | 'picker' | 'consent';

/** As far as the app's redirect URI. */
export const authorize = async (
  world: World,
  app: App,
  scope: string,
  choices: Choices,
): Promise<Answered> => {
  const request = authorizationRequest(app, world.endpoints, scope, choices.changes);
  const agent = choices.agent ?? world.agent();
  let page = await sendUser(agent, world.endpoints, request, choices.method);
  const seen: PageKind[] = [];
  while (page.left === undefined) {
    const next = await answer(page, agent, choices);
    if (next === undefined) break;
    page = next.page;
    // A sign-in page that comes again says why; sending the same once more would lock the account.
    const isRefused = next.kind === 'sign-in' && kindOf(formsOf(page))?.kind === 'sign-in';
    seen.push(next.kind);
    if (isRefused) break;
    if (seen.length > 8) throw new Error(`The pages go in circles: ${seen.join(', ')}`);
  }
  return { request, agent, seen, page, sent: page.left?.searchParams ?? new URLSearchParams() };
};

/** As far as the token reply. Throws, with what the user saw last, where no code came. */
export const launch = async (
  world: World,
  app: App,
  scope: string,
  choices: Choices,
): Promise<Launched> => {
  const answered = await authorize(world, app, scope, choices);
  const code = codeOf(answered);
  const { verifier } = answered.request;
  const headers = app.kind === 'public' ? { origin: new URL(app.redirectUri).origin } : {};
  const reply = await exchange(app, world.endpoints, { code, verifier }, { headers });
  return { ...answered, reply };
};

export const codeOf = ({ sent, page, seen }: Answered): string => {
  const code = sent.get('code');
  if (code !== null) return code;
  const words = page.left?.href ?? wordsOf(page.text);
  throw new Error(`No code came after ${seen.join(', ')} (${page.status}): ${words.slice(0, 600)}`);
};

/** The launch a clinician starts out of the EHR: what `$smart-launch` says the app is to be opened with. Texts or `value[x]`. */
export const openFromEhr = async (
  world: World,
  token: string,
  app: App,
  context: Readonly<Record<string, unknown>>,
): Promise<URL> => {
  const parameter = Object.entries({ client: app.id, ...context }).map(([name, value]) =>
    typeof value === 'string' ? { name, valueString: value } : { name, ...(value as object) },
  );
  const answer = await world
    .fhir(token)
    .post('$smart-launch', { resourceType: 'Parameters', parameter });
  if (answer.status !== 200)
    throw new Error(`$smart-launch answered ${answer.status}: ${answer.text}`);
  const { parameter: [found] = [] } = jsonOf(answer) as Opened;
  if (found?.valueUrl === undefined) throw new Error(`No launch address in ${answer.text}`);
  return new URL(found.valueUrl);
};

interface Opened {
  readonly parameter?: readonly { readonly valueUrl?: string }[];
}

const kindOf = (
  forms: readonly Form[],
): { readonly kind: PageKind; readonly form: Form } | undefined => {
  for (const [kind, isFor] of Object.entries(marks) as [PageKind, (form: Form) => boolean][]) {
    const form = forms.findLast(isFor);
    if (form !== undefined) return { kind, form };
  }
  return undefined;
};

/** A page is known by what it asks for. */
const marks: Readonly<Record<PageKind, (form: Form) => boolean>> = {
  'sign-in': ({ fields }) => fields.some(({ type }) => type === 'password'),
  picker: (form) => offersPatients(form) || searchesPatients(form),
  consent: ({ fields }) => fields.some(({ name, type }) => name === 'scope' && type === 'checkbox'),
};

const answer = async (
  page: Page,
  agent: Agent,
  { person, patient, consent, look }: Choices,
): Promise<{ readonly kind: PageKind; readonly page: Page } | undefined> => {
  const found = kindOf(formsOf(page));
  if (found === undefined) return undefined;
  const { kind, form } = found;
  look?.(kind, form, page);
  switch (kind) {
    case 'sign-in':
      return { kind, page: await agent.submit(form, signInAnswers(form, person)) };
    case 'picker':
      return { kind, page: await pick(form, agent, patient) };
    case 'consent':
      return { kind, page: await consentTo(form, agent, consent) };
  }
};

const signInAnswers = (form: Form, { username, password }: Person): Answers => {
  const name = form.fields.find(({ label }) => /user\s?name|e-?mail/i.test(label))?.name;
  return { [name ?? 'username']: username, password };
};

export const offersPatients = ({ buttons }: Form): boolean =>
  buttons.some(({ name }) => name === 'patient');

const searchesPatients = ({ method, fields }: Form): boolean =>
  method === 'GET' && fields.some(({ name }) => name === 'identifier');

/** Without a wish the first one offered. Staff search by name first; here people are called as their ids are. */
const pick = (form: Form, agent: Agent, patient: string | undefined): Promise<Page> => {
  if (searchesPatients(form)) return agent.submit(form, { name: patient ?? 'asha' });
  const offered = form.buttons.filter(({ name }) => name === 'patient');
  const wanted = offered.find(({ value }) => value === patient) ?? offered[0];
  if (wanted === undefined || (patient !== undefined && wanted.value !== patient))
    throw new Error(`The picker does not offer ${patient ?? 'anyone'}.`);
  return agent.submit(form, { patient: wanted.value });
};

const consentTo = (form: Form, agent: Agent, consent: Choices['consent']): Promise<Page> => {
  if (consent === 'deny') return agent.submit(form, {}, /refuse|deny/i);
  const offered = form.fields.filter(({ name, type }) => name === 'scope' && type === 'checkbox');
  const ticked = offered.filter(({ isChecked, value }) =>
    consent ? value.split(' ').every(consent) : isChecked,
  );
  return agent.submit(form, { scope: ticked.map(({ value }) => value) }, /^allow/i);
};
