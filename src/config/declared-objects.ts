import { z } from 'zod';
import { duration } from './duration.js';
import { scopeToken, text } from './leaves.js';

// RFC 8707 §2: an absolute URI without a fragment.
const resourceIdentifier = z
  .string()
  .refine(
    (value) => URL.canParse(value) && !value.includes('#'),
    'must be an absolute URI without a fragment',
  );

const scope = z.strictObject({
  name: scopeToken().describe('The scope token that clients request.'),
  title: text().optional().describe('The heading on the consent page.'),
  description: text().optional().describe('What the user allows, in one sentence.'),
  claims: z.array(text()).optional().describe('The names of the claims that the scope releases.'),
  access_token_ttl: duration()
    .optional()
    .describe('Seconds that an access token with this scope lives at most.'),
  default: z
    .boolean()
    .optional()
    .describe('Whether a client that registers without naming scopes gets this one.'),
  restricted: z
    .boolean()
    .optional()
    .describe('Whether only an administrator may give the scope to a client.'),
});

const resource = z.strictObject({
  identifier: resourceIdentifier.describe(
    'The value of the resource parameter and of the aud claim (RFC 8707).',
  ),
  name: text().optional().describe('What people call the API.'),
  scopes: z.array(scopeToken()).describe('The scopes that the API understands.'),
  access_token_format: z
    .enum(['opaque', 'jwt'])
    .optional()
    .describe('The format of access tokens for the API.'),
  access_token_ttl: duration().optional().describe('The life of access tokens for the API, in seconds.'),
});

// Client metadata is judged where clients register; the file only has to say which client it means.
const client = z.looseObject({ client_id: text().describe('The identifier of the client.') });

const user = z.looseObject({
  username: text().describe('The name that the user signs in with.'),
  password: text().meta({ description: 'The password that the user signs in with.', secret: true }),
  sub: text().optional().describe('The subject identifier; made once when absent.'),
  roles: z.array(text()).optional().describe('The roles of the user; admin opens the console.'),
});

const authenticationContext = z.strictObject({
  value: scopeToken().describe('The value of the acr claim, which clients ask for in acr_values.'),
  methods: z
    .array(text())
    .describe('How a user must have signed in, as values of the amr claim (RFC 8176): all of them.'),
});

/** What the declarative file can create; applied at every start, by the name that is its key. */
export const declaredObjects = {
  scopes: z.array(scope).prefault([]).describe('The scopes beside those of OpenID Connect.'),
  resources: z.array(resource).prefault([]).describe('The APIs that tokens can be meant for (RFC 8707).'),
  clients: z
    .array(client)
    .prefault([])
    .describe('Client metadata (RFC 7591) plus client_id and client_secret.'),
  acr: z
    .array(authenticationContext)
    .prefault([{ value: '1', methods: ['pwd'] }])
    .describe(
      'The authentication contexts, the weakest first. Left out, signing in with a password is `1`; an empty list ' +
        'leaves the acr claim out.',
    ),
  users: z.array(user).prefault([]).describe('Local users: username, password, then OpenID Connect claims.'),
};
