import { Controller, Get, HttpCode, Param, Post, Query, UseFilters } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiConflictResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Editor } from '../clients/index.js';
import { OAuthErrorFilter } from '../common/index.js';
import { OAuthErrorDto } from '../grants/index.js';
import type { LogoutDelivery } from '../sessions/index.js';
import { Administration, CurrentEditor } from './administration.guard.js';
import {
  LogoutDeliveriesPageDto,
  LogoutDeliveriesQueryDto,
  LogoutDeliveryDto,
} from './logout-deliveries.dto.js';
import { LogoutDeliveryAdministrationService } from './logout-delivery-administration.service.js';
import { pageOf } from './page.dto.js';
import { LogoutDeliveryPipe } from './path.pipes.js';
import { StrictPipe } from './strict.pipe.js';

/** Which applications were told of which sign-out. @see OpenID Connect Back-Channel Logout 1.0 */
@ApiTags('Management')
@Controller('api/logout-deliveries')
@Administration()
@UseFilters(OAuthErrorFilter)
export class LogoutDeliveriesController {
  constructor(private readonly administration: LogoutDeliveryAdministrationService) {}

  @Get()
  @ApiOperation({ summary: 'List back-channel logouts, the youngest first' })
  @ApiOkResponse({ type: LogoutDeliveriesPageDto })
  @ApiBadRequestResponse({ type: OAuthErrorDto })
  async list(@Query(StrictPipe) query: LogoutDeliveriesQueryDto): Promise<LogoutDeliveriesPageDto> {
    const page = pageOf(query);
    const { client_id: clientId, state } = query;
    const [deliveries, total] = await this.administration.list({ ...page, clientId, state });
    return { items: deliveries.map(toDto), total, ...page };
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read a back-channel logout' })
  @ApiOkResponse({ type: LogoutDeliveryDto })
  @ApiNotFoundResponse({ type: OAuthErrorDto })
  async read(@Param('id', LogoutDeliveryPipe) id: string): Promise<LogoutDeliveryDto> {
    return toDto(await this.administration.get(id));
  }

  @Post(':id/retry')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Tell the application again',
    description: 'At once, and again until it answers.',
  })
  @ApiNoContentResponse()
  @ApiNotFoundResponse({ type: OAuthErrorDto })
  @ApiConflictResponse({ type: OAuthErrorDto, description: 'It was told already.' })
  retry(@Param('id', LogoutDeliveryPipe) id: string, @CurrentEditor() editor: Editor): Promise<void> {
    return this.administration.retry(id, editor);
  }
}

const toDto = (delivery: LogoutDelivery): LogoutDeliveryDto => ({
  id: delivery.id,
  client_id: delivery.clientId,
  sub: delivery.subject,
  sid: delivery.sessionId,
  state: delivery.state,
  attempts: delivery.attempts,
  last_error: delivery.lastError,
  created_at: delivery.createdAt,
  delivered_at: delivery.deliveredAt,
  next_attempt_at: delivery.nextAttemptAt,
  give_up_at: delivery.giveUpAt,
});
