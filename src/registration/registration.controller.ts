import { Body, Controller, Post, Req, UseFilters } from '@nestjs/common';
import { ApiBadRequestResponse, ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { OAuthErrorFilter } from '../common/index.js';
import { RequireInitialAccess } from './registration.guard.js';
import { ClientInformationDto, ClientRegistrationDto, RegistrationErrorDto } from './registration.dto.js';
import type { RegistrationRequest } from './registration-request.js';
import { RegistrationService } from './registration.service.js';

@ApiTags('Registration')
@Controller('oauth/register')
@UseFilters(OAuthErrorFilter)
export class RegistrationController {
  constructor(private readonly registration: RegistrationService) {}

  /** RFC 7591 §3, OpenID Connect Dynamic Client Registration 1.0 §3 */
  @Post()
  @RequireInitialAccess()
  @ApiOperation({
    summary: 'Register a client',
    description: 'What is not understood is ignored; the answer says what was registered.',
  })
  @ApiCreatedResponse({ type: ClientInformationDto })
  @ApiBadRequestResponse({ type: RegistrationErrorDto })
  register(
    @Req() { ip, initialAccess }: RegistrationRequest,
    @Body() metadata: ClientRegistrationDto,
  ): Promise<ClientInformationDto> {
    return this.registration.register(metadata, { ip, initialAccess });
  }
}
