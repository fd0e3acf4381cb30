import { Body, Controller, Delete, Get, HttpCode, Put, Req, UseFilters } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import { OAuthErrorFilter } from '../common/index.js';
import { RequireRegistrationAccess } from './client-configuration.guard.js';
import { ClientInformationDto, ClientUpdateDto, RegistrationErrorDto } from './registration.dto.js';
import type { RegistrationRequest } from './registration-request.js';
import { RegistrationService } from './registration.service.js';
import type { SelfAccess } from './registration.service.js';

/** RFC 7592: a client that has registered itself looks after itself. */
@ApiTags('Registration')
@ApiParam({ name: 'client_id', type: String })
@Controller('oauth/register/:client_id')
@RequireRegistrationAccess()
@UseFilters(OAuthErrorFilter)
export class ClientConfigurationController {
  constructor(private readonly registration: RegistrationService) {}

  /** RFC 7592 §2.1 */
  @Get()
  @ApiOperation({ summary: 'Read the own client' })
  @ApiOkResponse({ type: ClientInformationDto })
  read(@Req() request: RegistrationRequest): ClientInformationDto {
    return this.registration.read(accessOf(request));
  }

  /** RFC 7592 §2.2 */
  @Put()
  @ApiOperation({ summary: 'Replace the own client', description: 'What is left out gets its default.' })
  @ApiOkResponse({ type: ClientInformationDto })
  @ApiBadRequestResponse({ type: RegistrationErrorDto })
  replace(
    @Req() request: RegistrationRequest,
    @Body() metadata: ClientUpdateDto,
  ): Promise<ClientInformationDto> {
    return this.registration.replace(accessOf(request), metadata);
  }

  /** RFC 7592 §2.3 */
  @Delete()
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete the own client', description: 'Every token that it holds dies with it.' })
  @ApiNoContentResponse()
  delete(@Req() request: RegistrationRequest): Promise<void> {
    return this.registration.delete(accessOf(request));
  }
}

const accessOf = ({ ip, registeredClient, registrationAccessToken }: RegistrationRequest): SelfAccess => ({
  client: registeredClient!,
  registrationAccessToken: registrationAccessToken!,
  ip,
});
