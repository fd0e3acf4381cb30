import { Controller, Get, Module } from '@nestjs/common';
import { CurrentUser, GatehouseModule, RequireScopes } from 'gatehouse';
import type { User } from 'gatehouse';
import { Employees, EmployeesModule } from './employees.js';

@Controller('payslips')
class PayslipsController {
  @Get()
  @RequireScopes('payslips.read')
  list(@CurrentUser() user: User | null): string[] {
    return user ? [`January, for ${user.username}`] : [];
  }
}

@Module({
  imports: [
    EmployeesModule,
    GatehouseModule.forRoot({
      issuer: 'https://sso.example.com',
      scopes: [{ name: 'payslips.read', title: 'See your payslips' }],
      imports: [EmployeesModule],
      userStore: { useExisting: Employees },
    }),
  ],
  controllers: [PayslipsController],
})
export class AppModule {}
