import { IsIn, IsInt, IsOptional, IsUrl, Max, Min } from 'class-validator';
import { settingsIn } from './setting';

class SomeConfig {
  @IsInt()
  @Min(100)
  @Max(60_000)
  patienceMs: number = 5_000;

  @IsInt()
  @Min(1)
  count: number;

  @IsIn(['quorum', 'classic'])
  kind: string = 'quorum';

  @IsOptional()
  @IsUrl({}, { each: true })
  servers?: string[];
}

describe(settingsIn.name, () => {
  it.each([
    ['PATIENCE_MS', { default: '5000', isOptional: false, values: 'ms, 100 to 60,000' }],
    ['COUNT', { default: undefined, isOptional: false, values: 'at least 1' }],
    ['KIND', { default: 'quorum', isOptional: false, values: '`quorum`, `classic`' }],
    ['SERVERS', { default: undefined, isOptional: true, values: 'URL' }],
  ])('tells the default, the unit and the range of %s by its rules', (variable, expected) => {
    expect(settingsIn(SomeConfig).find((setting) => setting.variable === variable)).toMatchObject(expected);
  });
});
