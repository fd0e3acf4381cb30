import type { OAuthParameters } from '../common/index.js';

/** A login and consent round trip: begun by an authorization request, bound to the browser that sent it. */
export interface Interaction {
  /** In the address of the pages; worth nothing in another browser. */
  readonly id: string;
  /** The authorization request, as it came. */
  readonly parameters: OAuthParameters;
  readonly clientId: string;
  readonly redirectUri: string;
  /** What is asked for, defaults filled in. */
  readonly scope: string;
  readonly resources: readonly string[];
  /** The subject who was chosen among those signed in. */
  readonly selected: string | null;
  /** The subject who allowed it. */
  readonly consentedBy: string | null;
  readonly denied: boolean;
  /** The paths of the steps that were done, each with the subject who has done it. */
  readonly steps: Readonly<Record<string, string>>;
  readonly createdAt: Date;
}

/** What a person has answered on one of the pages; what was answered before stays. */
export interface InteractionAnswer {
  readonly selected?: string;
  readonly consentedBy?: string;
  readonly denied?: true;
  /** Added to those that were done before. */
  readonly steps?: Readonly<Record<string, string>>;
}

/**
 * Where a form of this interaction may lead: browsers apply `form-action` to the whole chain of redirects, and an
 * application's callback commonly redirects on to another https address of its own.
 */
export const formTargets = ({ redirectUri }: Interaction): readonly string[] =>
  redirectUri.startsWith('https:') ? [redirectUri, 'https:'] : [redirectUri];
