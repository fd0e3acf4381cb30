import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { ResponseMode } from 'gatehouse';
import type { AuthorizationRedirect, ResponseFields, ResponseSender } from 'gatehouse';

@Injectable()
@ResponseMode('web_message')
export class WebMessageMode implements ResponseSender {
  readonly carriesTokens = true;

  respond(response: Response, { redirectUri }: AuthorizationRedirect, fields: ResponseFields): void {
    const message = JSON.stringify({ type: 'authorization_response', response: fields });
    const target = JSON.stringify(new URL(redirectUri).origin);
    const nonce = crypto.randomUUID();
    const script = `opener.postMessage(${message}, ${target})`.replaceAll('<', '\\u003c');
    response.set('Content-Security-Policy', `script-src 'nonce-${nonce}'; frame-ancestors 'none'`);
    response.set('Cache-Control', 'no-store').send(`<script nonce="${nonce}">${script}</script>`);
  }
}
