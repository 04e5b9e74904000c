import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IsInt, IsOptional, IsUrl, Max, Min } from 'class-validator';
import { ConfigError } from './config-error';
import type { Environment } from './environment';
import { loadConfig } from './load-config';
import { ServiceConfig } from './service.config';

class MailConfig {
  @IsUrl({ protocols: ['smtp'], require_tld: false, require_protocol: true })
  smtpUrl: string;

  @IsInt()
  @Min(1)
  @Max(100)
  smtpPoolSize: number = 5;

  @IsOptional()
  @IsInt()
  retry2After?: number;
}

const VALID = { PORT: '3002', SMTP_URL: 'smtp://localhost:1025' };

describe(loadConfig.name, () => {
  const sut = (environment: Environment) => loadConfig([ServiceConfig, MailConfig], environment);
  const problemsOf = (environment: Environment): readonly string[] => {
    try {
      sut(environment);
    } catch (error) {
      if (error instanceof ConfigError) return error.problems;
      throw error;
    }
    return [];
  };

  it('fills each class with its own variables, converted to their types', () => {
    const loaded = sut({ ...VALID, SMTP_POOL_SIZE: '7', RETRY_2_AFTER: '1', LOG_LEVEL: 'debug' });
    expect(loaded.get(ServiceConfig)).toEqual({ port: 3002, host: '127.0.0.1', logLevel: 'debug' });
    expect(loaded.get(MailConfig)).toEqual({
      smtpUrl: 'smtp://localhost:1025',
      smtpPoolSize: 7,
      retry2After: 1,
    });
  });

  it('gives instances of the classes, so that they can be injected', () => {
    const loaded = sut(VALID);
    expect(loaded.get(MailConfig)).toBeInstanceOf(MailConfig);
  });

  it('keeps nothing of the rest of the environment', () => {
    const loaded = sut({ ...VALID, AWS_SECRET: 'secret' });
    expect(JSON.stringify([...loaded.values()])).not.toContain('secret');
  });

  it('takes the default where a variable is absent', () => {
    expect(sut(VALID).get(MailConfig)).toMatchObject({ smtpPoolSize: 5 });
  });

  it('takes an empty variable for an absent one', () => {
    expect(sut({ ...VALID, SMTP_POOL_SIZE: '', HOST: '' }).get(MailConfig)).toMatchObject({
      smtpPoolSize: 5,
    });
    expect(problemsOf({ ...VALID, PORT: '' })).toEqual(problemsOf({ ...VALID, PORT: undefined }));
  });

  describe('where a variable is in a file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'config-'));
    const file = join(folder, 'smtp-url');
    afterAll(() => rmSync(folder, { recursive: true }));
    writeFileSync(file, 'smtp://in.a.file:25\n');

    it('reads it, without the end of the line', () => {
      const loaded = sut({ PORT: '3002', SMTP_URL_FILE: file });
      expect(loaded.get(MailConfig)).toMatchObject({ smtpUrl: 'smtp://in.a.file:25' });
    });

    it('prefers the variable itself, unless that is empty', () => {
      expect(sut({ ...VALID, SMTP_URL_FILE: file }).get(MailConfig)).toMatchObject({
        smtpUrl: VALID.SMTP_URL,
      });
      expect(sut({ ...VALID, SMTP_URL: '', SMTP_URL_FILE: file }).get(MailConfig)).toMatchObject({
        smtpUrl: 'smtp://in.a.file:25',
      });
    });

    it('says that it cannot be read, and reads no file that nothing asks for', () => {
      const nowhere = join(folder, 'nowhere');
      expect(problemsOf({ PORT: '3002', SMTP_URL_FILE: nowhere, OTHER_FILE: nowhere })).toEqual([
        'SMTP_URL_FILE must name a file that can be read',
      ]);
    });

    it('never repeats what it says', () => {
      writeFileSync(join(folder, 'bad'), 'http://user:secret@localhost');
      const problems = problemsOf({ PORT: '3002', SMTP_URL_FILE: join(folder, 'bad') });
      expect(problems).toHaveLength(1);
      expect(problems.join()).not.toContain('secret');
    });
  });

  it('names every bad variable of every class at once', () => {
    const problems = problemsOf({ PORT: '0', LOG_LEVEL: 'loud', SMTP_POOL_SIZE: '5.5' }).join('\n');
    for (const variable of ['PORT', 'LOG_LEVEL', 'SMTP_URL', 'SMTP_POOL_SIZE']) {
      expect(problems).toMatch(new RegExp(`^${variable} `, 'm'));
    }
    expect(problems).not.toContain('HOST');
  });

  it('says it in one message, a line for each', () => {
    expect(() => sut({ PORT: '0' })).toThrow(/^Invalid configuration:(\n {2}- (PORT|SMTP_URL) .+){2}$/);
  });

  it.each(['abc', '3002x', '65536', '-1', '30.5', 'Infinity'])('refuses port %s', (port) => {
    expect(problemsOf({ ...VALID, PORT: port })).toContainEqual(expect.stringMatching(/^PORT /));
  });

  it('never repeats a value, which may be a password', () => {
    const environment = { ...VALID, SMTP_URL: 'http://user:secret@localhost', LOG_LEVEL: 'secret' };
    expect(problemsOf(environment)).toHaveLength(2);
    expect(problemsOf(environment).join()).not.toContain('secret');
  });
});
