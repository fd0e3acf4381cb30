import { Injectable } from '@nestjs/common';
import type { PipeTransform } from '@nestjs/common';
import { validate as isUuid } from 'uuid';
import { ClientNotFoundError, SecretNotFoundError } from '../clients/index.js';
import { InitialAccessTokenNotFoundError } from '../registration/index.js';
import { EntryNotFoundError } from '../scopes/index.js';
import { AuthorizationNotFoundError } from './authorization-errors.js';
import { LogoutDeliveryNotFoundError } from './logout-delivery-errors.js';
import { RESOURCE_IDENTIFIER } from './resources.dto.js';
import { SCOPE_NAME } from './scopes.dto.js';
import { UserNotFoundError } from './user-errors.js';

/** What no client_id can be is not looked up. */
@Injectable()
export class ClientIdPipe implements PipeTransform<string> {
  transform(id: string): string {
    if (/^[\x21-\x7e]{1,200}$/.test(id)) return id;
    throw new ClientNotFoundError();
  }
}

/** What no id of a secret can be is not looked up. */
@Injectable()
export class SecretIdPipe implements PipeTransform<string> {
  transform(id: string): string {
    if (isUuid(id)) return id;
    throw new SecretNotFoundError();
  }
}

/** What no id of an initial access token can be is not looked up. */
@Injectable()
export class InitialAccessTokenIdPipe implements PipeTransform<string> {
  transform(id: string): string {
    if (isUuid(id)) return id;
    throw new InitialAccessTokenNotFoundError();
  }
}

/** What no subject can be is not looked up: at most 255 ASCII characters (OpenID Connect Core §2). */
@Injectable()
export class SubjectPipe implements PipeTransform<string> {
  transform(subject: string): string {
    if (/^[\x20-\x7e]{1,255}$/.test(subject)) return subject;
    throw new UserNotFoundError();
  }
}

/** What no scope can be named is not looked up. */
@Injectable()
export class ScopePipe implements PipeTransform<string> {
  transform(name: string): string {
    if (SCOPE_NAME.test(name)) return name;
    throw new EntryNotFoundError('scope');
  }
}

/** What no resource can be named is not looked up. */
@Injectable()
export class ResourcePipe implements PipeTransform<string> {
  transform(identifier: string): string {
    if (RESOURCE_IDENTIFIER.test(identifier)) return identifier;
    throw new EntryNotFoundError('resource');
  }
}

/** What no id of an authorization can be is not looked up. */
@Injectable()
export class AuthorizationPipe implements PipeTransform<string> {
  transform(id: string): string {
    if (isUuid(id)) return id;
    throw new AuthorizationNotFoundError();
  }
}

/** What no id of a delivery can be is not looked up. */
@Injectable()
export class LogoutDeliveryPipe implements PipeTransform<string> {
  transform(id: string): string {
    if (isUuid(id)) return id;
    throw new LogoutDeliveryNotFoundError();
  }
}
