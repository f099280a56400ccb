// Resource scopes: SMART's scopes as oidc-provider's scopes of a resource server, worked out anew for each request.
// https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html#scopes-for-requesting-fhir-resources

import { errors, type KoaContextWithOIDC, type ResourceServer } from 'oidc-provider';
import { grantable, splitScope, type ScopeRules } from './scope-rules.ts';

/** There is one resource server: the FHIR base. Its tokens are opaque (decision 0007). */
export const resourceScopes = (fhirBase: string, rules: ScopeRules) => ({
  enabled: true,
  defaultResource: () => fhirBase,
  useGrantedResource: () => true,
  getResourceServerInfo: (
    ctx: KoaContextWithOIDC,
    resource: string,
    client: object,
  ): ResourceServer => {
    if (resource !== fhirBase) throw new errors.InvalidTarget();
    const scopes =
      ctx.oidc.params?.['grant_type'] === 'client_credentials'
        ? systemScopes(ctx, client, rules)
        : personScopes(ctx, resource, client, rules);
    return { scope: scopes.join(' '), audience: fhirBase, accessTokenFormat: 'opaque' };
  },
});

/** Those asked for while asking, those granted once a code or a refresh token is redeemed. */
const personScopes = (
  ctx: KoaContextWithOIDC,
  resource: string,
  client: object,
  rules: ScopeRules,
): readonly string[] => {
  const granted = ctx.oidc.entities.Grant?.resources?.[resource];
  const scopes = [...splitScope(askedIn(ctx)), ...splitScope(granted)];
  return grantable([...new Set(scopes)], client, 'person', rules);
};

/** A system has nobody to ask for less, so it is told what it may not have. */
const systemScopes = (
  ctx: KoaContextWithOIDC,
  client: object,
  rules: ScopeRules,
): readonly string[] => {
  if (ctx.oidc.client?.clientAuthMethod !== 'private_key_jwt')
    throw new errors.InvalidClientAuth('a system proves itself by a signed assertion');
  const asked = splitScope(askedIn(ctx));
  const scopes = grantable(asked, client, 'system', rules);
  const refused = asked.filter((scope) => !scopes.includes(scope));
  if (refused.length > 0)
    throw new errors.InvalidScope('requested scope is not allowed', refused.join(' '));
  if (scopes.length === 0)
    throw new errors.InvalidScope('a scope of the kind system/… must be requested', '');
  return scopes;
};

const askedIn = (ctx: KoaContextWithOIDC): string | undefined => {
  const scope = ctx.oidc.params?.['scope'];
  return typeof scope === 'string' ? scope : undefined;
};
