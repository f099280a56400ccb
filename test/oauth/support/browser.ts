// A browser as small as can be: keeps cookies by path, follows redirects of this server, fills in the forms it is shown.

export interface Shown {
  readonly status: number;
  readonly address: string;
  readonly text: string;
  readonly headers: Headers;
  /** Where the server sent the browser outside of itself. */
  readonly left?: URL;
}

export interface Browser {
  open(address: string): Promise<Shown>;
  send(address: string, form: Form): Promise<Shown>;
  /** The first form of the page that posts to an address with these words at its end. */
  submit(shown: Shown, ending: string, form: Form): Promise<Shown>;
  readonly cookies: Map<string, Cookie>;
}

export type Form = Readonly<Record<string, string | readonly string[]>>;

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
}

export const openBrowser = (origin: string): Browser => {
  const cookies = new Map<string, Cookie>();
  const keep = (line: string): void => {
    const [pair = '', ...attributes] = line.split('; ');
    const mark = pair.indexOf('=');
    const path = attributes.find((each) => /^path=/i.test(each))?.slice(5) ?? '/';
    const cookie = { name: pair.slice(0, mark), value: pair.slice(mark + 1), path };
    if (/expires=Thu, 01 Jan 1970/i.test(line)) cookies.delete(`${cookie.name} ${path}`);
    else cookies.set(`${cookie.name} ${path}`, cookie);
  };
  const headerFor = (pathname: string): string =>
    [...cookies.values()]
      .filter(({ path }) => pathname.startsWith(path))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
  const visit = async (address: string, init: RequestInit): Promise<Shown> => {
    const url = new URL(address, origin);
    const headers = { accept: 'text/html', cookie: headerFor(url.pathname) };
    const answer = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of answer.headers.getSetCookie()) keep(line);
    const location = answer.headers.get('location');
    const text = await answer.text();
    if (location === null)
      return { status: answer.status, address: url.href, text, headers: answer.headers };
    const next = new URL(location, url);
    if (next.origin === origin) return visit(next.href, { method: 'GET' });
    return { status: answer.status, address: url.href, text, headers: answer.headers, left: next };
  };
  const send: Browser['send'] = (address, form) => {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries(form))
      for (const each of [value].flat()) body.append(name, each);
    return visit(address, { method: 'POST', body });
  };
  return {
    cookies,
    open: (address) => visit(address, { method: 'GET' }),
    send,
    submit: (shown, ending, form) => send(actionOf(shown, ending), form),
  };
};

const actionOf = ({ text, address }: Shown, ending: string): string => {
  const actions = [...text.matchAll(/<form[^>]*\saction="([^"]+)"/g)].map(
    ([, action = '']) => action,
  );
  const found = actions.find((action) => action.endsWith(ending));
  if (found === undefined)
    throw new Error(`No form to '${ending}' at ${address}: ${text.slice(0, 1500)}`);
  return new URL(found.replaceAll('&#38;', '&'), address).href;
};

/** Values of the checkboxes on a page, as they stand. */
export const ticked = ({ text }: Shown): readonly string[] =>
  [...text.matchAll(/<input\s+type="checkbox"[^>]*>/g)]
    .filter(([tag]) => /\schecked/.test(tag))
    .map(([tag]) => /value="([^"]*)"/.exec(tag)?.[1]?.replaceAll('&#38;', '&') ?? '');
