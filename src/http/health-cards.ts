// Health cards: what anybody needs to verify the cards this server has issued: its keys and its lists of revoked cards.
// https://hl7.org/fhir/uv/smart-health-cards-and-links/STU1/cards-specification.html#determining-keys-associated-with-an-issuer

import express, { type RequestHandler } from 'express';

export interface Published {
  readonly keySet: () => Promise<object>;
  /** undefined for what is no key of this server. */
  readonly revocations: (kid: string) => Promise<object | undefined>;
}

/** Public, and open to the pages of every site. */
export const publishHealthCards = (
  { keySet, revocations }: Published,
  limit: RequestHandler,
): RequestHandler => {
  const router = express.Router();
  router.use('/.well-known', limit, openToAll);
  router.get('/.well-known/jwks.json', async (_req, res) => {
    res.json(await keySet());
  });
  router.get('/.well-known/crl/:kid.json', async (req, res, next) => {
    const found = await revocations(req.params.kid);
    if (found) res.json(found);
    else next();
  });
  return router;
};

const openToAll: RequestHandler = (_req, res, next) => {
  res.setHeader('Access-Control-Allow-Origin', '*');
  res.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
  res.setHeader('Cache-Control', 'public, max-age=300');
  next();
};
