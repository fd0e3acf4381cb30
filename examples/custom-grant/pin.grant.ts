import { Injectable } from '@nestjs/common';
import { Length } from 'class-validator';
import { GrantType, InvalidGrantError } from 'gatehouse';
import type { Grant, GrantRequest, TokenIssuance } from 'gatehouse';
import { Pins } from './pins.js';

class PinParams {
  @Length(6, 6)
  pin!: string;
}

@Injectable()
@GrantType('urn:example:grant-type:pin', PinParams)
export class PinGrant implements Grant<PinParams> {
  constructor(private readonly pins: Pins) {}

  async handle({ client, params }: GrantRequest<PinParams>): Promise<TokenIssuance> {
    const subject = await this.pins.redeem(params.pin);
    if (subject === null) throw new InvalidGrantError('pin is wrong or was used before');
    return { client, subject, scope: client.scope };
  }
}
