import type { ConsoleContexts } from './console-contexts.js';

/**
 * What each template is given. Every string is shown as text, stripped of control and bidi characters,
 * save the values listed in `EXACT_KEYS` (displayable.ts), which only travel through a form.
 * Every instant is an ISO 8601 string; the page writes it for people.
 */

/** How an application presents itself; its links are dropped unless they are http(s). */
export interface ClientSummary {
  readonly name: string;
  readonly logoUri?: string;
  readonly clientUri?: string;
  readonly policyUri?: string;
  readonly tosUri?: string;
}

/** The person on whose behalf a signed-in page is shown; `admin` among the roles adds the links for admins. */
export interface SignedInUser {
  readonly username: string;
  readonly name?: string;
  readonly email?: string;
  readonly roles: readonly string[];
}

export interface ScopeText {
  readonly name: string;
  readonly title: string;
  readonly description: string;
}

/** Posts `csrf`, `interaction`, `returnTo`, `username`, `password` to /login. */
export interface LoginContext {
  readonly csrf: string;
  readonly interaction?: string;
  readonly returnTo?: string;
  readonly username?: string;
  readonly error?: string;
  readonly notice?: string;
  /** Whether people can make an account. */
  readonly signUp?: boolean;
  readonly client?: ClientSummary;
}

/** Posts `csrf`, `interaction`, `returnTo` and the names of `values`, `password` and `password_again` to /signup. */
export interface SignUpContext {
  readonly csrf: string;
  readonly interaction?: string;
  readonly returnTo?: string;
  readonly values: { readonly username: string; readonly name: string; readonly email: string };
  /** By field name. */
  readonly errors: Readonly<Record<string, string>>;
  readonly client?: ClientSummary;
}

/** One thing that a {@link StepContext} asks for. */
export interface StepInput {
  readonly name: string;
  readonly label: string;
  /** `text` unless told. */
  readonly type?: 'text' | 'password' | 'email' | 'tel';
  /** `off` unless told. */
  readonly autocomplete?: string;
}

/** The page of an extension's own step. Posts `csrf`, `interaction`, `returnTo` and the inputs to `step`. */
export interface StepContext {
  readonly csrf: string;
  readonly interaction?: string;
  readonly returnTo?: string;
  /** The path below the issuer. */
  readonly step: string;
  readonly title: string;
  readonly text?: string;
  readonly inputs: readonly StepInput[];
  /** What the button says. */
  readonly submit: string;
  readonly error?: string;
  readonly client?: ClientSummary;
}

/** Posts `csrf` and `interaction` to /select-account, or leads to /login. */
export interface SelectAccountContext {
  readonly csrf: string;
  readonly interaction: string;
  readonly user: SignedInUser;
  readonly client?: ClientSummary;
}

/** Posts `csrf`, `interaction`, `decision` (`allow` or `deny`) to /consent. */
export interface ConsentContext {
  readonly csrf: string;
  readonly interaction: string;
  readonly client: ClientSummary & { readonly verifiedHost?: string; readonly owner?: string };
  readonly user: { readonly username: string; readonly name?: string };
  readonly scopes: readonly (ScopeText & { readonly alreadyGranted: boolean })[];
  readonly resources: readonly string[];
}

/** Also the page for what does not exist (404), what comes too often (429) and what broke (5xx). */
export interface ErrorContext {
  readonly status: number;
  /** The error code of RFC 6749 or of an extension. */
  readonly error: string;
  readonly description: string;
  readonly parameter?: string;
  /** What a person quotes to whoever can read the log. */
  readonly reference: string;
  /** What the developer of the application should do about it. */
  readonly hint?: string;
  readonly client?: { readonly name: string };
}

/** Posts `csrf` and the given fields to /oauth/logout. */
export interface LogoutConfirmContext {
  readonly csrf: string;
  readonly username?: string;
  readonly client?: { readonly name: string };
  readonly fields: Readonly<Record<string, string>>;
}

/** Frames the pages that sign the person out at each application. @see OpenID Connect Front-Channel Logout 1.0 §3 */
export interface SignedOutContext {
  readonly continueTo?: string;
  /** Whether the page follows `continueTo` by itself, once its frames have loaded. */
  readonly leadsOn?: boolean;
  readonly frames?: readonly string[];
  /** The names of those applications. */
  readonly applications?: readonly string[];
  readonly client?: { readonly name: string };
}

/** @see OAuth 2.0 Form Post Response Mode §2 */
export interface FormPostContext {
  readonly action: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** Posts `csrf` to /account/sign-out or /account/applications/{clientId}/withdraw. */
export interface AccountContext {
  readonly csrf: string;
  readonly user: SignedInUser;
  readonly notice?: string;
  readonly applications: readonly {
    readonly clientId: string;
    readonly name: string;
    readonly logoUri?: string;
    readonly scopes: readonly string[];
    readonly lastUsed?: string;
    readonly since: string;
  }[];
}

export interface ApplicationsContext {
  readonly csrf: string;
  readonly user: SignedInUser;
  readonly notice?: string;
  readonly applications: readonly {
    readonly clientId: string;
    readonly name: string;
    readonly type: 'public' | 'confidential';
    readonly grantTypes: readonly string[];
    readonly createdAt: string;
  }[];
}

/** The names are the names of the form's fields; `grant_types` and `scope` are posted once for each tick. */
export interface ApplicationValues extends AdvancedValues {
  readonly client_name: string;
  readonly application_type: string;
  readonly confidential: boolean;
  /** One a line, as are the next two. */
  readonly redirect_uris: string;
  readonly post_logout_redirect_uris: string;
  readonly allowed_origins: string;
  readonly grant_types: readonly string[];
  /** Separated by spaces. */
  readonly scope: string;
  readonly logo_uri: string;
  readonly client_uri: string;
  readonly policy_uri: string;
  readonly tos_uri: string;
  readonly access_token_format: string;
}

/** Kept as they are where the form posts no `advanced`. */
export interface AdvancedValues {
  /** It signs its token requests with a key, in place of a secret. */
  readonly uses_key: boolean;
  readonly jwks_uri: string;
  readonly initiate_login_uri: string;
  readonly frontchannel_logout_uri: string;
  readonly backchannel_logout_uri: string;
}

export interface ApplicationFormContext {
  readonly csrf: string;
  readonly user: SignedInUser;
  readonly mode: 'create' | 'edit';
  /** Where the form posts to, below the issuer: `/applications` or `/applications/{clientId}`. */
  readonly action: string;
  readonly values: ApplicationValues;
  /** Something that is folded away at first is set, or wrong. */
  readonly showsAdvanced: boolean;
  /** By field name; a fault of no field goes under any other key. */
  readonly errors: Readonly<Record<string, string>>;
  readonly scopes: readonly ScopeText[];
  readonly grantTypes: readonly { readonly value: string; readonly label: string; readonly help: string }[];
}

export interface ApplicationContext {
  readonly csrf: string;
  readonly user: SignedInUser;
  readonly notice?: string;
  readonly application: ApplicationValues & {
    readonly clientId: string;
    /** Declared by the configuration file: shown, and changed there. */
    readonly readOnly?: boolean;
    readonly secrets: readonly {
      readonly id: string;
      readonly label: string;
      readonly createdAt: string;
      readonly lastUsedAt?: string;
      readonly expiresAt?: string;
    }[];
  };
  /** What is allowed to it and should not be needed: `source` is the section of the standard that says so. */
  readonly warnings: readonly { readonly title: string; readonly reason: string; readonly source: string }[];
  /** A secret just made: this is the only page that ever shows it. */
  readonly newSecret?: string;
  readonly endpoints: { readonly issuer: string; readonly authorization: string; readonly token: string };
  readonly snippets: readonly { readonly title: string; readonly code: string }[];
  /** Why requests of this application were refused of late. */
  readonly failures: readonly { readonly at: string; readonly error: string; readonly explanation: string }[];
}

export interface ApplicationDeleteContext {
  readonly csrf: string;
  readonly user: SignedInUser;
  readonly application: { readonly clientId: string; readonly client_name: string };
}

export interface HomeContext {
  readonly signedIn?: { readonly username: string };
  /** Whether the API documentation is served. */
  readonly docs: boolean;
}

/** The context of each template, by the template's file name. */
export interface PageContexts extends ConsoleContexts {
  readonly login: LoginContext;
  readonly 'select-account': SelectAccountContext;
  readonly 'sign-up': SignUpContext;
  readonly step: StepContext;
  readonly consent: ConsentContext;
  readonly error: ErrorContext;
  readonly 'logout-confirm': LogoutConfirmContext;
  readonly 'signed-out': SignedOutContext;
  readonly 'form-post': FormPostContext;
  readonly account: AccountContext;
  readonly applications: ApplicationsContext;
  readonly 'application-form': ApplicationFormContext;
  readonly application: ApplicationContext;
  readonly 'application-delete': ApplicationDeleteContext;
  readonly home: HomeContext;
}

export type PageName = keyof PageContexts;
