// A user agent: keeps cookies as a browser does, follows redirects within the server, and hands out those that leave it.

import { readForms, type Button, type Field, type Form } from './form.ts';

export interface Page {
  readonly address: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Where the server sends the browser outside of itself: an app's redirect URI. */
  readonly left?: URL;
  /** All addresses on the way here. */
  readonly trail: readonly string[];
}

export interface Agent {
  get(address: string, headers?: Readonly<Record<string, string>>): Promise<Page>;
  post(
    address: string,
    body: URLSearchParams,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Page>;
  /** Sends the form as it stands, with these answers, by its button of these words (else its first). */
  submit(form: Form, answers?: Answers, words?: RegExp): Promise<Page>;
  readonly cookies: CookieJar;
}

/** By name of a field; `undefined` leaves it out. A list sends each value. */
export type Answers = Readonly<Record<string, string | readonly string[] | undefined>>;

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
  /** As the server wrote it. */
  readonly line: string;
}

export interface CookieJar {
  all(): readonly Cookie[];
  set(cookie: Cookie): void;
  clear(): void;
}

export const openAgent = (origin: string, seen: readonly Cookie[] = []): Agent => {
  let kept = [...seen];
  const keep = (cookie: Cookie): void => {
    kept = [
      ...kept.filter(({ name, path }) => name !== cookie.name || path !== cookie.path),
      cookie,
    ];
  };
  const send = async (
    address: string,
    init: RequestInit,
    trail: readonly string[],
  ): Promise<Page> => {
    const url = new URL(address);
    const cookie = kept
      .filter(({ path }) => covers(path, url.pathname))
      .sort((one, other) => other.path.length - one.path.length)
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
    const headers = {
      accept: 'text/html,*/*',
      ...(cookie && { cookie }),
      ...(init.headers as object),
    };
    const answer = await fetch(address, { ...init, headers, redirect: 'manual' });
    for (const line of answer.headers.getSetCookie())
      take(line, url, keep, (gone) => {
        kept = kept.filter(({ name, path }) => name !== gone.name || path !== gone.path);
      });
    const text = await answer.text();
    const page = {
      address,
      status: answer.status,
      headers: answer.headers,
      text,
      trail: [...trail, address],
    };
    const location = answer.headers.get('location');
    if (location === null || answer.status < 300 || answer.status >= 400) return page;
    const next = new URL(location, address);
    if (next.origin !== origin) return { ...page, left: next };
    if (page.trail.length > 20)
      throw new Error(`Redirected without end: ${page.trail.join(' -> ')}`);
    return send(next.href, { headers: {} }, page.trail);
  };
  const post: Agent['post'] = (address, body, headers = {}) =>
    send(address, { method: 'POST', body, headers: { origin, ...headers } }, []);
  return {
    get: (address, headers = {}) => send(address, { headers }, []),
    post,
    submit: (form, answers = {}, words = /./) => {
      const button = form.buttons.find((each) => words.test(each.words));
      if (button === undefined && words.source !== '.')
        throw new Error(
          `No button ${String(words)} among: ${form.buttons.map((each) => each.words).join(', ')}`,
        );
      const body = bodyOf(form, button, answers);
      const action = button?.action ?? form.action;
      if (form.method === 'POST') return post(action, body);
      return send(`${action.split('?')[0]!}?${body.toString()}`, {}, []);
    },
    cookies: {
      all: () => kept,
      set: keep,
      clear: () => {
        kept = [];
      },
    },
  };
};

export const formsOf = (page: Page): readonly Form[] => readForms(page.text, page.address);

/** The only form with such a field. */
export const formWith = (page: Page, what: (field: Field) => boolean): Form | undefined =>
  formsOf(page).find((form) => form.fields.some(what));

const bodyOf = (form: Form, button: Button | undefined, answers: Answers): URLSearchParams => {
  const standing = form.fields.filter(
    ({ name, type, isChecked, isDisabled }) =>
      name !== '' &&
      !isDisabled &&
      !(name in answers) &&
      (isChecked || (type !== 'checkbox' && type !== 'radio')),
  );
  const given = Object.entries(answers).flatMap(([name, value]) =>
    (value === undefined ? [] : [value].flat()).map((each) => [name, each] as const),
  );
  const pressed =
    button?.name === undefined || button.name in answers
      ? []
      : [[button.name, button.value] as const];
  return new URLSearchParams([
    ...standing.map(({ name, value }) => [name, value] as [string, string]),
    ...given.map(([name, value]) => [name, value] as [string, string]),
    ...pressed.map(([name, value]) => [name, value] as [string, string]),
  ]);
};

const covers = (path: string, asked: string): boolean =>
  asked === path || asked.startsWith(path.endsWith('/') ? path : `${path}/`);

const take = (
  line: string,
  url: URL,
  keep: (cookie: Cookie) => void,
  drop: (cookie: Cookie) => void,
): void => {
  const [pair = '', ...attributes] = line.split(/;\s*/);
  const [name = '', ...value] = pair.split('=');
  const attribute = (wanted: string): string | undefined =>
    attributes
      .find((each) => each.toLowerCase().startsWith(`${wanted}=`))
      ?.slice(wanted.length + 1);
  const path = attribute('path') ?? (url.pathname.replace(/\/[^/]*$/, '') || '/');
  const cookie = { name, value: value.join('='), path, line };
  const expires = attribute('expires');
  const isGone =
    Number(attribute('max-age') ?? 1) <= 0 ||
    (expires !== undefined && Date.parse(expires) <= Date.now());
  (isGone ? drop : keep)(cookie);
};
