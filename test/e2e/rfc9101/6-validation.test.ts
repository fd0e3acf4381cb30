import {
  aClient,
  aRelyingParty,
  aUser,
  changeClient,
  expectErrorPage,
  expectRedirectError,
  sharedServer,
} from '../../support/index.js';
import type { Parameters, RelyingParty } from '../../support/index.js';
import { aRequestSigner, unsignedJwt } from '../../support/request-objects.js';

const server = await sharedServer();
const user = await aUser().register(server);
const [signer, stranger] = [await aRequestSigner('ES256'), await aRequestSigner('ES256')];
const rp = await aRelyingParty(
  server,
  aClient().with({ jwks: { keys: [signer.jwk] }, request_object_signing_alg: 'ES256' }),
);
await rp.signIn(user);
await rp.code();

const seconds = (): number => Math.floor(server.clock.now().getTime() / 1000);

const inner = (more: object = {}): Record<string, unknown> => ({
  iss: rp.client.id,
  aud: server.issuer,
  ...Object.fromEntries(new URL(rp.authorizationUrl()).searchParams),
  ...more,
});

const send = (request: string, more: Parameters = {}, by: RelyingParty = rp) =>
  by.authorize({ request, state: 's', ...more });

async function expectRefused(request: string, more: Parameters = {}): Promise<void> {
  const { location } = await send(request, more);
  expectRedirectError(server, location, 'invalid_request_object', 's');
}

const expectTaken = async (claims: object, header: object = {}): Promise<void> => {
  const { location } = await send(await signer.sign({ ...claims }, header));
  expect(location?.searchParams.has('code'), location?.href).toBe(true);
};

describe('RFC 9101 §6.2 the signature', () => {
  it('Q02 is by a key of the client, with the algorithm that it has registered', async () => {
    await expectRefused(await stranger.sign(inner()));
    await expectRefused(await (await aRequestSigner('RS256')).sign(inner()));
    await expectRefused(unsignedJwt(inner()));
    await expectRefused(unsignedJwt(inner(), { alg: 'NONE' }));
  });

  it('Q02 covers what is said', async () => {
    const [header, , signature] = (await signer.sign(inner())).split('.');
    const other = Buffer.from(JSON.stringify(inner({ scope: 'openid write' }))).toString('base64url');
    await expectRefused(`${header}.${other}.${signature}`);
    await expectRefused(`${header}.${other}.`);
  });

  it('is never by a key that the object brings along', async () => {
    await expectRefused(await stranger.sign(inner(), { jwk: stranger.jwk, kid: undefined }));
  });

  it.each(['', 'x', 'a.b', '..', 'e30.e30.', '{"alg":"none"}', `${'A'.repeat(8_000)}.x.y`])(
    'refuses %.20j, which is no JWT',
    async (text) => {
      const answer = await send(text || ' ');
      expect(answer.location?.searchParams.get('error')).toMatch(/^invalid_request_object$/);
    },
  );
});

describe('RFC 9101 §4 the claims', () => {
  it('iss is the client, and may be left out', async () => {
    await expectTaken(inner({ iss: undefined }));
    await expectRefused(await signer.sign(inner({ iss: 'somebody-else' })));
  });

  it('aud holds the issuer, and may be left out', async () => {
    await expectTaken(inner({ aud: undefined }));
    await expectTaken(inner({ aud: ['https://other.example', server.issuer] }));
    await expectRefused(await signer.sign(inner({ aud: 'https://other.example' })));
    await expectRefused(await signer.sign(inner({ aud: [] })));
  });

  it('Q02 exp and nbf are honoured, with half a minute for clocks that differ', async () => {
    await expectTaken(inner({ exp: seconds() + 60, nbf: seconds() - 60 }));
    await expectTaken(inner({ exp: seconds() - 20, nbf: seconds() + 8 }));
    await expectRefused(await signer.sign(inner({ exp: seconds() - 31 })));
    await expectRefused(await signer.sign(inner({ nbf: seconds() + 60 })));
    await expectRefused(await signer.sign(inner({ exp: 'tomorrow' as unknown as number })));
  });

  it('Q02 a request object holds no other', async () => {
    await expectRefused(await signer.sign(inner({ request: 'x' })));
    await expectRefused(await signer.sign(inner({ request_uri: 'https://rp.test/r' })));
  });

  it('holds parameters that are well-formed', async () => {
    await expectRefused(await signer.sign(inner({ state: null })));
    await expectRefused(await signer.sign(inner({ state: 'a\u0000b' })));
    await expectRefused(await signer.sign(inner({ resource: [1] })));
  });

  it('RFC 8707 §2 names several resources as an array', async () => {
    const resource = ['https://api1.test', 'https://api2.test'];
    const request = await signer.sign(inner({ scope: 'openid read', resource }));
    const code_verifier = rp.verifier;
    const back = await rp.complete(await rp.authorize({ request }));
    const { json } = await rp.exchange(back.searchParams.get('code')!, { code_verifier });
    expect((await rp.introspect(json.access_token)).json.aud).toEqual([
      'https://api1.test',
      'https://api2.test',
    ]);
  });
});

describe('RFC 9101 §5 what stands outside', () => {
  it('Q02 client_id is the same as inside', async () => {
    await expectRefused(await signer.sign(inner({ client_id: 'somebody-else' })));
    const request = await signer.sign(inner());
    expectErrorPage(await send(request, { client_id: undefined }));
  });

  it('response_type, where it is outside, is the same as inside', async () => {
    await expectRefused(await signer.sign(inner({ response_type: 'code id_token' })));
    await expectTaken(inner());
    const { location } = await send(await signer.sign(inner()), { response_type: undefined });
    expect(location?.searchParams.has('code')).toBe(true);
  });

  it('Q02 never both request and request_uri', async () => {
    const { location } = await send(await signer.sign(inner()), { request_uri: 'https://rp.test/r' });
    expectRedirectError(server, location, 'invalid_request', 's');
  });

  it('Q02 R13 the redirect_uri of an object that is refused is never used', async () => {
    const request = await stranger.sign(inner({ redirect_uri: 'https://evil.test/cb' }));
    expectErrorPage(await send(request, { redirect_uri: 'https://evil.test/cb' }));
    expectErrorPage(await send(request, { redirect_uri: undefined }));
    const { location } = await send(request);
    expect(location!.href.startsWith(`${rp.client.redirectUri}?`)).toBe(true);
  });

  it('posts the error where form_post was asked for', async () => {
    const page = await send(await stranger.sign(inner()), { response_mode: 'form_post' });
    expect(page.status).toBe(200);
    expect(page.body).toContain('value="invalid_request_object"');
  });
});

describe('RFC 9101 §10.5 require_signed_request_object', () => {
  it('takes no other request, and of this one only what is signed', async () => {
    const own = await aRelyingParty(server, aClient().with({ jwks: { keys: [signer.jwk] } }));
    await own.signIn(user);
    await own.code();
    await changeClient(server, own.client, { require_signed_request_object: true });
    const { location } = await own.authorize({ state: 's' });
    expectRedirectError(server, location, 'invalid_request', 's');
    const { state: _, ...claims } = Object.fromEntries(new URL(own.authorizationUrl()).searchParams);
    const answer = await send(await signer.sign(claims), { prompt: 'none', state: 'outside' }, own);
    expect(answer.location?.searchParams.has('code')).toBe(true);
    expect(answer.location?.searchParams.has('state')).toBe(false);
    const unsigned = await send(unsignedJwt(claims), {}, own);
    expect(unsigned.location?.searchParams.get('error')).toBe('invalid_request_object');
  });
});

describe('RFC 9101 §10.8 JWTs that were made for something else', () => {
  it('the type may be told, and no other', async () => {
    await expectTaken(inner(), { typ: 'oauth-authz-req+jwt' });
    await expectTaken(inner(), { typ: 'JWT' });
    await expectRefused(await signer.sign(inner(), { typ: 'at+jwt' }));
    await expectRefused(await signer.sign(inner(), { typ: 'dpop+jwt' }));
  });

  it('J01 a client assertion is no request object', async () => {
    const { id } = rp.client;
    await expectRefused(await signer.sign({ iss: id, sub: id, aud: server.issuer, jti: 'j' }));
  });

  it('J01 a token of this server is no request object', async () => {
    const { id_token } = await rp.tokens();
    await expectRefused(id_token);
  });
});
