import { Injectable, Module } from '@nestjs/common';
import type { Response } from 'express';
import { WebMessageMode } from '../../examples/extending/web-message.mode.js';
import { ResponseMode } from '../../src/index.js';
import type { AuthorizationRedirect, ResponseFields, ResponseSender } from '../../src/index.js';
import { aClient, aRelyingParty, aUser, startServer } from '../support/index.js';
import type { RelyingParty, TestServer } from '../support/index.js';

/** Writes what it is given where everybody reads it. */
@Injectable()
@ResponseMode('postcard')
class PostcardMode implements ResponseSender {
  readonly carriesTokens = false;

  async respond(
    response: Response,
    { redirectUri }: AuthorizationRedirect,
    fields: ResponseFields,
  ): Promise<void> {
    if (fields['state'] === 'lost') throw new Error('the post is on strike');
    response.redirect(303, `${redirectUri}?postcard=${encodeURIComponent(JSON.stringify(fields))}`);
  }
}

@Injectable()
@ResponseMode('query')
class SecondQueryMode extends PostcardMode {}

@Module({ providers: [WebMessageMode, PostcardMode] })
class ModesModule {}

@Module({ providers: [SecondQueryMode] })
class SecondQueryModule {}

describe('a response mode of one’s own', () => {
  let server: TestServer;
  let rp: RelyingParty;
  let spa: RelyingParty;

  beforeAll(async () => {
    server = await startServer({ modules: [ModesModule] });
    const user = await aUser().register(server);
    rp = await (await aRelyingParty(server)).signIn(user);
    const frontChannel = { grant_types: ['implicit'], response_types: ['id_token', 'id_token token'] };
    spa = await (await aRelyingParty(server, aClient().public().with(frontChannel))).signIn(user);
  });

  afterAll(() => server.close());

  it('is advertised', async () => {
    const { response_modes_supported: modes } = (await server.send('/.well-known/openid-configuration')).json;
    expect(modes.sort()).toEqual(['form_post', 'fragment', 'postcard', 'query', 'web_message']);
  });

  it('carries the answer, with state and iss', async () => {
    const back = await rp.signInAndConsent(undefined, { response_mode: 'postcard', state: 's' });
    const fields = JSON.parse(back.searchParams.get('postcard')!);
    expect(fields).toMatchObject({ code: expect.any(String), state: 's', iss: server.issuer });
  });

  it('carries errors', async () => {
    const { location } = await rp.authorize({ response_mode: 'postcard', scope: 'nonsense', state: 's' });
    expect(JSON.parse(location!.searchParams.get('postcard')!)).toMatchObject({
      error: 'invalid_scope',
      state: 's',
      iss: server.issuer,
    });
  });

  it('never gets a token unless it says that it may: the error goes by the default way', async () => {
    const request = { response_type: 'id_token', nonce: 'n', code_challenge: undefined };
    const wrong = { ...request, response_mode: 'postcard', code_challenge_method: undefined };
    const { location } = await spa.authorize(wrong);
    expect(location!.search).toBe('');
    expect(new URLSearchParams(location!.hash.slice(1)).get('error')).toBe('invalid_request');
  });

  it('runs as the documents show it, tokens included', async () => {
    const request = { response_type: 'id_token', nonce: 'n', code_challenge: undefined, scope: 'openid' };
    const page = await spa.authorize({
      ...request,
      code_challenge_method: undefined,
      response_mode: 'web_message',
    });
    const shown = await spa.browser.submit(page, { decision: 'allow' });
    expect(shown.headers['content-security-policy']).toMatch(/^script-src 'nonce-/);
    expect(shown.body).toContain('"id_token":"');
    expect(shown.body).toMatch(/, "https:\/\/rp\.test"\)<\/script>$/);
  });

  it('answers when it fails', async () => {
    const page = await rp.authorize({ response_mode: 'postcard', state: 'lost', scope: 'nonsense' });
    expect(page.status).toBe(500);
    expect(page.body).not.toContain('strike');
    const late = await rp.authorize({ response_mode: 'postcard', state: 'lost' });
    expect(late.status).toBe(500);
  });
});

it('the start fails when two claim one name, and says which', async () => {
  await expect(startServer({ modules: [SecondQueryModule] })).rejects.toThrow(
    /(QueryMode and SecondQueryMode|SecondQueryMode and QueryMode) both claim the response mode "query"/,
  );
});
