import { Injectable } from '@nestjs/common';
import { OnOAuthEvent } from 'gatehouse';
import type { OAuthEventMap } from 'gatehouse';

@Injectable()
export class NewDeviceListener {
  readonly letters: string[] = [];

  @OnOAuthEvent('user.signed_in')
  tell({ subject }: OAuthEventMap['user.signed_in']): void {
    this.letters.push(`To ${subject}: somebody has signed in to your account.`);
  }
}
