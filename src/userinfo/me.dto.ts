/** What the sample API says of its caller. */
export class MeDto {
  username!: string;
  first_name?: string;
  last_name?: string;
  email?: string;
}
