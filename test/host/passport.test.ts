import { Controller, Get, Injectable, Module, Post, Req, UseGuards } from '@nestjs/common';
import { AuthGuard, PassportModule, PassportStrategy } from '@nestjs/passport';
import type { Request } from 'express';
import { Strategy } from 'passport-local';
import { completeFlow } from './complete-flow.js';
import { CustomersModule } from './shop/customers.module.js';
import { CustomersService } from './shop/customers.service.js';
import { CARLA, aShop } from './shop/start-shop.js';

/** Named `local`, as it is in every tutorial, and as Gatehouse's own would be named. */
@Injectable()
class ShopLogin extends PassportStrategy(Strategy) {
  constructor(private readonly customers: CustomersService) {
    super({ usernameField: 'email' });
  }

  async validate(email: string, password: string): Promise<object | null> {
    const customer = await this.customers.withPassword(email, password);
    return customer && { customerOfTheShop: customer.number };
  }
}

@Controller('shop-login')
class ShopLoginController {
  @Post()
  @UseGuards(AuthGuard('local'))
  signIn(@Req() request: Request): unknown {
    return request.user;
  }

  @Get()
  open(@Req() request: Request): object {
    return { user: request.user ?? null };
  }
}

@Module({
  imports: [PassportModule, CustomersModule],
  providers: [ShopLogin],
  controllers: [ShopLoginController],
})
class ShopLoginModule {}

describe('The host keeps its own Passport strategies', () => {
  const shop = aShop({ root: { imports: [ShopLoginModule] } });

  it('with which the complete flow passes', () => completeFlow(shop()));

  it('even one of the same name, which answers for its own routes', async () => {
    const { username: email, password } = CARLA;
    const signedIn = await shop().postJson('/shop-login', { email, password });
    expect(signedIn.json).toEqual({ customerOfTheShop: CARLA.subject });
    expect((await shop().postJson('/shop-login', { email, password: 'wrong' })).status).toBe(401);
    expect((await shop().get('/shop-login')).json).toEqual({ user: null });
  });
});
