import express from 'express';
import type { Express, Request } from 'express';
import session from 'express-session';
import passport from 'passport';
import OAuth2Strategy from 'passport-oauth2';
import type { StrategyOptions, VerifyCallback } from 'passport-oauth2';

declare module 'express-session' {
  interface SessionData {
    accessToken: string;
  }
}

/** A web application as passport's own guide writes one: sign-in at /, then the account that the API shows. */
export function passportApplication(options: StrategyOptions, api: string): Express {
  const authenticator = new passport.Passport();
  authenticator.use(new OAuth2Strategy(options, keepToken));
  const signIn = authenticator.authenticate('oauth2', { session: false }) as express.RequestHandler;
  const application = express();
  application.use(session({ secret: 'of the application', resave: false, saveUninitialized: false }));
  application.get('/', signIn);
  application.get('/callback', signIn, (request, response) => {
    request.session.accessToken = (request.user as SignedIn).accessToken;
    response.redirect('/account');
  });
  application.get('/account', async (request, response) => {
    const answer = await account(request, api);
    response
      .status(answer.status)
      .type('json')
      .send(await answer.text());
  });
  return application;
}

interface SignedIn {
  readonly accessToken: string;
}

const keepToken = (
  accessToken: string,
  _refreshToken: string,
  _profile: unknown,
  done: VerifyCallback,
): void => done(null, { accessToken } satisfies SignedIn);

const account = ({ session: { accessToken } }: Request, api: string): Promise<Response> =>
  fetch(api, { headers: { authorization: `Bearer ${accessToken}` } });
