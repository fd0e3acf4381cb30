import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { ClientsService, clientSummary } from '../clients/index.js';
import { InteractionsService } from '../interactions/index.js';
import type { Interaction } from '../interactions/index.js';
import type { ClientSummary } from '../pages/index.js';
import { returnPath } from './return-path.js';

/** Where a sign-in belongs: to an authorization request, or to a page of ours. */
export interface SignInPurpose {
  readonly interaction?: Interaction;
  readonly returnTo?: string;
}

/** Finds out why somebody is to sign in. */
@Injectable()
export class SignInPurposes {
  constructor(
    private readonly interactions: InteractionsService,
    private readonly clients: ClientsService,
  ) {}

  /** @throws InvalidRequestError when the interaction is over or another browser's */
  async of(request: Request, interaction: unknown, returnTo: unknown): Promise<SignInPurpose> {
    if (typeof interaction === 'string' && interaction !== '') {
      return { interaction: await this.interactions.get(request, interaction) };
    }
    return { returnTo: returnPath(returnTo) };
  }

  /** The application that asks, as its pages show it. */
  async client({ interaction }: SignInPurpose): Promise<ClientSummary | undefined> {
    const client = interaction && (await this.clients.findActive(interaction.clientId));
    return client ? clientSummary(client) : undefined;
  }
}

/** The path where whoever has signed in goes on. */
export const destinationOf = ({ interaction, returnTo }: SignInPurpose): string =>
  interaction ? `/oauth/authorize/${interaction.id}` : (returnTo ?? '/account');
