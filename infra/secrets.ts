import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseEnv } from 'node:util';

/** Random passwords, kept in a file that its owner alone can read, so that the next start finds the same. */
export class Secrets {
  private secrets?: Map<string, string>;

  constructor(private readonly file: string) {}

  /** The secret of that name, made where there is none yet. Hexadecimal, so that it can stand in a URL. */
  get(name: string): string {
    const secrets = (this.secrets ??= this.read());
    const known = secrets.get(name);
    if (known !== undefined) return known;
    const secret = randomBytes(16).toString('hex');
    this.write(secrets.set(name, secret));
    return secret;
  }

  private read(): Map<string, string> {
    const kept = existsSync(this.file) ? parseEnv(readFileSync(this.file, 'utf8')) : {};
    return new Map(Object.entries(kept).map(([name, secret = '']) => [name, secret]));
  }

  private write(secrets: ReadonlyMap<string, string>): void {
    mkdirSync(dirname(this.file), { recursive: true });
    const lines = [...secrets].map(([name, secret]) => `${name}=${secret}\n`);
    writeFileSync(this.file, lines.join(''), { mode: 0o600 });
  }
}
