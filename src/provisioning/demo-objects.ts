import type { DeclaredClient, DeclaredScope, DeclaredUser } from '../config/index.js';

interface DemoObjects {
  readonly scopes: DeclaredScope[];
  readonly clients: DeclaredClient[];
  readonly users: DeclaredUser[];
}

/** To try the server out, in development only: everybody knows these passwords. */
export const demoObjects = (): DemoObjects => ({
  scopes: [
    { name: 'read', title: 'Read your data', description: 'See what you keep in the demo.' },
    { name: 'write', title: 'Change your data', description: 'Add to and change what you keep in the demo.' },
  ],
  clients: [
    {
      client_id: 'demo-web',
      client_secret: 'demo-web-secret',
      client_name: 'Demo Web',
      client_uri: 'http://localhost:1111/',
      redirect_uris: ['http://localhost:1111/callback'],
      grant_types: ['authorization_code', 'refresh_token'],
      scope: 'openid profile email offline_access user_info read write',
      token_endpoint_auth_method: 'client_secret_post',
    },
    {
      client_id: 'demo-machine',
      client_secret: 'demo-machine-secret',
      client_name: 'Demo Machine',
      grant_types: ['client_credentials'],
      scope: 'read write',
    },
  ],
  users: [
    {
      username: 'alice',
      password: 'demo',
      sub: 'demo-alice',
      name: 'Alice Example',
      given_name: 'Alice',
      family_name: 'Example',
      email: 'alice@example.com',
      email_verified: true,
    },
  ],
});
