// Without the audit nothing is given: a token that could not be recorded does not leave.

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import express from 'express';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { nobody } from '#src/access/permit.ts';
import { createAuthorizationServer } from '#src/oauth/server.ts';
import { nothing } from '#src/search/plan.ts';
import { openMemoryStore } from '#test/support/memory-store/open.ts';

describe('an authorization server whose audit fails', () => {
  it('answers a request for a token with 500 and no token, and notes why', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    const { records, resources } = openMemoryStore();
    const faults: unknown[] = [];
    const { router } = await createAuthorizationServer({
      ...{ publicUrl: url, fhirBase: `${url}/fhir`, records, resources, privateHosts: [] },
      rules: { isKnown: () => true, isWithin: () => true, describe: (scope) => scope },
      report: () => Promise.reject(new Error('the disk is full')),
      noteFault: (error) => String(faults.push(error)),
      permitOf: () => nobody,
      findWorkplaces: () => Promise.resolve([]),
      planPatients: () => Promise.resolve(nothing),
      signIn: () => express.Router(),
    });
    server.on('request', express().use('/oauth', router));
    const { privateKey, publicKey } = await generateKeyPair('ES384');
    const keys = [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES384' }];
    await records.put('Client', 'system', {
      ...{ client_id: 'system', redirect_uris: [], response_types: [], jwks: { keys } },
      ...{ grant_types: ['client_credentials'], token_endpoint_auth_method: 'private_key_jwt' },
      smart_scope: 'system/*.rs',
    });

    const assertion = await new SignJWT({ jti: 'one', sub: 'system' })
      .setProtectedHeader({ alg: 'ES384', kid: 'k' })
      .setIssuer('system')
      .setAudience(`${url}/oauth/token`)
      .setExpirationTime('2m')
      .sign(privateKey);
    const answered = await fetch(`${url}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({
        ...{ grant_type: 'client_credentials', scope: 'system/*.rs', client_assertion: assertion },
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      }),
    });
    const text = await answered.text();
    server.close();

    expect(answered.status).to.equal(500);
    expect(text).not.to.contain('access_token');
    expect(String(faults[0])).to.contain('the disk is full');
  });
});
