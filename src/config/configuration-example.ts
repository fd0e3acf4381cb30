/** A declarative file that shows every kind of declaration; part of the documentation, and tested to load. */
export const configurationExample = `# Settings: any of the table above, by path. Secrets (DATABASE_URL, GATEHOUSE_KEY_ENCRYPTION_KEY) are better
# kept in the environment.
issuer: https://login.example.com
environment: production
trustedProxies: [loopback, 10.0.0.0/8] # the load balancer that ends TLS
accessToken:
  ttl: 10m # text with a unit, or seconds
  format: opaque
refreshToken:
  ttl: 30d # the whole family, whatever the activity
  idleTtl: 14d
  grace: 10s
session: { ttl: 12h, idleTtl: 2h }
pages:
  brand: Example Ltd

# Scopes beside openid, profile, email, address, phone and offline_access.
scopes:
  - name: read
    title: Read
    description: Read your data
  - name: admin
    description: Administer everything
    restricted: true # only an administrator may give it to a client

# APIs: what the resource parameter (RFC 8707) may name and the aud claim will say.
resources:
  - identifier: https://api.example.com
    name: Example API
    scopes: [read, admin]
    access_token_format: jwt
    access_token_ttl: 5m

# Clients: metadata by the names of RFC 7591, plus client_id and client_secret.
clients:
  - client_id: web
    client_secret: replace-me-with-a-long-random-text
    client_name: Example web application
    redirect_uris: [https://app.example.com/callback]
    post_logout_redirect_uris: [https://app.example.com/]
    grant_types: [authorization_code, refresh_token]
    response_types: [code]
    token_endpoint_auth_method: client_secret_basic
    scope: openid profile email offline_access read
    skip_consent: true # the company's own application
  - client_id: spa
    client_name: Example single-page application
    redirect_uris: [https://spa.example.com/callback]
    allowed_origins: [https://spa.example.com] # may call the endpoints from a browser (CORS)
    token_endpoint_auth_method: none # a public client: PKCE instead of a secret
    scope: openid read
  - client_id: api
    client_secret: replace-me-with-another-random-text
    client_name: Example API
    grant_types: [client_credentials]
    may_introspect: true # a resource server
    scope: read

# Users: username and password, then OpenID Connect standard claims and roles.
users:
  - username: alice
    password: replace-me
    sub: alice
    name: Alice Example
    email: alice@example.com
    email_verified: true
    roles: [admin]
`;
