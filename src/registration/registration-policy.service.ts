import { Injectable } from '@nestjs/common';
import { InvalidClientMetadataError, OAuthError, Scope } from '../common/index.js';
import { Settings } from '../config/index.js';
import { ScopesService } from '../scopes/index.js';
import { offeredFlows } from './registration-flows.js';
import type { AskedFlows } from './registration-flows.js';

/** What the policy is about; the rest is the clients' rules' business. */
type Asked = AskedFlows & {
  readonly scope?: unknown;
  readonly subject_type?: unknown;
};

/** What a client that registers itself may have, as the operator has set it. @see RFC 7591 §5 */
@Injectable()
export class RegistrationPolicy {
  constructor(
    private readonly settings: Settings,
    private readonly scopes: ScopesService,
  ) {}

  /**
   * The metadata as it may be registered: what is not offered is left out (RFC 7591 §3.2.1).
   * @throws InvalidClientMetadataError when nothing would be left, or where leaving it out would weaken the client
   */
  async apply(metadata: Asked): Promise<object> {
    if (metadata.subject_type === 'pairwise' && this.settings.subject.pairwiseSalt === undefined)
      throw invalid('subject_type', 'pairwise subjects are not offered');
    return {
      ...metadata,
      ...offeredFlows(metadata, this.settings.registration.grantTypes),
      scope: await this.scopeOf(metadata.scope),
    };
  }

  private async scopeOf(asked: unknown): Promise<unknown> {
    if (typeof asked !== 'string' && asked !== undefined) return asked;
    const allowed = await this.allowedScope();
    const wanted = parsed(asked);
    if (wanted.size === 0) return allowed.toString();
    const granted = wanted.intersect(allowed);
    if (granted.size === 0) throw invalid('scope', 'none of these scopes is offered to clients like this');
    return granted.toString();
  }

  private async allowedScope(): Promise<Scope> {
    const { scopes } = this.settings.registration;
    const free = (await this.scopes.list()).filter(({ restricted }) => !restricted);
    const isAllowed = (name: string) => scopes.length === 0 || scopes.includes(name);
    return new Scope(free.map(({ name }) => name).filter(isAllowed));
  }
}

/** At this endpoint there is no `invalid_scope`. @see RFC 7591 §3.2.2 */
function parsed(text: string | undefined): Scope {
  try {
    return Scope.parse(text);
  } catch (error) {
    throw invalid('scope', (error as OAuthError).description);
  }
}

const invalid = (parameter: string, description: string): InvalidClientMetadataError =>
  new InvalidClientMetadataError(description, { parameter });
