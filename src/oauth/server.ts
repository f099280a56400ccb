// Server: everything below the issuer's address: the pages, oidc-provider, and what stands before it.

import express, { type ErrorRequestHandler, type RequestHandler, type Router } from 'express';
import type { Provider } from 'oidc-provider';
import type { OpenLaunch } from '../access/launch.ts';
import type { FindWorkplaces } from '../access/workplaces.ts';
import type { RecordStore } from '../store/port.ts';
import type { Report } from './events.ts';
import { createInteractions } from './interactions.ts';
import { introspectByBearer } from './introspection.ts';
import { openKeys } from './keys.ts';
import { createOpenLaunch } from './launches.ts';
import { busyPage, failurePage, tooLongPage } from './message-pages.ts';
import { serveAssets } from './pages/assets.ts';
import { sendPage } from './pages/send-page.ts';
import { createPatients, type PatientSources } from './patients.ts';
import { createProvider } from './provider.ts';
import { nameRefreshingClient } from './refresh.ts';
import type { ScopeRules } from './scope-rules.ts';
import { sameOrigin } from './sign-in/same-origin.ts';
import { smartConfiguration } from './smart-configuration.ts';
import { smartStyle } from './smart-style.ts';
import { createWorkplaces } from './workplaces.ts';

export interface AuthorizationSources extends PatientSources {
  /** Address clients use: `https://host`. */
  readonly publicUrl: string;
  readonly fhirBase: string;
  readonly records: RecordStore;
  readonly rules: ScopeRules;
  readonly report: Report;
  /** For which organizations a user may work now. */
  readonly findWorkplaces: FindWorkplaces;
  /** Called for a fault of ours; gives the id under which it was logged. */
  readonly noteFault: (error: unknown) => string;
  readonly privateHosts: readonly string[];
  /** The pages of signing in, below `/interaction/:uid/login` and elsewhere. */
  readonly signIn: (provider: Provider) => RequestHandler;
}

export interface AuthorizationServer {
  readonly provider: Provider;
  /** To be mounted at `/oauth`. */
  readonly router: Router;
  /** The document at `/fhir/.well-known/smart-configuration`. */
  readonly smartConfiguration: object;
  readonly openLaunch: OpenLaunch;
}

export const createAuthorizationServer = async (
  sources: AuthorizationSources,
): Promise<AuthorizationServer> => {
  const { publicUrl, fhirBase, records, rules, report, privateHosts } = sources;
  const issuer = `${publicUrl}/oauth`;
  const keys = await openKeys(records);
  const workplaces = createWorkplaces(sources.findWorkplaces, records);
  const provider = createProvider({
    ...{ issuer, fhirBase, records, keys, rules, report, privateHosts, workplaces },
    noteFault: sources.noteFault,
  });
  const patients = createPatients(sources);
  const form = express.urlencoded({ extended: false, limit: '64kb' });
  const router = express.Router();
  router.use(pinOrigin(publicUrl));
  router.use(serveAssets);
  router.get('/smart-style.json', (_req, res) => {
    res.set('Access-Control-Allow-Origin', '*').json(smartStyle);
  });
  router.all('/auth', refuseTooLong);
  router.post('/auth', express.urlencoded({ extended: false, limit: '8kb' }), authorizeByPost);
  router.post('/token/introspection', byBearerOnly(form), introspectByBearer(provider, report));
  router.post('/token', nameRefreshingClient(provider));
  router.use(sources.signIn(provider));
  const interactions = createInteractions({
    ...{ provider, records, patients, fhirBase, rules, report, workplaces },
  });
  router.use('/interaction', sameOrigin(publicUrl), interactions);
  router.use(provider.callback());
  router.use(answerFault(sources.noteFault));
  return {
    provider,
    router,
    smartConfiguration: smartConfiguration(issuer),
    openLaunch: createOpenLaunch(records, fhirBase),
  };
};

/**
 * The library makes its addresses from the request's host, and accepts assertions for them: only the true one may count. It
 * takes anybody's word for whom a proxy asks; Express only that of proxies that are trusted.
 */
const pinOrigin = (publicUrl: string): RequestHandler => {
  const { host, protocol } = new URL(publicUrl);
  return (req, _res, next) => {
    const address = req.ip;
    req.headers.host = host;
    delete req.headers['x-forwarded-host'];
    req.headers['x-forwarded-proto'] = protocol.slice(0, -1);
    if (address === undefined) delete req.headers['x-forwarded-for'];
    else req.headers['x-forwarded-for'] = address;
    next();
  };
};

/** What is asked is kept until somebody signs in, and anybody may ask. */
const refuseTooLong: RequestHandler = ({ originalUrl }, res, next) => {
  if (originalUrl.length <= longestRequest) next();
  else sendPage(res, tooLongPage, { status: 414 });
};

const longestRequest = 8 * 1024;

/**
 * "The EHR's authorization server SHALL support … HTTP POST". Browsers send no Lax cookie with a POST of another site, so it
 * becomes a GET.
 */
const authorizeByPost: RequestHandler = (req, res) => {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries((req.body ?? {}) as Record<string, unknown>))
    for (const each of [value].flat()) parameters.append(name, String(each));
  res.redirect(303, `${req.baseUrl}/auth?${parameters.toString()}`);
};

/** The library reads its own bodies. */
const byBearerOnly =
  (form: RequestHandler): RequestHandler =>
  (req, res, next) => {
    if (/^Bearer /i.test(req.headers.authorization ?? '')) form(req, res, next);
    else next();
  };

const answerFault =
  (noteFault: (error: unknown) => string): ErrorRequestHandler =>
  (error, req, res, next) => {
    // Who hung up in the middle of a request is not there to be told, and nothing failed here.
    if (req.destroyed && !req.complete) return;
    if (res.headersSent) {
      next(error);
      return;
    }
    const status = (error as { readonly status?: unknown }).status;
    const isTheirs = typeof status === 'number' && status < 500;
    if (isTheirs) {
      res
        .status(status)
        .json({ error: 'invalid_request', error_description: 'the body cannot be read' });
      return;
    }
    if (status === 503) {
      res.setHeader('Retry-After', '2');
      sendPage(res, busyPage, { status });
      return;
    }
    sendPage(res, failurePage(noteFault(error)), { status: 500 });
  };
