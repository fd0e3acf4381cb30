import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { DatabaseModule, repositoriesOf } from '../database/index.js';
import { EventsModule } from '../events/index.js';
import { BrowsersService } from './browsers.service.js';
import { Cookies } from './cookies.js';
import { LogoutDelivery } from './logout-delivery.entity.js';
import { LoginSteps } from './login-steps.service.js';
import { SessionEnds } from './session-ends.service.js';
import { SessionStates } from './session-states.service.js';
import { StoredSession } from './session.entity.js';
import { SessionsService } from './sessions.service.js';

@Module({
  imports: [repositoriesOf(LogoutDelivery, StoredSession), DatabaseModule, DiscoveryModule, EventsModule],
  providers: [Cookies, BrowsersService, LoginSteps, SessionEnds, SessionStates, SessionsService],
  exports: [BrowsersService, LoginSteps, SessionStates, SessionsService],
})
export class SessionsModule {}
