import { Module } from '@nestjs/common';
import { DatabaseModule, repositoriesOf } from '../database/index.js';
import { EventsModule } from '../events/index.js';
import { BrowsersService } from './browsers.service.js';
import { Cookies } from './cookies.js';
import { LogoutDelivery } from './logout-delivery.entity.js';
import { SessionEnds } from './session-ends.service.js';
import { SessionStates } from './session-states.service.js';
import { StoredSession } from './session.entity.js';
import { SessionsService } from './sessions.service.js';

@Module({
  imports: [repositoriesOf(LogoutDelivery, StoredSession), DatabaseModule, EventsModule],
  providers: [Cookies, BrowsersService, SessionEnds, SessionStates, SessionsService],
  exports: [BrowsersService, SessionStates, SessionsService],
})
export class SessionsModule {}
