import { aClient, sharedServer } from '../../support/index.js';
import { curl } from '../../support/curl.js';

describe('Getting started: client credentials', async () => {
  const server = await sharedServer();
  const client = await aClient().machine().register(server);

  it('leads from id and secret, encoded in base64, to a token', async () => {
    const credential = Buffer.from(`${client.id}:${client.secret}`).toString('base64');
    // curl -X POST -H "Authorization: Basic …" … -d "grant_type=client_credentials"
    const answer = await curl(
      ...['-X', 'POST', '-H', `Authorization: Basic ${credential}`, '-H', 'Cache-Control: no-cache'],
      ...['-H', 'Content-Type: application/x-www-form-urlencoded', `${server.issuer}/oauth/token`],
      ...['-d', 'grant_type=client_credentials'],
    );
    expect(JSON.parse(answer)).toEqual({
      access_token: expect.any(String),
      expires_in: 3600,
      token_type: 'Bearer',
      scope: 'read write',
    });
  });
});
