import { Link } from './link';

/** The ways to all nodes of a server, which fail together. */
export class Links {
  private constructor(
    private readonly links: readonly Link[],
    /** Where the nodes are, by way of these links. */
    readonly urls: readonly string[],
  ) {}

  static async to(targets: readonly string[]): Promise<Links> {
    const links = await Promise.all(targets.map((target) => Link.to(new URL(target))));
    return new Links(
      links,
      targets.map((target, index) => links[index]?.through(target) ?? target),
    );
  }

  /** Breaks every connection, and refuses new ones until `restore`. */
  cut(): void {
    for (const link of this.links) link.cut();
  }

  /** Lets no byte through until `restore`, and closes nothing. */
  freeze(): void {
    for (const link of this.links) link.freeze();
  }

  /** Lets every byte take so many milliseconds from now on, in each direction. */
  delay(milliseconds: number): void {
    for (const link of this.links) link.delay(milliseconds);
  }

  restore(): void {
    for (const link of this.links) link.restore();
  }

  close(): void {
    for (const link of this.links) link.close();
  }
}
