import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { JwtService } from '../../../src/keys/index.js';
import { expectTokens } from '../checks.js';
import { aKey, refreshing } from '../clients.js';
import { aBehaviour } from '../plan.js';
import type { Run } from '../run.js';
import { theSite } from '../site.js';
import { OFFLINE, expectSameSignIn } from './codes-and-tokens.js';

/** Publishes the key that the client has now. */
async function publishKey({ client }: Run): Promise<void> {
  const address = String(client.registration!['jwks_uri']);
  (await theSite()).publish(address, 'application/json', { keys: [client.key!.publicJwk] });
}

const jwksUri = async () => ({ jwks: undefined, jwks_uri: (await theSite()).newAddress() });

export const registrationJwksUri = aBehaviour(
  'fetches the keys of the client',
  async (run) => {
    await publishKey(run);
    await run.flow();
  },
  jwksUri,
);

export const clientKeyRotation = aBehaviour(
  'finds the new key of the client a minute later',
  async (run) => {
    await publishKey(run);
    const { tokens, idTokens } = await run.flow(OFFLINE);
    run.client.key = aKey();
    await publishKey(run);
    run.server.clock.advance(60);
    const again = expectTokens(await run.refresh(tokens['refresh_token']!));
    await expectSameSignIn(run, idTokens.at(-1)!.jwt, again['id_token']!);
  },
  async (variant) => ({ ...(await jwksUri()), ...refreshing(variant) }),
);

export const assertionForIssuer = aBehaviour(
  'takes an assertion that is meant for the issuer',
  async (run) => {
    const { callback } = await run.visit();
    const grant = { grant_type: 'authorization_code', redirect_uri: run.client.redirectUri };
    const form = { ...grant, code: callback!.parameters['code'] };
    expectTokens(await run.token(form, run.server.issuer));
  },
);

/** Seconds until everybody must have read the keys again. */
const TAKEN_OVER = 400;

export const serverKeyRotation = aBehaviour(
  'publishes a new key, signs with it later, and keeps the old one',
  async (run) => {
    const before = await run.flow();
    await run.server.get(JwtService).rotate('RS256');
    const rotated = await run.withFreshKeys();
    const names = (keys: Run['jwks']) => keys.keys.map(({ kid }) => kid);
    expect(names(rotated.jwks)).toEqual(expect.arrayContaining(names(run.jwks)));
    expect(names(rotated.jwks).length).toBeGreaterThan(run.jwks.keys.length);
    run.server.clock.advance(TAKEN_OVER);
    const after = await (await run.withFreshKeys()).flow();
    const [old, fresh] = [before.idTokens.at(-1)!.jwt, after.idTokens.at(-1)!.jwt];
    expect(names(run.jwks)).not.toContain(decodeProtectedHeader(fresh).kid);
    const { jwks } = await run.withFreshKeys();
    await jwtVerify(old, createLocalJWKSet(jwks), { currentDate: run.server.clock.now() });
  },
);
