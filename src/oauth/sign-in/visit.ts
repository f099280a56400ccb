// Visit: one request to a step of signing in, with the interaction it belongs to.

import type { Request, Response } from 'express';
import { errors, type Provider } from 'oidc-provider';
import { oauthMount } from '../pages/assets.ts';

export interface Visit {
  readonly req: Request;
  readonly res: Response;
  readonly uid: string;
  /** `/oauth/interaction/<uid>` */
  readonly base: string;
  readonly clientId: string;
  /** What the page calls the app. */
  readonly app: string | undefined;
  /** The app's redirect_uri. */
  readonly leadsTo: string | undefined;
  /** The app wants it proved again who it is, though somebody is signed in: by `prompt=login`, or by `max_age`. */
  readonly isAnew: boolean;
}

/** Throws SessionNotFound when the page is not of this browser, is too old, or the sign-in was done already. */
export const openVisit = async (
  req: Request,
  res: Response,
  provider: Provider,
): Promise<Visit> => {
  const details = await provider.interactionDetails(req, res);
  const { uid, params, prompt } = details;
  if (uid !== req.params['uid'] || prompt.name !== 'login')
    throw new errors.SessionNotFound('not a sign-in of this browser');
  const clientId = String(params['client_id']);
  const redirectUri = params['redirect_uri'];
  const client = await provider.Client.find(clientId);
  return {
    ...{
      req,
      res,
      uid,
      clientId,
      app: client?.clientName,
      base: `${oauthMount}/interaction/${uid}`,
    },
    leadsTo: typeof redirectUri === 'string' ? redirectUri : undefined,
    isAnew: prompt.reasons.some((reason) => anew.has(reason)),
  };
};

const anew: ReadonlySet<string> = new Set(['login_prompt', 'max_age']);

/** A field of the form: text, at most as long as the form lets it be. */
export const readField = (req: Request, name: string): string => {
  const value = (req.body as Readonly<Record<string, unknown>> | undefined)?.[name];
  return typeof value === 'string' ? value.slice(0, 512) : '';
};

/** The answer of a passkey is longer than what people type. */
export const readAnswer = (req: Request): string => {
  const value = (req.body as Readonly<Record<string, unknown>> | undefined)?.['answer'];
  return typeof value === 'string' ? value : '';
};

/** A parameter of the address: text, or empty. */
export const readQuery = (req: Request, name: string): string => {
  const value = req.query[name];
  return typeof value === 'string' ? value.slice(0, 512) : '';
};
